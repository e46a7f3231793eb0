// Lists the list's keyboard keys in a dialog.
import { useEffect, useRef } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'

export interface KeysDialogProps {
  onClose: () => void
}

const KEYS = [
  ['J K ↓ ↑', 'move'],
  ['Home End', 'ends'],
  ['Enter', 'open'],
  ['Esc', 'back'],
  ['X', 'select'],
  ['Shift X', 'range'],
  ['Shift J K', 'grow'],
  ['N', 'refresh'],
  ['/', 'search'],
  ['?', 'help'],
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
      // Escape would also leave the report behind the dialog.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="keys-title">{t('staff.keyboard.title')}</h2>
      <p class="hint">{t('staff.keyboard.lead')}</p>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`staff.keyboard.${does}`)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        {t('staff.keyboard.close')}
      </button>
    </dialog>
  )
}
