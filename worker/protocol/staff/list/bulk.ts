// Defines the schemas of changes to many cases in one request. Each case has a separate signed row
// and a separate outcome.
import * as z from 'zod/mini'
import { ERROR_CODES } from '../../errors.ts'
import { HASH_BYTES } from '../../limits.ts'
import { SignedChange } from '../chain.ts'
import { b64Of, id } from '../fields.ts'

/** Maximum number of cases in one request. */
export const BULK_MAX = 40

/**
 * Changes to many cases, at most one for each case. A caseworker never receives a case in this way.
 */
export const CaseChanges = z.object({
  changes: z
    .array(
      z.object({ case: id, action: z.enum(['status.set', 'case.assign']), signed: SignedChange }),
    )
    .check(z.minLength(1), z.maxLength(BULK_MAX)),
})
export type CaseChanges = z.infer<typeof CaseChanges>

/**
 * The outcome of each change, in the same order as in the request: null, or the code of its
 * refusal.
 */
export const CaseOutcomes = z.object({
  results: z.array(z.object({ case: id, code: z.nullable(z.enum(ERROR_CODES)) })),
})
export type CaseOutcomes = z.infer<typeof CaseOutcomes>

/** The cases whose heads a device needs before it signs. */
export const CaseHeadsOf = z.object({
  cases: z.array(id).check(z.minLength(1), z.maxLength(BULK_MAX)),
})
export type CaseHeadsOf = z.infer<typeof CaseHeadsOf>

/** The hash of each log's last row, in the same order as the request; zeros for an empty log. */
export const CaseHeads = z.object({
  heads: z.array(z.object({ case: id, head: b64Of(HASH_BYTES) })),
})
export type CaseHeads = z.infer<typeof CaseHeads>
