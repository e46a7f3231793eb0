// Defines the schemas for the sealed names of people who have left. A reader's browser seals a name
// under the team key. Each caseworker receives a copy, unless the person requested a number.
import * as z from 'zod/mini'
import { HYBRID_ENC_BYTES, TAG_BYTES } from '../../limits.ts'
import { b64Of, id } from '../fields.ts'

/**
 * Length to which a name and its salt are padded before sealing, so that the length reveals
 * nothing.
 */
export const FORMER_NAME_BYTES = 512
/** Sealed under the team key: nonce (12) ‖ ciphertext ‖ tag. */
const UnderTeam = b64Of(12 + FORMER_NAME_BYTES + TAG_BYTES)
/** Sealed to the hybrid key of a caseworker: enc ‖ ciphertext ‖ tag. */
const ToCaseworker = b64Of(HYBRID_ENC_BYTES + FORMER_NAME_BYTES + TAG_BYTES)

/** The maximum number of copies in a request; D1 allows 50 queries in a request. */
export const MAX_NAME_COPIES = 40

/** A former colleague's name in a form that the requesting person can open. */
export const FormerName = z.object({
  /** the person who left */
  id,
  /** for a reader, under the team key; null until a reader's browser has sealed the name */
  sealed: z.nullable(z.union([UnderTeam, ToCaseworker])),
  /** the generation of the team key; null for a copy, and for a name that is not sealed yet */
  generation: z.nullable(z.int()),
  /** ids of the caseworkers who have a copy; empty in the response to a caseworker */
  holders: z.array(id),
})
export type FormerName = z.infer<typeof FormerName>

/** A former colleague's name that a reader's browser has sealed. */
export const SealedFormerName = z.object({
  generation: z.int().check(z.gte(1)),
  sealed: UnderTeam,
  copies: z
    .array(z.object({ person: id, sealed: ToCaseworker }))
    .check(z.maxLength(MAX_NAME_COPIES)),
})
export type SealedFormerName = z.infer<typeof SealedFormerName>
