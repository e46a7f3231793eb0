// Defines the values shared by a referral's rows, sealed entries, letters and index.
import * as z from 'zod/mini'
import { day } from '../fields.ts'

/** `told`: the receiver has been told that the consent was withdrawn. */
const REFERRAL_STATES = [
  ...(['made', 'sent', 'accepted', 'rejected', 'done', 'revoked', 'told'] as const),
] as const
export const ReferralState = z.enum(REFERRAL_STATES)
export type ReferralState = z.infer<typeof ReferralState>

/**
 * When a second colleague must sign: never, before the letter leaves, or within a day after it
 * leaves.
 */
export const ReferralNeed = z.enum(['none', 'before', 'after'])
export type ReferralNeed = z.infer<typeof ReferralNeed>

/** `authority` is a state body, including one that shelters people. */
const RECEIVER_KINDS = ['organisation', 'authority'] as const
export const ReceiverKind = z.enum(RECEIVER_KINDS)
export type ReceiverKind = z.infer<typeof ReceiverKind>

/** The possible bases of a referral: consent, or one of three reasons without consent. */
export const BASES = ['consent', 'life', 'child', 'order'] as const
export type Basis = (typeof BASES)[number]

/** The ways in which a letter leaves: as a file that opens only with digits, or on paper. */
export const LEAVING_WAYS = ['page', 'paper'] as const
export type LeavingWay = (typeof LEAVING_WAYS)[number]

/** Whether the person has been told; `on` is the day on which somebody must tell the person. */
export const InformedState = z.discriminatedUnion('is', [
  z.object({ is: z.literal('told') }),
  z.object({ is: z.literal('not_told'), on: z.nullable(day) }),
])
export type InformedState = z.infer<typeof InformedState>
