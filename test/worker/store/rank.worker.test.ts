// Compares the rank that D1 computes with the rank that the staff app computes. The reports cover
// every combination of values in the columns that determine a rank.
import { beforeAll, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { GRADES } from '#protocol/limits'
import { STATUSES, WAITING_FOR } from '#protocol/staff/fields'
import { MERGED_RANK, rankOf, type RankFacts } from '#protocol/staff/list/rank'
import { bytesFrom } from '#worker/store/database'
import { RANK } from '#worker/store/schema/queue'
import { db, freshEdge } from '../support/edge.ts'

interface Facts extends RankFacts {
  id: Uint8Array<ArrayBuffer>
  isMerged: boolean
}

const BOTH = [true, false]
const ALL: Facts[] = STATUSES.flatMap((status) =>
  WAITING_FOR.flatMap((waitsFor) =>
    BOTH.flatMap((danger) =>
      BOTH.flatMap((acted) =>
        GRADES.flatMap((grade) =>
          BOTH.map((isMerged) => ({ status, waitsFor, danger, acted, grade, isMerged })),
        ),
      ),
    ),
  ),
).map((facts, n) => ({ ...facts, id: Uint8Array.of(...Array<number>(15).fill(0), n) }))

beforeAll(async () => {
  await freshEdge()
  await db.batch(
    ALL.map(({ id, status, danger, acted, waitsFor, grade, isMerged }) =>
      db
        .prepare(
          `INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
            header_id, owner_hash, write_hash, merged_into, waits_for, acted_follow_ups, envelope)
          VALUES (?, 1, ?, 1, ?, 'device', ?, '2026-01-01', randomblob(16), randomblob(32),
            randomblob(32), ?, ?, ?, zeroblob(10))`,
        )
        .bind(
          ...[id, Number(danger), grade, status, isMerged ? new Uint8Array(16) : null],
          ...[waitsFor, acted ? 0 : null],
        ),
    ),
  )
})

/** Reads the rank of every report with an SQL expression. */
async function ranksBy(expression: string): Promise<Map<string, unknown>> {
  const { results } = await db
    .prepare(`SELECT id, ${expression} AS given FROM reports`)
    .all<{ id: unknown; given: unknown }>()
  return new Map(results.map(({ id, given }) => [toB64(bytesFrom(id)), given]))
}

test.each([
  ['the column of the migration', 'rank'],
  ['the SQL that the store builds', RANK],
])('The rank by %s is the rank of the staff app, for every report', async (_, expression) => {
  const given = await ranksBy(expression)
  expect(given.size).toBe(192)
  for (const { id, isMerged, ...facts } of ALL) {
    const rank = isMerged ? MERGED_RANK + Math.max(...GRADES) - facts.grade : rankOf(facts)
    expect([facts, isMerged, given.get(toB64(id))]).toEqual([facts, isMerged, rank])
  }
})
