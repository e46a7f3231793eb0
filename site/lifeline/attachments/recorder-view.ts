// Shows the recording in progress: its length, its loudness and "Stop".
import { describe } from './describe-file.ts'
import { MAX_SECONDS } from './disguise-voice.ts'
import { make, makeBar, makeButton, word } from '../dom/elements.ts'
import type { List } from './file-list.ts'
import { clock, startRecording, type NoMicrophone } from './microphone.ts'
import { addRecordingRow } from './recording-row.ts'
import { addFiles } from './add-files.ts'

const SHOW_MS = 250

let recordings = 0
let isOn = false
let isAsking = false

export const isRecording = (): boolean => isOn

/** Starts a recording. Resolves when the microphone is on or has failed to start. */
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
  stop.className = 'leave'
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
    void list.waitFor(addRecording(list, label, blob), word('unreadable', { name: label }))
    button.focus()
  })
}

async function addRecording(list: List, label: string, blob: Blob): Promise<void> {
  if (!blob.size) throw new Error('nothing was recorded')
  addRecordingRow(list, { label, blob, sealed: await describe(blob, 'recorded') }, word('recorded'))
  list.tell(word('added', { name: label }))
}

/** Lets the person choose a recorded file when no microphone is available. */
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
    else void list.waitFor(addFiles(list, files), word('unreadable', { name: '' }))
  })
  list.box.querySelector('#choose-sound')?.remove()
  place.id = 'choose-sound'
  list.box.firstElementChild?.after(place)
}
