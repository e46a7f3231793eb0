// Lists the keyboard shortcuts of the list and of an open case in a dialog.
import { useEffect, useRef } from 'preact/hooks'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'

export interface KeysDialogProps {
  onClose: () => void
}

const KEYS = [
  ['J K ↓ ↑', 'staff.keyboard.move'],
  ['Home End', 'staff.keyboard.ends'],
  ['Enter', 'staff.keyboard.open'],
  ['Esc', 'staff.keyboard.back'],
  ['X', 'staff.keyboard.select'],
  ['Shift X', 'staff.keyboard.range'],
  ['Shift J K', 'staff.keyboard.grow'],
  ['N', 'staff.keyboard.refresh'],
  ['/', 'staff.keyboard.search'],
  ['?', 'staff.keyboard.help'],
] as const

const CASE_KEYS = [
  ['J K', 'staff.keyboard.step'],
  ['B', 'staff.take'],
  ['R', 'staff.answer.title'],
  ['T', 'staff.template.offer'],
  ['C', 'staff.notes.text'],
  ['W', 'staff.task.add'],
  ['P', 'staff.keyboard.attempt'],
  ['A', 'staff.assign.give'],
  ['L', 'staff.keyboard.leave'],
  ['S', 'staff.danger'],
  ['E', 'staff.status.to.closed'],
] as const

export function KeysDialog({ onClose }: KeysDialogProps) {
  const { t } = useMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      class="keys-dialog"
      aria-labelledby="keys-title"
      ref={dialog}
      onClose={onClose}
      // Without this, Escape would also leave the report behind the dialog.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="keys-title">{t('staff.keyboard.title')}</h2>
      <p class="hint">{t('staff.keyboard.lead')}</p>
      <h3>{t('staff.queue.title')}</h3>
      <KeyList keys={KEYS} />
      <h3>{t('staff.report.title')}</h3>
      <KeyList keys={CASE_KEYS} />
      <button type="button" onClick={() => dialog.current?.close()}>
        {t('staff.keyboard.close')}
      </button>
    </dialog>
  )
}

function KeyList({ keys }: { keys: readonly (readonly [string, MessageKey])[] }) {
  const { t } = useMessages()
  return (
    <dl>
      {keys.map(([pressed, does]) => (
        <div key={does}>
          <dt>
            {pressed.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{t(does)}</dd>
        </div>
      ))}
    </dl>
  )
}
