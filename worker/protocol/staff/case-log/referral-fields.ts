// Holds what the rows and the sealed entries of a referral share.
import * as z from 'zod/mini'

/** `told`: the receiver was told that the consent was taken back. */
const REFERRAL_STATES = [
  ...(['made', 'sent', 'accepted', 'rejected', 'done', 'revoked', 'told'] as const),
] as const
export const ReferralState = z.enum(REFERRAL_STATES)
export type ReferralState = z.infer<typeof ReferralState>

/**
 * Whether a second colleague signs: not at all, before it leaves, or within a day after it left.
 */
export const ReferralNeed = z.enum(['none', 'before', 'after'])
export type ReferralNeed = z.infer<typeof ReferralNeed>
