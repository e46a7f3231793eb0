// Defines the staff API's schemas for reports that are waiting in R2.
import * as z from 'zod/mini'
import { GRADES, MAX_ENVELOPE_BYTES } from '../../limits.ts'
import { b64UpTo, day, id } from '../fields.ts'

/**
 * The partitions, in the order in which they are drained: reports by danger and grade, and
 * follow-ups.
 */
export const WAITING_PARTITIONS = [
  'urgent-3',
  'urgent-2',
  'urgent-1',
  'urgent-0',
  'urgent-followup',
  '3',
  '2',
  '1',
  '0',
  'followup',
] as const
const WaitingPartition = z.enum(WAITING_PARTITIONS)

/**
 * Number of waiting reports on one page. Each report costs a read from R2 and up to 19 KB of JSON.
 */
export const WAITING_PAGE = 10

/** A sealed report with the facts that the edge can see. */
export const SealedItem = z.object({
  id,
  day,
  danger: z.boolean(),
  grade: z.literal(GRADES),
  sealedBy: z.enum(['device', 'worker']),
  envelope: b64UpTo(MAX_ENVELOPE_BYTES),
})
export type SealedItem = z.infer<typeof SealedItem>

/** The name of an object in its partition: an id, or `check-` and an id. */
const name = z.string().check(z.regex(/^(check-)?[\w-]{22}$/))

/** A page of waiting reports or follow-ups from a partition. */
export const WaitingPage = z.object({
  items: z.array(z.extend(SealedItem, { name })),
  /** cursor of the next page; null on the last page */
  next: z.nullable(name),
})
export type WaitingPage = z.infer<typeof WaitingPage>

/** The request for a page. */
export const WaitingPlace = z.object({ partition: WaitingPartition, after: z.nullable(name) })

/** The waiting object that a colleague is moving into the database. */
export const TakeIn = z.object({ partition: WaitingPartition, name, id })
export type TakeIn = z.infer<typeof TakeIn>
