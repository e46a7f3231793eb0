// Lists the receivers for a reader, who can add, change and delete them.
import { useState } from 'preact/hooks'
import { type ReferralWords } from '../referral/words.ts'
import { focusSoon } from '../session/navigation.ts'
import { useReceivers } from '../session/use-receivers.ts'
import { FailedLoad } from '../ui/errors.tsx'
import { OpensForm } from '../ui/opens-form.tsx'
import { ReceiverCard } from './receiver-card.tsx'
import { newDraft, useReceiverDraft } from './receiver-fields.ts'
import { ReceiverForm } from './receiver-form.tsx'

export function ReceiversPart({ own }: { own: ReferralWords }) {
  const { say } = own
  const { canRead, receivers, attempt, reload } = useReceivers()
  const [draft, setDraft] = useReceiverDraft('new')
  const [isSaved, setIsSaved] = useState(false)
  const [isOpen, setIsOpen] = useState(draft !== null)
  if (!canRead) return null
  const close = (): void => {
    setDraft(null)
    focusSoon('receivers-title')
  }
  return (
    <details
      class="receivers"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary id="receivers-title">
        {say('staff-referral.receivers.title')} <small>{receivers?.length ?? '…'}</small>
      </summary>
      <p class="hint">{say('staff-referral.receivers.lead')}</p>
      <FailedLoad why={attempt.why} again={() => attempt.run(reload)} />
      {receivers && receivers.length === 0 && <p>{say('staff-referral.receivers.none')}</p>}
      <ul class="register">
        {receivers?.map((receiver) => (
          <ReceiverCard key={receiver.id} {...{ own, receiver, reload }} />
        ))}
      </ul>
      {draft ? (
        <ReceiverForm
          {...{ own, draft, reload }}
          onDraft={(next) => {
            setIsSaved(false)
            setDraft(next)
          }}
          onSaved={() => {
            setIsSaved(true)
            close()
          }}
          onCancel={close}
        />
      ) : (
        <OpensForm onOpen={() => setDraft(newDraft())}>
          {say('staff-referral.receivers.add')}
        </OpensForm>
      )}
      <p role="status">{isSaved && say('staff-referral.receivers.saved')}</p>
    </details>
  )
}
