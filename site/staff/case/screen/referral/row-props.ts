// Declares the props that each part of a row about a referral receives.
import { type ReferralWords } from '../../../referral/words.ts'
import { type Referral } from '../../read/referrals-of.ts'
import { type CaseProps } from '../case-props.ts'

export interface ReferralWordsProps extends CaseProps {
  all: readonly ReferralWords[]
  /** the words of the screen */
  own: ReferralWords
}

export interface ReferralRowProps extends ReferralWordsProps {
  referral: Referral
}
