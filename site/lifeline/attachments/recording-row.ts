// Shows a recording in the list. The person can play the recording and disguise the voice before
// sending.
import { describe } from './describe-file.ts'
import { disguised } from './disguise-voice.ts'
import { make, makeTick, word } from '../dom/elements.ts'
import type { Going, List } from './file-list.ts'

/**
 * Adds a recording to the list, with a player and a checkbox for the disguise.
 *
 * @param undisguised  the text below the name while the voice is not disguised
 */
export function addRecordingRow(list: List, going: Going, undisguised: string): void {
  const own = { blob: going.blob, sealed: going.sealed }
  const row = list.addRow(going)
  const player = make('audio')
  player.controls = true
  player.setAttribute('aria-label', going.label)
  player.style.cssText = 'width:100%;margin:8px 0'
  const play = (): void => {
    URL.revokeObjectURL(player.src)
    player.src = URL.createObjectURL(going.blob)
  }
  let changes = 0
  const change = async (on: boolean): Promise<void> => {
    const turn = ++changes
    Object.assign(going, own)
    row.say(undisguised)
    if (on) {
      // The report lists the recording only after the voice is disguised, so that "Send" cannot
      // send the real voice.
      going.sealed = null
      row.settle()
      row.say(word('distorting'))
      const blob = await disguised(own.blob)
      const sealed = blob && (await describe(blob, 'distorted'))
      // The person changed the checkbox while the voice was being disguised.
      if (turn !== changes) return
      if (blob) Object.assign(going, { blob, sealed })
      row.say(word(blob ? 'distorted' : 'undistorted'))
    }
    play()
    row.settle()
  }
  row.say(undisguised)
  play()
  row.add(
    player,
    makeTick(word('distort'), (on) => {
      void list.waitFor(change(on), word('unreadable', { name: going.label }))
    }),
  )
}
