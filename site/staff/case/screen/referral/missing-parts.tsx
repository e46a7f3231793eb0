// Says why no letter can be made yet.
import { type ReferralWords } from '../../../referral/words.ts'

interface MissingPartsProps {
  own: ReferralWords
  missing: Readonly<Record<'fields' | 'marks' | 'consent', boolean>>
  /** the number of marks that nobody decided */
  open: number
}

export const MissingParts = ({ own: { say }, missing, open }: MissingPartsProps) => (
  <div class="mistake" role="alert">
    {missing.fields && <p>{say('staff-referral.fields.none')}</p>}
    {missing.marks && <p>{say('staff-referral.marks.open', { n: open })}</p>}
    {missing.consent && <p>{say('staff-referral.answer.needed')}</p>}
  </div>
)
