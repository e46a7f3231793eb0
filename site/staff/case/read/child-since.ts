// Finds referrals that were signed before the case recorded that the person is under 18. The
// questions about a child were never asked for these referrals.
import { type LoadedReport } from './load-report.ts'
import { isKnownChild } from './minor-of.ts'
import { type Referral } from './referrals-of.ts'

/** Returns true when the case now records that the person in the referral is under 18. */
export const isChildSince = (loaded: LoadedReport, { entry }: Pick<Referral, 'entry'>): boolean =>
  entry !== null && entry.isUnder18 !== 'yes' && isKnownChild(loaded, entry.person)

/**
 * Returns true for such a referral if it is still unsent, so that a colleague can make a new one.
 * Nothing is held back while a life is in danger.
 */
export const isHeldForChild = (
  loaded: LoadedReport,
  referral: Pick<Referral, 'entry' | 'signed'>,
): boolean =>
  isChildSince(loaded, referral) &&
  referral.signed.state === 'made' &&
  referral.entry?.basis.kind !== 'life'
