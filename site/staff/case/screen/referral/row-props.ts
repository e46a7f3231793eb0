// Declares the props of each part of a referral row, and lists the refusals after which the case is
// reloaded.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { type ReferralWords } from '../../../referral/words.ts'
import { type Referral } from '../../read/referrals-of.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'

/**
 * The refusals after which the case is loaded again. The arrival of new letters also causes such a
 * refusal.
 */
export const REFERRAL_MOVED: readonly ErrorCode[] = [...CASE_MOVED, 'report_grew']

export const isMoved = (cause: unknown): boolean =>
  cause instanceof Refusal && REFERRAL_MOVED.includes(cause.code)

export interface ReferralWordsProps extends CaseProps {
  all: readonly ReferralWords[]
  /** the strings of the screen */
  own: ReferralWords
}

export interface ReferralRowProps extends ReferralWordsProps {
  referral: Referral
}
