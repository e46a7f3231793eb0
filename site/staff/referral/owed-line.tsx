// Shows the next step of a referral. Only an overdue step is shown in red.
import { type Owed } from '../case/read/owed-for.ts'
import { dayInDigits, momentInDigits } from '../i18n/dates.ts'
import { type ReferralWords } from './words.ts'

export function owedWords({ what, since, isLate }: Owed, { say }: ReferralWords): string {
  const at = since.includes('T') ? momentInDigits(since) : dayInDigits(since)
  const key = isLate && what === 'second' ? 'second.late' : what
  return say(`staff-referral.owed.${key}`, { at })
}

export const OwedLine = ({ own, owed }: { own: ReferralWords; owed: Owed }) => (
  <p class={owed.isLate ? 'warning' : 'note'}>{owedWords(owed, own)}</p>
)
