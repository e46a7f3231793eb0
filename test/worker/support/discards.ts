// Stores many reports from past days in both stores, and signs discards of these reports.
import { dayOf } from '#protocol/time'
import { DAY_MS } from '#protocol/limits'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import {
  DISCARD_DELAY_MS,
  DiscardPreview,
  Discards,
  type DiscardChange,
  type DiscardPredicate,
} from '#protocol/staff/list/discard'
import { runChores } from '#worker/scheduled/run-chores'
import { db, deps } from './edge.ts'
import { asStaff, getAs, noise, signed, type Person } from './staff.ts'

export const dayAgo = (days: number): string => dayOf(Date.now() - days * DAY_MS)
const YESTERDAY = dayAgo(1)

/** The predicate that the tests use: yesterday's reports of grade 0 and 1 without danger. */
export const predicate: DiscardPredicate = {
  grade: 1,
  danger: false,
  from: dayAgo(2),
  to: YESTERDAY,
  sealedBy: 'both',
  keep: [],
}

interface StoredFacts {
  kind: number
  danger: number
  grade: number
  sealedBy: string
  status: string
  day: string
}

/** Stores reports that a discard covers, except as `changes` specifies. */
export async function storeMany(count: number, changes: Partial<StoredFacts> = {}): Promise<void> {
  const { kind, danger, grade, sealedBy, status, day } = {
    kind: 1,
    danger: 0,
    grade: 0,
    sealedBy: 'device',
    status: 'new',
    day: YESTERDAY,
    ...changes,
  }
  await db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
        header_id, owner_hash, write_hash, envelope)
      SELECT randomblob(16), ?, ?, 1, ?, ?, ?, ?, randomblob(16), randomblob(32), randomblob(32),
        zeroblob(100) FROM n`,
    )
    .bind(count, kind, danger, grade, sealedBy, status, day)
    .run()
}

/**
 * Puts objects into R2 in the overflow's format, and returns their keys.
 *
 * @param bodyOf  makes an envelope; by default the objects contain random bytes
 */
export async function waitMany(
  count: number,
  partition = '0',
  metadata: Record<string, string> = {},
  bodyOf: () => Promise<Bytes> = () => Promise.resolve(randomBytes(20)),
): Promise<string[]> {
  const keys = Array.from({ length: count }, () => `overflow/${partition}/${noise(16)}`)
  for (let first = 0; first < count; first += 100)
    await Promise.all(
      keys.slice(first, first + 100).map(async (key) =>
        deps.bucket.put(key, await bodyOf(), {
          customMetadata: {
            'sealed-by': 'device',
            'received-day': YESTERDAY,
            'report-id': toB64(randomBytes(16)),
            ...metadata,
          },
        }),
      ),
    )
  return keys
}

export const preview = async (
  { cookie }: Person,
  asked: DiscardPredicate = predicate,
): Promise<DiscardPreview> =>
  DiscardPreview.parse(await (await asStaff('discards/preview', 'POST', asked, cookie)).json())

/** Signs a discard. Returns the id of the discard and the response. */
export async function discardAs(
  staff: Person,
  changes: Partial<DiscardChange> = {},
  id = noise(16),
): Promise<{ id: string; answer: Response }> {
  const change = { ...predicate, stored: 0, waiting: 1000, ...changes }
  const body = await signed(staff, 'reports.discard', id, change)
  return { id, answer: await asStaff(`discards/${id}`, 'POST', body, staff.cookie) }
}

export const withdrawAs = async (staff: Person, id: string): Promise<Response> =>
  asStaff(
    `discards/${id}/withdraw`,
    'POST',
    await signed(staff, 'discard.withdraw', id, { discard: id }),
    staff.cookie,
  )

export const discardsOf = async (staff: Person) =>
  Discards.parse(await (await getAs(staff, 'discards')).json()).discards

/** The first minute after the delay that has no full check. */
export const dueMinute = (): number =>
  Math.ceil((Date.now() + DISCARD_DELAY_MS) / 3_600_000) * 3_600_000 + 61_000

/** Runs the clock until the discard has ended. Returns the number of runs. */
export async function runUntilEnded(
  changes: Partial<typeof deps> = {},
  from = dueMinute(),
): Promise<number> {
  for (let run = 1; run < 1000; run++) {
    await runChores({ ...deps, now: () => from + run * 60_000, ...changes })
    const open = await db
      .prepare('SELECT count(*) AS n FROM discards WHERE ended_at IS NULL')
      .first<number>('n')
    if (open === 0) return run
  }
  throw new Error('the discard does not end')
}
