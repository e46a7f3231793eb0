// Holds the schemas of acts on many cases at once. Each case gets a signed row of its own. A
// request carries the rows of up to BULK_MAX cases and returns an outcome for each.
import * as z from 'zod/mini'
import { HASH_BYTES } from '../limits.ts'
import { SignedChange } from './chain.ts'
import { b64Of, id } from './fields.ts'

/** The most cases of one request. */
export const BULK_MAX = 40

/** The body of `cases/changes`. */
export const CaseChanges = z.object({
  changes: z
    .array(
      z.object({
        case: id,
        action: z.enum(['status.set', 'case.assign']),
        signed: SignedChange,
      }),
    )
    .check(z.minLength(1), z.maxLength(BULK_MAX)),
})
export type CaseChanges = z.infer<typeof CaseChanges>

/** The outcome for each case, in the order of the changes: null, or the code of the refusal. */
export const CaseOutcomes = z.object({
  results: z.array(z.object({ case: id, code: z.nullable(z.string()) })),
})
export type CaseOutcomes = z.infer<typeof CaseOutcomes>

/** The body of `cases/heads`. */
export const CaseHeadsOf = z.object({
  cases: z.array(id).check(z.minLength(1), z.maxLength(BULK_MAX)),
})
export type CaseHeadsOf = z.infer<typeof CaseHeadsOf>

/** The heads of the case logs that exist for the asker; zeros for a log without a row. */
export const CaseHeads = z.object({
  heads: z.array(z.object({ case: id, head: b64Of(HASH_BYTES) })),
})
export type CaseHeads = z.infer<typeof CaseHeads>
