// Removes a way to sign in, in two steps. The second step explains what will stop working.
import { useEffect, useRef } from 'preact/hooks'
import { postSlotRemoval } from '../api/own-keys-api.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'

interface RemoveSlotProps {
  id: string
  isPaper: boolean
  name: string
  onDone: () => void
  onCancel: () => void
}

export function RemoveSlot({ id, isPaper, name, onDone, onCancel }: RemoveSlotProps) {
  const { t } = useMessages()
  const proof = useProof()
  const question = useRef<HTMLParagraphElement>(null)
  useEffect(() => question.current?.focus(), [])
  const remove = async (): Promise<void> => {
    await postSlotRemoval(id)
    onDone()
  }
  return (
    <div class="note slot-verb" role="group" aria-label={t('staff.people.once_more')}>
      <p ref={question} tabIndex={-1}>
        {t(isPaper ? 'staff.own.remove.ends.paper' : 'staff.own.remove.ends', {
          name,
        })}
      </p>
      {proof.question ?? (
        <div class="verbs">
          <button
            type="button"
            class="go"
            aria-disabled={proof.busy}
            onClick={() => proof.run(remove)}
          >
            {t('staff.own.remove.name', { name })}
          </button>
          <button type="button" onClick={onCancel}>
            {t('staff.people.not_yet')}
          </button>
        </div>
      )}
      <ErrorMessage why={proof.why} />
    </div>
  )
}
