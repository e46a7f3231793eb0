// Holds the drain mark: one object in R2 that says how far the drain has come. Only the clock
// writes the mark.
//
// [Note: rounds] A pass goes over a partition in the order of its keys. A pass judges each object
// that existed when the pass began, and skips later ones. So a stranger cannot hold up the pass
// with new objects. A round ends when every partition of reports has been passed completely. All
// passes of reports then begin again. A follow-up notes the number of rounds when it arrives. By
// then, a report that was sent earlier was in R2 or in the database. Two rounds later, one whole
// round has begun and ended since that moment. That round has judged the report. So if the database
// has no thread for the follow-up, none exists. Two runs may overlap. A run writes the mark only if
// nobody has written it since the run read it.
import * as z from 'zod/mini'
import { PARTITIONS, type Partition } from './partitions.ts'
import { FIRST } from './overflow.ts'

const NAME = 'marks/drain'
const MINUTE_MS = 60_000

const Pass = z.object({
  /** the key after which the next run continues; empty at the beginning */
  at: z.string(),
  /** R2's time at the end of the run that began the pass; null during that run */
  since: z.nullable(z.number()),
  /** true when no object of the pass has failed */
  isWhole: z.boolean(),
  /** true when a whole pass ended in this round */
  isDone: z.boolean(),
})
export type Pass = z.infer<typeof Pass>

const Facts = z.object({
  rounds: z.number(),
  first: z.number(),
  passes: z.record(z.string(), Pass),
})

export interface DrainMark {
  /** completed rounds over the partitions of reports; grows by one each time */
  rounds: number
  /** the number of rounds with which the mark began */
  first: number
  passes: Record<Partition, Pass>
  /** null when no mark exists yet */
  etag: string | null
}

export const NEW_PASS: Pass = { at: '', since: null, isWhole: true, isDone: false }

/**
 * Returns the number of rounds with which a new mark begins.
 * The current minute is at least the number of a lost mark, because a round takes a minute or more.
 */
const firstRound = (now: number): number => Math.floor(now / MINUTE_MS)

export async function readDrainMark(bucket: R2Bucket, now: number): Promise<DrainMark> {
  const object = await bucket.get(NAME)
  const facts = object ? Facts.parse(await object.json()) : null
  const passOf = (partition: Partition): Pass => {
    const pass = facts?.passes[partition] ?? NEW_PASS
    // The run that began the pass ended when it wrote this mark.
    return pass.at === '' ? pass : { ...pass, since: pass.since ?? object?.uploaded.getTime() ?? 0 }
  }
  return {
    rounds: facts?.rounds ?? firstRound(now),
    first: facts?.first ?? firstRound(now),
    passes: Object.fromEntries(
      PARTITIONS.map((name) => [name, passOf(name)]),
    ) as DrainMark['passes'],
    etag: object?.etag ?? null,
  }
}

/**
 * Reads the number of rounds, which a follow-up notes when it arrives. Returns null without a mark.
 */
export async function readRounds(bucket: R2Bucket): Promise<number | null> {
  const rounds = (await bucket.head(NAME))?.customMetadata?.['rounds']
  return rounds === undefined ? null : Number(rounds)
}

/** The number of whole rounds after which no thread of a follow-up can still wait. */
const ROUNDS_OF_STRAY = 2

/**
 * Returns true when no thread of a follow-up can still wait, see [Note: rounds].
 *
 * @param noted  the rounds when the follow-up arrived; without a mark, it arrived before `first`
 */
export const isSettled = (
  { rounds, first }: Pick<DrainMark, 'rounds' | 'first'>,
  noted: number | null,
): boolean => rounds >= Math.max(noted ?? 0, first) + ROUNDS_OF_STRAY

/** Writes the mark, unless another run has written it since this run read it. */
export async function writeDrainMark(
  bucket: R2Bucket,
  { rounds, first, passes, etag }: DrainMark,
): Promise<void> {
  await bucket.put(NAME, JSON.stringify({ rounds, first, passes }), {
    ...(etag === null ? FIRST : { onlyIf: { etagMatches: etag } }),
    customMetadata: { rounds: String(rounds) },
  })
}
