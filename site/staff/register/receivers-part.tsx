// Lists the receivers for a reader, who can add, change and delete them.
import { useState } from 'preact/hooks'
import { type ReferralWords } from '../referral/words.ts'
import { focusSoon } from '../session/navigation.ts'
import { useReceivers } from '../session/use-receivers.ts'
import { FailedLoad } from '../ui/errors.tsx'
import { focusNewForm } from '../ui/focus-form.ts'
import { OpensForm } from '../ui/opens-form.tsx'
import { ReceiverCard } from './receiver-card.tsx'
import { newDraft, useReceiverDraft, type ReceiverDraft } from './receiver-fields.ts'
import { ReceiverForm } from './receiver-form.tsx'

export function ReceiversPart({ own }: { own: ReferralWords }) {
  const { say } = own
  const { canRead, receivers, attempt, reload } = useReceivers()
  const [draft, setDraft] = useReceiverDraft('new')
  const [said, setSaid] = useState<'saved' | 'gone' | null>(null)
  const [isOpen, setIsOpen] = useState(draft !== null)
  if (!canRead) return null
  // A receiver that is already being added stays in the form.
  const takeOver = (gone: ReceiverDraft): void => {
    if (draft) return
    focusNewForm()
    setDraft(gone)
    setSaid('gone')
  }
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
          <ReceiverCard key={receiver.id} {...{ own, receiver, reload }} onGone={takeOver} />
        ))}
      </ul>
      {draft ? (
        <ReceiverForm
          {...{ own, draft, reload }}
          onDraft={(next) => {
            setSaid(null)
            setDraft(next)
          }}
          onSaved={() => {
            setSaid('saved')
            close()
          }}
          onCancel={close}
        />
      ) : (
        <OpensForm onOpen={() => setDraft(newDraft())}>
          {say('staff-referral.receivers.add')}
        </OpensForm>
      )}
      <p role="status">{said && say(`staff-referral.receivers.${said}`)}</p>
    </details>
  )
}
