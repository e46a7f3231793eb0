// Explains why no letter can be made yet.
import { type ReferralWords } from '../../../referral/words.ts'
import { canBeReadAloud, type Missing } from './missing-answers.ts'

interface MissingPartsProps {
  own: ReferralWords
  missing: Missing
  /** true after the person has answered no */
  isRefused: boolean
  /** the number of marks that are still undecided */
  open: number
}

export const MissingParts = ({ own: { say }, missing, isRefused, open }: MissingPartsProps) => (
  <div class="mistake" role="alert">
    {missing.fields && <p>{say('staff-referral.fields.none')}</p>}
    {missing.marks && <p>{say('staff-referral.marks.open', { n: open })}</p>}
    {missing.consent && canBeReadAloud(missing) && (
      <p>{say(isRefused ? 'staff-referral.answer.no.hint' : 'staff-referral.answer.needed')}</p>
    )}
    {missing.basis && <p>{say('staff-referral.basis.missing')}</p>}
    {missing.child && <p>{say('staff-referral.child.missing')}</p>}
    {missing.adult && <p>{say('staff-referral.child.age')}</p>}
  </div>
)
