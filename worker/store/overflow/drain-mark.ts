// Manages the drain mark: one object in R2 that records the progress of the drain. Only the clock
// writes the mark. [Note: cycles] A pass checks the objects of a partition in key order. The pass
// skips objects that arrived after it began. A stranger therefore cannot delay the pass with new
// objects. A cycle ends when the passes over all partitions of reports are complete. All passes
// over reports then begin again. When a follow-up arrives, the number of cycles is recorded with
// the follow-up. At that moment, every earlier report was in R2 or in the database. When the number
// has grown by two, one complete cycle has taken place since that moment. That cycle has checked
// every earlier report that was in R2. If the database then has no thread for the follow-up, no
// thread exists. Two runs may overlap. A run writes the mark only if the mark has not changed since
// the run read it.
import * as z from 'zod/mini'
import { PARTITIONS, type Partition } from './partitions.ts'
import { FIRST } from './objects.ts'

const NAME = 'marks/drain'
const MINUTE_MS = 60_000

const Pass = z.object({
  /** the key after which the next run continues; empty at the beginning */
  at: z.string(),
  /** R2's time at the end of the run that began the pass; null during that run */
  since: z.nullable(z.number()),
  /** true when no object in the pass has failed */
  isWhole: z.boolean(),
  /** true when a complete pass has ended in this cycle */
  isDone: z.boolean(),
})
export type Pass = z.infer<typeof Pass>

const Facts = z.object({
  cycles: z.number(),
  first: z.number(),
  passes: z.record(z.string(), Pass),
})

export interface DrainMark {
  /** number of complete cycles over the partitions of reports; each complete cycle adds one */
  cycles: number
  /** the cycle number at which the mark started */
  first: number
  passes: Record<Partition, Pass>
  /** null when there is no mark yet */
  etag: string | null
}

export const NEW_PASS: Pass = { at: '', since: null, isWhole: true, isDone: false }

/**
 * Returns the cycle number at which a new mark starts. A lost mark's cycle count cannot exceed the
 * minutes since 1970, because each cycle takes at least a minute.
 */
const firstCycle = (now: number): number => Math.floor(now / MINUTE_MS)

export async function readDrainMark(bucket: R2Bucket, now: number): Promise<DrainMark> {
  const object = await bucket.get(NAME)
  const facts = object ? Facts.parse(await object.json()) : null
  const passOf = (partition: Partition): Pass => {
    const pass = facts?.passes[partition] ?? NEW_PASS
    // The run that began the pass ended when it wrote this mark.
    return pass.at === '' ? pass : { ...pass, since: pass.since ?? object?.uploaded.getTime() ?? 0 }
  }
  return {
    cycles: facts?.cycles ?? firstCycle(now),
    first: facts?.first ?? firstCycle(now),
    passes: Object.fromEntries(
      PARTITIONS.map((name) => [name, passOf(name)]),
    ) as DrainMark['passes'],
    etag: object?.etag ?? null,
  }
}

/**
 * Reads the number of cycles, which is recorded with each arriving follow-up. Returns null if there
 * is no mark.
 */
export async function readCycles(bucket: R2Bucket): Promise<number | null> {
  const cycles = (await bucket.head(NAME))?.customMetadata?.['cycles']
  return cycles === undefined ? null : Number(cycles)
}

/** Number of complete cycles after which a follow-up's thread can no longer be waiting. */
const CYCLES_OF_STRAY = 2

/**
 * Returns true when a follow-up's thread can no longer be waiting; see [Note: cycles].
 *
 * @param noted  the number of cycles when the follow-up arrived; a follow-up without such a number
 *   arrived before `first`
 */
export const isSettled = (
  { cycles, first }: Pick<DrainMark, 'cycles' | 'first'>,
  noted: number | null,
): boolean => cycles >= Math.max(noted ?? 0, first) + CYCLES_OF_STRAY

/** Writes the mark, unless another run has written it since this run read it. */
export async function writeDrainMark(
  bucket: R2Bucket,
  { cycles, first, passes, etag }: DrainMark,
): Promise<void> {
  await bucket.put(NAME, JSON.stringify({ cycles, first, passes }), {
    ...(etag === null ? FIRST : { onlyIf: { etagMatches: etag } }),
    customMetadata: { cycles: String(cycles) },
  })
}
