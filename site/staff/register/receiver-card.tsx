// Shows one receiver, which a reader can change or delete. The form stays open if a colleague
// deletes the receiver in the meantime, so that no unsaved words are lost.
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
import { draftFrom, useReceiverDraft } from './receiver-fields.ts'
import { ReceiverForm } from './receiver-form.tsx'

interface ReceiverCardProps {
  own: ReferralWords
  id: string
  /** null when the list does not contain the receiver; then only unsaved words are shown */
  receiver: ListedReceiver | null
  reload: () => Promise<void>
  /** called when the form of a deleted receiver has closed */
  onClosed: (isSaved: boolean) => void
}

export function ReceiverCard({ own, id, receiver, reload, onClosed }: ReceiverCardProps) {
  const { say } = own
  const [draft, setDraft] = useReceiverDraft(id)
  const title = useRef<HTMLParagraphElement>(null)
  if (!receiver && !draft) return null
  const name = receiver?.record?.name ?? say('staff-referral.receivers.closed')
  const close = (isSaved: boolean): void => {
    setDraft(null)
    if (receiver) setTimeout(() => title.current?.focus())
    else onClosed(isSaved)
  }
  // The form keeps its place in the tree when the receiver is deleted, so that the form keeps the
  // focus.
  return (
    <li>
      {receiver && (
        <>
          <p ref={title} tabIndex={-1}>
            <b>
              <bdi>{name}</bdi>
            </b>
            {receiver.record && ` · ${say(`staff-referral.receiver.${receiver.record.kind}`)}`}
          </p>
          <RecordWords receiver={receiver} own={own} />
        </>
      )}
      {draft ? (
        <ReceiverForm
          {...{ own, draft, reload }}
          isGone={!receiver}
          onDraft={setDraft}
          onSaved={() => close(true)}
          onCancel={() => close(false)}
        />
      ) : (
        receiver && (
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
        )
      )}
    </li>
  )
}

interface ListedProps {
  own: ReferralWords
  receiver: ListedReceiver
}

function RecordWords({ own, receiver: { record, doubt } }: ListedProps) {
  return (
    <>
      {record && record.place !== '' && <UntrustedText text={record.place} />}
      {record && record.contact !== '' && <UntrustedText text={record.contact} />}
      {doubt && <p class="warning">{own.say(`staff-referral.receivers.doubt.${doubt}`)}</p>}
    </>
  )
}

interface DeleteReceiverProps extends ListedProps, Pick<ReceiverCardProps, 'reload'> {
  name: string
}

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
