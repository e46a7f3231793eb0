// Shows one receiver, which a reader can change or delete.
import { useRef } from 'preact/hooks'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { sendReceiver, type ListedReceiver } from '../ledger/receivers.ts'
import { type ReferralWords } from '../referral/words.ts'
import { ActionResult } from '../session/action-result.tsx'
import { focusSoon } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useAction } from '../session/use-action.ts'
import { focusNewForm } from '../ui/focus-form.ts'
import { UntrustedText } from '../ui/untrusted-text.tsx'
import { useQuestion } from '../ui/use-question.ts'
import { draftFrom, useReceiverDraft, type ReceiverDraft } from './receiver-fields.ts'
import { ReceiverForm } from './receiver-form.tsx'

interface ReceiverCardProps {
  own: ReferralWords
  receiver: ListedReceiver
  reload: () => Promise<void>
  /** receives the draft of a record that a colleague has deleted */
  onGone: (draft: ReceiverDraft) => void
}

export function ReceiverCard({ own, receiver, reload, onGone }: ReceiverCardProps) {
  const { say } = own
  const { id, record, doubt } = receiver
  const [draft, setDraft] = useReceiverDraft(id)
  const title = useRef<HTMLParagraphElement>(null)
  const name = record?.name ?? say('staff-referral.receivers.closed')
  const keep = (next: ReceiverDraft): void => {
    setDraft(next.base === null ? null : next)
    if (next.base === null) onGone(next)
  }
  const close = (): void => {
    setDraft(null)
    setTimeout(() => title.current?.focus())
  }
  return (
    <li>
      <p ref={title} tabIndex={-1}>
        <b>
          <bdi>{name}</bdi>
        </b>
        {record && ` · ${say(`staff-referral.receiver.${record.kind}`)}`}
      </p>
      {record && record.place !== '' && <UntrustedText text={record.place} />}
      {record && record.contact !== '' && <UntrustedText text={record.contact} />}
      {doubt && <p class="warning">{say(`staff-referral.receivers.doubt.${doubt}`)}</p>}
      {draft ? (
        <ReceiverForm {...{ own, draft, reload }} onDraft={keep} onSaved={close} onCancel={close} />
      ) : (
        <div class="verbs">
          <button
            type="button"
            aria-label={`${say('staff-referral.receivers.change')}: ${name}`}
            onClick={() => {
              focusNewForm()
              setDraft(draftFrom(receiver))
            }}
          >
            {say('staff-referral.receivers.change')}
          </button>
          <DeleteReceiver {...{ own, receiver, reload, name }} />
        </div>
      )}
    </li>
  )
}

type DeleteReceiverProps = Omit<ReceiverCardProps, 'onGone'> & { name: string }

function DeleteReceiver({ own, receiver, reload, name }: DeleteReceiverProps) {
  const { say } = own
  const { keys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const action = useAction(reload, ['not_found', 'record_changed'])
  const { isAsking, question, start, ask, back } = useQuestion()
  const send = (): void =>
    action.run(async () => {
      const read = { id: receiver.id, base: receiver.recordHash }
      await sendReceiver({ keys, nextRoster }, read, null)
      focusSoon('receivers-title')
    })
  if (!isAsking)
    return (
      <button
        type="button"
        class="plain"
        ref={start}
        aria-label={`${say('staff-referral.receivers.delete')}: ${name}`}
        onClick={ask}
      >
        {say('staff-referral.receivers.delete')}
      </button>
    )
  return (
    <div class="note" role="group" aria-label={say('staff-referral.receivers.delete')}>
      <p ref={question} tabIndex={-1}>
        {say('staff-referral.receivers.delete.sure', { name })}
      </p>
      <div class="verbs">
        <button type="button" class="go" aria-disabled={action.busy} onClick={send}>
          {say('staff-referral.receivers.delete')}
        </button>
        <button type="button" onClick={back}>
          {say('staff-referral.receivers.keep')}
        </button>
      </div>
      <ActionResult action={action} done="" />
    </div>
  )
}
