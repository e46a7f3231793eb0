// Defines the schemas of a discard: one signed statement that deletes many reports an hour later.
import * as z from 'zod/mini'
import { GRADES } from '../../limits.ts'
import { day, id } from '../fields.ts'
import { SealedItem } from './waiting.ts'

/**
 * Time from the signature to the first deletion, during which a colleague can see the discard and
 * withdraw it.
 */
export const DISCARD_DELAY_MS = 60 * 60_000
/**
 * Maximum number of reports that a discard can spare. A D1 statement accepts at most 100 values.
 */
export const MAX_KEPT = 50
/** Number of reports that the author reads before signing. */
export const DISCARD_SAMPLE = 5
/** Number of discards that the screen shows, newest first. */
export const DISCARDS_SHOWN = 10

/** Defines which reports a discard covers. All conditions must be met. */
const predicate = {
  /** the highest grade that the discard covers */
  grade: z.literal(GRADES),
  /** true when reports with danger are covered too */
  danger: z.boolean(),
  /** the first and the last day of arrival; the last day must have ended */
  from: day,
  to: day,
  sealedBy: z.enum(['device', 'worker', 'both']),
  /** ids of reports that are not deleted */
  keep: z.array(id).check(z.maxLength(MAX_KEPT)),
}
export const DiscardPredicate = z.object(predicate)
export type DiscardPredicate = z.infer<typeof DiscardPredicate>

/**
 * The numbers of matching reports: those in the database, and those in R2, counted up to
 * WAITING_SHOWN.
 */
const found = { stored: z.int().check(z.gte(0)), waiting: z.int().check(z.gte(0)) }

/** A new discard, with the numbers that its author confirmed. */
export const DiscardChange = z.object({ ...predicate, ...found })
export type DiscardChange = z.infer<typeof DiscardChange>

/** Withdraws a discard. The subject of the statement is also the discard's id. */
export const WithdrawChange = z.object({ discard: id })
export type WithdrawChange = z.infer<typeof WithdrawChange>

/**
 * The number of reports that a predicate covers now, and some of these reports, drawn at random.
 */
export const DiscardPreview = z.object({ ...found, sample: z.array(SealedItem) })
export type DiscardPreview = z.infer<typeof DiscardPreview>

/** A discard as the workspace shows it. */
export const Discard = z.object({
  id,
  /** id of the author; the app looks up the name among its proven names */
  by: id,
  ...predicate,
  ...found,
  /** milliseconds since 1970 */
  dueAt: z.int(),
  /** number of reports already deleted */
  removed: z.int(),
  /** milliseconds since 1970; null while the discard is pending or running */
  endedAt: z.nullable(z.int()),
  /** id of the colleague who withdrew the discard, or null */
  withdrawnBy: z.nullable(id),
})
export type Discard = z.infer<typeof Discard>

export const Discards = z.object({ discards: z.array(Discard) })
export type Discards = z.infer<typeof Discards>

/** The discard that has not ended yet, as shown in a line of the workspace. */
export const OpenDiscard = z.object({
  id,
  by: id,
  ...found,
  dueAt: z.int(),
  removed: z.int(),
})
export type OpenDiscard = z.infer<typeof OpenDiscard>
