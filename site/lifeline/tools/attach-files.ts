// Tool: adds pictures, files and voice recordings to a report.
import { callAt } from '../network/api.ts'
import { word } from '../dom/elements.ts'
import { tellLeft, upload } from '../attachments/upload-view.ts'
import { makeFileList, type List } from '../attachments/file-list.ts'
import { watchFormFile } from '../attachments/form-file.ts'
import { isRecording, recordVoice } from '../attachments/recorder-view.ts'
import { addFiles } from '../attachments/add-files.ts'
import type { ToolContext, Tool } from '../dom/loader.ts'
import { byId } from '../dom/by-id.ts'
import { page } from '../dom/page.ts'
import { registerTool } from './register.ts'

const fileInput = byId<HTMLInputElement>('file')
let list: List | null = null

/**
 * Keeps the list in the step that asks for words. While a recording is running, moves the list to
 * whichever step is shown.
 */
function follow({ box }: List): void {
  const form = byId('form')
  const move = (): void => {
    const step = form.querySelector('.step.on')
    if (!step || step === box.parentNode) return
    if (step === byId('said')) step.append(box)
    // Moves the list above the answers, so that the person sees the recording and the "Stop"
    // button.
    else if (isRecording()) step.firstElementChild?.after(box)
  }
  move()
  new MutationObserver(move).observe(form, { subtree: true, attributeFilter: ['class'] })
}

function begin(context: ToolContext): List {
  const files = makeFileList(context)
  callAt(page.hosts)
  fileInput.multiple = true
  // Keeps the field visible when sealing fails and the page becomes a form.
  fileInput.closest('.script')?.classList.remove('script')
  follow(files)
  // Stops the submit event before the page handles it, because the report would otherwise lack the
  // recording.
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
  watchFormFile(context, files, fileInput)
  context.upload = (envelope, listed) => {
    const outgoing = files.outgoing(listed)
    const left = files.left(listed)
    tellLeft(left)
    return outgoing.length ? upload(context, envelope, outgoing, !left.length) : Promise.resolve()
  }
  return files
}

const attach: Tool = (context, button, files, late) => {
  list = list || begin(context)
  if (button !== fileInput) {
    // "Send" does not wait for permission to use the microphone.
    void recordVoice(list, button)
    return
  }
  // Empties the field, so that the person can choose the same file again.
  fileInput.value = ''
  // The browser's file dialog may remain open until after the report has arrived.
  if (late || byId('writing').hidden) {
    list.refuse(files)
    return
  }
  return list.waitFor(addFiles(list, files), word('unreadable', { name: '' }))
}

registerTool(attach)
