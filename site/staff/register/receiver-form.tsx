// Asks for the details of a receiver: its name, whether it is a state authority, its place and a
// contact.
import { useState } from 'preact/hooks'
import { isRefusalOf } from '#protocol/errors'
import { ReceiverKind } from '#protocol/staff/case-log/referral-fields'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { receiverHashIn, sendReceiver } from '../ledger/receivers.ts'
import { type ReferralWords } from '../referral/words.ts'
import { ActionResult } from '../session/action-result.tsx'
import { useSessionContext } from '../session/session-context.ts'
import { useAction } from '../session/use-action.ts'
import { useReadVersion } from '../session/use-read-version.ts'
import { ChoiceRow } from '../ui/choice-row.tsx'
import { Field, Form } from '../ui/form.tsx'
import { recordFrom, type ReceiverDraft } from './receiver-fields.ts'

interface ReceiverFormProps {
  own: ReferralWords
  draft: ReceiverDraft
  /** true when a colleague has deleted the receiver, so that saving adds the receiver again */
  isGone?: boolean
  onDraft: (draft: ReceiverDraft) => void
  reload: () => Promise<void>
  onSaved: () => void
  onCancel: () => void
}

export function ReceiverForm(props: ReceiverFormProps) {
  const { own, draft, isGone = false, onDraft, reload, onSaved, onCancel } = props
  const { say } = own
  const { keys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const [isTried, setIsTried] = useState(false)
  const set = (part: Partial<ReceiverDraft>): void => onDraft({ ...draft, ...part })
  const record = recordFrom(draft)
  const version = useReadVersion(
    draft,
    (roster) => receiverHashIn(roster, draft.id),
    reload,
    onDraft,
  )
  const action = useAction(version.refresh, ['record_changed'])
  const save = async (): Promise<void> => {
    const base = isGone ? null : draft.base
    await version.send(() => sendReceiver({ keys, nextRoster }, { id: draft.id, base }, record))
    onSaved()
  }
  const submit = (): void => {
    setIsTried(true)
    if (record.name !== '') action.run(save)
  }
  // The form already says that the receiver is gone, and nothing is left to compare.
  const isSaid = isGone && isRefusalOf(action.why, 'record_changed')
  return (
    <Form busy={action.busy} onSubmit={submit} onCancel={onCancel}>
      <p role="status">{isGone && say('staff-referral.receivers.gone')}</p>
      <Field
        label={say('staff-referral.receivers.name')}
        value={draft.name}
        onInput={(name) => set({ name })}
        maxLength={200}
        mistake={isTried && record.name === '' ? say('staff-referral.receiver.missing') : null}
      />
      <ChoiceRow
        label={say('staff-referral.receivers.kind')}
        options={ReceiverKind.options.map(
          (each) => [each, say(`staff-referral.receiver.${each}`)] as const,
        )}
        value={draft.kind}
        onChange={(kind) => set({ kind })}
      />
      <Field
        label={say('staff-referral.receivers.place')}
        value={draft.place}
        onInput={(place) => set({ place })}
        maxLength={200}
      />
      <Field
        label={say('staff-referral.receivers.contact')}
        value={draft.contact}
        onInput={(contact) => set({ contact })}
        rows={2}
        maxLength={400}
      />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {say('staff-referral.receivers.save')}
        </button>
        <button type="button" onClick={onCancel}>
          {say('staff-referral.receivers.drop')}
        </button>
      </div>
      <ActionResult action={isSaid ? { ...action, why: null } : action} done="" />
    </Form>
  )
}
