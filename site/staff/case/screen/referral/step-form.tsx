// Asks for the result of a referral, and for the details that its next state requires.
import { useState } from 'preact/hooks'
import { localDayOf } from '#content/clock.ts'
import { DAY_MS } from '#protocol/limits'
import type { ReferralState } from '#protocol/staff/case-log/referral-fields'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { revokingText } from '../../../referral/consent-text.ts'
import { ANSWER_DAYS } from '../../../referral/letter.ts'
import { type ReferralKey } from '../../../referral/words.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { useSessionContext } from '../../../session/session-context.ts'
import { useAction } from '../../../session/use-action.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { DayField } from '../../../ui/select-field.tsx'
import { type Referral } from '../../read/referrals-of.ts'
import { type RecordFields } from '../../write/record-draft.ts'
import { sendMark, type ReferralStepWords } from '../../write/send-referral.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { informedFrom, InformedQuestion } from './basis-part.tsx'
import { ChoiceRow } from '../../../ui/choice-row.tsx'
import { REFERRAL_MOVED, type ReferralRowProps } from './row-props.ts'

interface StepFormProps extends ReferralRowProps {
  fields: RecordFields
  onFields: (fields: RecordFields) => void
  onClose: () => void
}

const REVOKED_ANSWERS = ['deleted', 'kept', 'none'] as const
/** The states after which the person must hear the receiver's answer. */
const TOLD_AFTER: readonly ReferralState[] = ['accepted', 'rejected', 'done']
const STATES = ['sent', 'accepted', 'rejected', 'done', 'revoked', 'told'] as const
const stateIn = (to: string | undefined) => STATES.find((each) => each === to) ?? 'done'

/** Returns the key of the label on the button that leads from one state to the next. */
export function verbOf(from: ReferralState, to: ReferralState): ReferralKey {
  if (from === 'made' && to === 'revoked') return 'staff-referral.do.withdraw'
  if (from === 'sent' && to === 'sent') return 'staff-referral.do.again'
  return to === 'made' ? 'staff-referral.make' : `staff-referral.do.${to}`
}

/** Returns the agreed day; for a new agreement, returns a day that is still ahead. */
const dayFor = ({ signed, entry }: Referral): string =>
  (signed.state === 'made' && entry?.answerBy) || localDayOf(Date.now() + ANSWER_DAYS * DAY_MS)

export function StepForm(props: StepFormProps) {
  const { own, referral, loaded, reload, onSaved, fields, onFields, onClose } = props
  const { say } = own
  const { keys } = useSessionContext()
  const writer = useCaseWriter()
  const action = useAction(reload, REFERRAL_MOVED)
  const [isTried, setIsTried] = useState(false)
  const valueOf = (name: string): string => ownValue(fields, name) ?? ''
  const set = (part: RecordFields): void => onFields({ ...fields, ...part })
  const to = stateIn(fields['to'])
  const { state } = referral.signed
  const isLeaving = state === 'made' && to === 'sent'
  const isWithdrawn = state === 'made' && to === 'revoked'
  const owesTelling = referral.owed.some(({ what }) => what === 'tell_person')
  const asksTold = TOLD_AFTER.includes(to) || (owesTelling && to !== 'told')
  const isTold = valueOf('isTold') === '' ? null : valueOf('isTold') === 'yes'
  const told = informedFrom({ isTold, why: valueOf('why'), on: valueOf('on') })
  const answer = REVOKED_ANSWERS.find((each) => each === valueOf('answer'))
  const how = valueOf('how').trim()
  const expectedDay = fields['expectedDay'] ?? dayFor(referral)
  const isWhole =
    (!asksTold || told !== null) && (to !== 'told' || (answer !== undefined && how !== ''))
  const save = (): void => {
    setIsTried(true)
    if (!isWhole) return
    action.run(async () => {
      const words: ReferralStepWords = {
        ...{ to, text: valueOf('text').trim() },
        ...(to === 'sent' && { expectedDay: expectedDay || null }),
        ...(asksTold && told && { told }),
        ...(to === 'told' && answer && { receiver: { toldBy: keys.personId, how, answer } }),
      }
      onSaved(await sendMark(writer(), loaded, referral, words))
      onClose()
    })
  }
  const verb = say(verbOf(state, to))
  return (
    <Form busy={action.busy} onSubmit={save} onCancel={onClose}>
      <h5 tabIndex={-1}>{verb}</h5>
      {isWithdrawn && <p class="note">{say('staff-referral.withdraw.hint')}</p>}
      {to === 'revoked' && !isWithdrawn && (
        <div class="note">
          {revokingText(own).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      {to === 'sent' && (
        <>
          {isLeaving && <p class="hint">{say('staff-referral.sent.hint')}</p>}
          <DayField
            label={say('staff-referral.until')}
            value={expectedDay}
            onInput={(day) => set({ expectedDay: day })}
          />
        </>
      )}
      {asksTold && (
        <InformedQuestion
          own={own}
          label="staff-referral.told.heard"
          told={{ isTold, why: valueOf('why'), on: valueOf('on') }}
          onTold={({ isTold: is, ...rest }) =>
            set({ ...rest, ...(is !== undefined && { isTold: is === true ? 'yes' : 'no' }) })
          }
          isTried={isTried}
        />
      )}
      {to === 'told' && (
        <>
          <Field
            label={say('staff-referral.revoked.how')}
            value={valueOf('how')}
            onInput={(next) => set({ how: next })}
            mistake={isTried && how === '' ? say('staff-referral.needed') : null}
          />
          <ChoiceRow
            label={say('staff-referral.revoked.answer')}
            options={REVOKED_ANSWERS.map(
              (each) => [each, say(`staff-referral.revoked.${each}`)] as const,
            )}
            value={answer ?? null}
            onChange={(next) => set({ answer: next })}
          />
        </>
      )}
      <Field
        label={say('staff-referral.step.text')}
        value={valueOf('text')}
        onInput={(text) => set({ text })}
        rows={2}
      />
      {isTried && !isWhole && (
        <p class="mistake" role="alert">
          {say('staff-referral.step.missing')}
        </p>
      )}
      <ActionResult action={action} done="" />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {verb}
        </button>
        <button type="button" onClick={onClose}>
          {say('staff-referral.step.drop')}
        </button>
      </div>
    </Form>
  )
}
