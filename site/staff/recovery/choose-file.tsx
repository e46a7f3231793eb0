// Asks for a file, reads its text, and shows any fault in the file.
import { useId } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useAttempt } from '../ui/use-attempt.ts'

interface ChooseFileProps {
  label: string
  accept: string
  /** may throw a RecoveryFault, which is shown */
  onText: (text: string) => Promise<void>
}

export function ChooseFile({ label, accept, onText }: ChooseFileProps) {
  const { t } = useMessages()
  const id = useId()
  const attempt = useAttempt()
  return (
    <div class="field">
      <label class="attach" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={attempt.busy}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) attempt.run(async () => onText(await file.text()))
          // Clearing the input lets the person choose the same file again after correcting it.
          currentTarget.value = ''
        }}
      />
      {attempt.busy && <p role="status">{t('recovery.busy')}</p>}
      <ErrorMessage why={attempt.why} />
    </div>
  )
}
