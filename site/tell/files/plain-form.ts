// The plain form carries one file. Which one, and what stays behind, is said beside its button before it is pressed.
import { MAX_PLAIN_FILE_BYTES } from '#protocol/limits'
import type { Desk } from '../tools.ts'
import { byId } from '../view.ts'
import { make, sizeOf, word } from '../tools/elements.ts'
import type { List } from './list.ts'
import { isRecording } from './recorder.ts'
import type { Outgoing } from './send-files.ts'

/** What was taken out of the field goes back for it. */
function putBack(field: HTMLInputElement, { blob, sealed }: Outgoing): void {
  const carrier = new DataTransfer()
  const name = sealed.name || 'file.' + (blob.type.split(/[/;]/)[1] || 'bin')
  carrier.items.add(new File([blob], name, { type: blob.type }))
  field.files = carrier.files
}

export function watchPlainForm(desk: Desk, list: List, field: HTMLInputElement): void {
  const button = byId('plainly')
  const text = byId<HTMLTextAreaElement>('text')
  const beside = make('p', '', 'plain')
  beside.id = 'plain-files'
  beside.setAttribute('role', 'status')
  button.setAttribute('aria-describedby', beside.id)
  button.before(beside)

  const carried = (): Outgoing | undefined =>
    // Absent before Safari 14.1: there no script can fill the field.
    typeof DataTransfer === 'function'
      ? list.outgoing(desk.files).find(({ blob }) => blob.size <= MAX_PLAIN_FILE_BYTES)
      : undefined
  const show = (): void => {
    const file = carried()
    const names = list.left(file ? [file.sealed] : []).join(', ')
    const most = sizeOf(MAX_PLAIN_FILE_BYTES)
    beside.textContent = [
      file && word('plain.goes', { name: file.label }),
      names && word('plain.left', { most, names }),
    ]
      .filter(Boolean)
      .join(' ')
  }
  // With every change of the list.
  byId('form').addEventListener('input', show)

  let isTold = false
  const press = async (): Promise<void> => {
    const told = beside.textContent
    text.readOnly = true
    await desk.ready
    text.readOnly = false
    show()
    // Something has changed while it was prepared: then it is the person who decides anew.
    if (told !== beside.textContent) return
    const file = carried()
    if (file) putBack(field, file)
    isTold = true
    button.click()
    isTold = false
  }
  document.addEventListener(
    'click',
    (event) => {
      if (event.target !== button || isTold) return
      event.preventDefault()
      event.stopPropagation()
      if (isRecording()) list.warn(word('still_recording'))
      else if (!text.readOnly) void press()
    },
    true,
  )
}
