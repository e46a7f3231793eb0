// A recording in the list: it can be listened to before it goes, and its voice can be changed.
import { describe } from './describe.ts'
import { distorted } from './distort.ts'
import { make, makeTick, word } from '../tools/elements.ts'
import type { Going, List } from './list.ts'

/** @param plain  what is said of it as long as the voice is not changed */
export function addSound(list: List, going: Going, plain: string): void {
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
    row.say(plain)
    if (on) {
      // Until it is ready nothing goes: a voice must not go as it is because "Send" was quicker.
      going.sealed = null
      row.settle()
      row.say(word('distorting'))
      const blob = await distorted(own.blob)
      const sealed = blob && (await describe(blob, 'distorted'))
      // The tick was taken away meanwhile.
      if (turn !== changes) return
      if (blob) Object.assign(going, { blob, sealed })
      row.say(word(blob ? 'distorted' : 'undistorted'))
    }
    play()
    row.settle()
  }
  row.say(plain)
  play()
  row.add(
    player,
    makeTick(word('distort'), (on) => {
      void list.waitFor(change(on), word('unreadable', { name: going.label }))
    }),
  )
}
