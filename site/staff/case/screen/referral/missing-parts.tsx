// Explains why no letter can be made yet.
import { type ReferralWords } from '../../../referral/words.ts'
import { type Missing } from './missing-answers.ts'

interface MissingPartsProps {
  own: ReferralWords
  missing: Missing
  /** true when the form shows the text to read aloud */
  canRead: boolean
  /** the number of marks that are still undecided */
  open: number
}

export const MissingParts = ({ own: { say }, missing, canRead, open }: MissingPartsProps) => (
  <div class="mistake" role="alert">
    {missing.fields && <p>{say('staff-referral.fields.none')}</p>}
    {missing.marks && <p>{say('staff-referral.marks.open', { n: open })}</p>}
    {missing.consent && canRead && <p>{say('staff-referral.answer.needed')}</p>}
    {missing.basis && <p>{say('staff-referral.basis.missing')}</p>}
    {missing.child && <p>{say('staff-referral.child.missing')}</p>}
    {missing.adult && <p>{say('staff-referral.child.age')}</p>}
  </div>
)
