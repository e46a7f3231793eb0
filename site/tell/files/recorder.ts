// Recording a voice, as the person sees it: how long, how loud, and "Stop".
import { describe } from './describe.ts'
import { MAX_SECONDS } from './distort.ts'
import { make, makeBar, makeButton, word } from '../tools/elements.ts'
import type { List } from './list.ts'
import { startRecording, type NoMicrophone } from './record.ts'
import { clock } from './rules.ts'
import { addSound } from './sound.ts'
import { takeFiles } from './take-files.ts'

const SHOW_MS = 250

let recordings = 0
let isOn = false
let isAsking = false

export const isRecording = (): boolean => isOn

/** Resolves when the microphone is on, or cannot be. */
export async function recordVoice(list: List, button: HTMLElement): Promise<void> {
  if (isOn || isAsking || list.isClosed()) return
  list.warn('')
  if (!list.room()) {
    list.warn(word('many', { names: word('voice', { n: recordings + 1 }) }))
    return
  }
  isAsking = true
  list.tell(word('asking'))
  const recording = await startRecording()
  isAsking = false
  list.tell('')
  if (typeof recording === 'string') {
    offerFile(list, recording)
    return
  }
  if (list.isClosed()) {
    recording.stop()
    return
  }
  isOn = true
  button.hidden = true
  const panel = make('div', '', 'note')
  const shown = make('p')
  const loud = makeBar(1)
  loud.setAttribute('aria-hidden', 'true')
  const stop = makeButton(word('stop'), recording.stop)
  stop.className = 'go'
  panel.append(shown, loud, stop)
  list.box.prepend(panel)
  shown.id = 'recording'
  stop.setAttribute('aria-describedby', shown.id)

  const began = Date.now()
  const seconds = (): number => Math.floor((Date.now() - began) / 1000)
  const show = (): void => {
    shown.textContent = word('recording', { time: clock(seconds()), most: clock(MAX_SECONDS) })
    loud.value = recording.level()
    if (seconds() >= MAX_SECONDS) recording.stop()
  }
  show()
  stop.focus()
  const timer = setInterval(show, SHOW_MS)
  void recording.ended.then((blob) => {
    clearInterval(timer)
    isOn = false
    const length = clock(seconds())
    panel.remove()
    button.hidden = false
    const label = word('voice', { n: ++recordings }) + ', ' + length
    void list.waitFor(keep(list, label, blob), word('unreadable', { name: label }))
    button.focus()
  })
}

async function keep(list: List, label: string, blob: Blob): Promise<void> {
  if (!blob.size) throw new Error('nothing was recorded')
  addSound(list, { label, blob, sealed: await describe(blob, 'recorded') }, word('recorded'))
  list.tell(word('added', { name: label }))
}

/** Without a microphone: a recording that was made elsewhere. */
function offerFile(list: List, why: NoMicrophone): void {
  list.warn(word('microphone.' + why))
  const input = make('input')
  input.type = 'file'
  input.accept = 'audio/*'
  input.hidden = true
  const choose = makeButton(word('choose'), () => {
    input.click()
  })
  const place = make('p')
  place.append(choose, input)
  input.addEventListener('change', () => {
    place.remove()
    const files = Array.from(input.files || [])
    if (list.isClosed()) list.refuse(files)
    else void list.waitFor(takeFiles(list, files), word('unreadable', { name: '' }))
  })
  list.box.querySelector('#choose-sound')?.remove()
  place.id = 'choose-sound'
  ;(list.box.firstElementChild as Element).after(place)
}
