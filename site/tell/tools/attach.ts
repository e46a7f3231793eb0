// Tool: pictures, files and a recorded voice that go along with a report.
import { callAt } from '../call.ts'
import { word } from './elements.ts'
import { tellLeft } from '../files/left.ts'
import { makeList, type List } from '../files/list.ts'
import { watchPlainForm } from '../files/plain-form.ts'
import { isRecording, recordVoice } from '../files/recorder.ts'
import { takeFiles } from '../files/take-files.ts'
import { upload } from '../files/uploading.ts'
import type { Desk, Tool } from '../tools.ts'
import { byId, page } from '../view.ts'
import { leaveTool } from './leave.ts'

const fileInput = byId<HTMLInputElement>('file')
let list: List | null = null

/** The list stands in the step of the words and in that of the files; a recording is seen in all of them. */
function follow({ box }: List): void {
  const form = byId('form')
  const homes = [byId('said'), fileInput.closest('.step')]
  const move = (): void => {
    const open = form.querySelector('.step.on')
    if (!open || open === box.parentNode) return
    if (homes.includes(open)) open.append(box)
    // Above all answers: what is on must be seen, and "Stop" be near.
    else if (isRecording()) (open.firstElementChild as Element).after(box)
  }
  move()
  new MutationObserver(move).observe(form, { subtree: true, attributeFilter: ['class'] })
}

function begin(desk: Desk): List {
  const files = makeList(desk)
  callAt(page.hosts)
  fileInput.multiple = true
  // "No file chosen" would stand above the list of those that were.
  fileInput.style.color = 'transparent'
  follow(files)
  const asks = onbeforeunload as (() => unknown) | null
  if (asks)
    onbeforeunload = () =>
      desk.files.length && !byId('writing').hidden && !document.querySelector('[href^=tel]:focus')
        ? true
        : asks()
  // Before the page hears of it: what is still being recorded would not go along.
  document.addEventListener(
    'submit',
    (event) => {
      if (!isRecording()) return
      event.preventDefault()
      event.stopPropagation()
      files.warn(word('still_recording'))
    },
    true,
  )
  watchPlainForm(desk, files, fileInput)
  desk.upload = (envelope, listed) => {
    const outgoing = files.outgoing(listed)
    const left = files.left(listed)
    tellLeft(left)
    return outgoing.length ? upload(envelope, outgoing, !left.length) : Promise.resolve()
  }
  return files
}

const attach: Tool = (desk, button, files, late) => {
  list = list || begin(desk)
  if (button !== fileInput) {
    // "Send" does not wait for somebody to allow the microphone.
    void recordVoice(list, button)
    return
  }
  // Else the same file could not be chosen again.
  fileInput.value = ''
  // A choice may also be open until after the report has arrived.
  if (late || byId('writing').hidden) {
    list.refuse(files)
    return
  }
  return list.waitFor(takeFiles(list, files), word('unreadable', { name: '' }))
}

leaveTool(attach)
