// Offers the actions that a colleague can take on a referral. In one place, a colleague reads the
// letter, gives the second signature and hands the letter over. A form records the result of a
// referral.
import { useState } from 'preact/hooks'
import { nextStates } from '#protocol/staff/case-log/referral-state'
import type { ReferralState } from '#protocol/staff/case-log/referral-fields'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { focusNewForm } from '../../../ui/focus-form.ts'
import { isHeldForChild } from '../../read/child-since.ts'
import { useRecordDraft } from '../../write/record-draft.ts'
import { type ReferralRowProps } from './row-props.ts'
import { LetterPart } from './letter-part.tsx'
import { StepForm, verbOf } from './step-form.tsx'

export function ReferralVerbs(props: ReferralRowProps) {
  const { own, referral, loaded } = props
  const { say } = own
  const { signed, entry, doubts, owed } = referral
  const { keys } = useSessionContext()
  const [isRead, setIsRead] = useState(false)
  const [draft, setDraft] = useRecordDraft(`referral ${signed.n}`, signed.caseId)
  const owes = (what: string): boolean => owed.some((each) => each.what === what)
  const isSound = doubts.length === 0 && !isHeldForChild(loaded, referral)
  const maySign = isSound && owes('second') && signed.actor !== keys.personId
  const mayGive = isSound && owes('send')
  const begin = (to: ReferralState): void => {
    focusNewForm()
    setDraft({ base: 0, fields: { to } })
  }
  const close = (): void => {
    setDraft(null)
    setIsRead(false)
    focusSoon('referrals-title')
  }
  if (draft)
    return (
      <StepForm
        {...props}
        fields={draft.fields}
        onFields={(fields) => setDraft({ base: 0, fields })}
        onClose={close}
      />
    )
  // The button that marks a referral as sent is next to the letter, so that the colleague has seen
  // it.
  const steps = nextStates(signed).filter((to) => !(signed.state === 'made' && to === 'sent'))
  const label = maySign ? 'read_sign' : mayGive ? 'read_give' : 'read'
  return (
    <>
      {isRead && (
        <LetterPart
          {...props}
          {...{ maySign, mayGive }}
          onSent={() => begin('sent')}
          onClose={close}
        />
      )}
      <div class="verbs">
        {entry && !isRead && (
          <button
            type="button"
            class={maySign || mayGive ? 'go' : undefined}
            onClick={() => setIsRead(true)}
          >
            {say(`staff-referral.${label}`)}
          </button>
        )}
        {steps.map((to) => (
          <button
            key={to}
            type="button"
            class={to === 'revoked' ? 'plain' : undefined}
            onClick={() => begin(to)}
          >
            {say(verbOf(signed.state, to))}
          </button>
        ))}
      </div>
    </>
  )
}
