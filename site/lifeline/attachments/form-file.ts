// Puts one file into the form, because a form can contain only one file. Before sending, the page
// names that file beside the button, and lists the files that will not be sent.
import { MAX_FORM_FILE_BYTES } from '#protocol/limits'
import type { ToolContext } from '../dom/loader.ts'
import { byId } from '../dom/by-id.ts'
import { isSending, setSending } from '../dom/page-state.ts'
import { make, formatSize, word } from '../dom/elements.ts'
import type { List } from './file-list.ts'
import { isRecording } from './recorder-view.ts'
import type { Outgoing } from './upload-file.ts'

/** Makes the object that can fill a file field; null in Firefox 60 and Safari before 14.1. */
function makeCarrier(): DataTransfer | null {
  try {
    return new DataTransfer()
  } catch {
    return null
  }
}

/** Puts a file back into the field. */
function putBack(field: HTMLInputElement, { blob, sealed }: Outgoing): void {
  const carrier = makeCarrier()
  if (!carrier) return
  const name = sealed.name || 'file.' + (blob.type.split(/[/;]/)[1] || 'bin')
  carrier.items.add(new File([blob], name, { type: blob.type }))
  field.files = carrier.files
}

export function watchFormFile(context: ToolContext, list: List, field: HTMLInputElement): void {
  const button = byId('plainly')
  const beside = make('p', '', 'plain')
  beside.id = 'plain-files'
  beside.setAttribute('role', 'status')
  button.setAttribute('aria-describedby', beside.id)
  button.before(beside)

  const carried = (): Outgoing | undefined =>
    makeCarrier()
      ? list.outgoing(context.files).find(({ blob }) => blob.size <= MAX_FORM_FILE_BYTES)
      : undefined
  const show = (): void => {
    const file = carried()
    const names = list.left(file ? [file.sealed] : []).join(', ')
    const most = formatSize(MAX_FORM_FILE_BYTES)
    beside.textContent = [
      file && word('plain.goes', { name: file.label }),
      names && word('plain.left', { most, names }),
    ]
      .filter(Boolean)
      .join(' ')
  }
  // Every change to the list fires `input`.
  byId('form').addEventListener('input', show)

  let isAnnounced = false
  const press = async (): Promise<void> => {
    const shown = beside.textContent
    setSending(true)
    await context.ready
    setSending(false)
    show()
    // The list of files changed during the preparation of this file, so the person must decide
    // again.
    if (shown !== beside.textContent) return
    const file = carried()
    if (file) putBack(field, file)
    isAnnounced = true
    button.click()
    isAnnounced = false
  }
  document.addEventListener(
    'click',
    (event) => {
      if (event.target !== button || isAnnounced) return
      event.preventDefault()
      event.stopPropagation()
      if (isRecording()) list.warn(word('still_recording'))
      else if (!isSending()) void press()
    },
    true,
  )
}
