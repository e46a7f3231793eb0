import { beforeEach, describe, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { rowsOfWholeChain } from '../support/chains.ts'
import { discardSizeOf } from '#worker/scheduled/discard-size'
import { runChores } from '#worker/scheduled/run-chores'
import { bytesFrom, openDatabase } from '#worker/store/database'
import { writeWaits } from '#worker/store/overflow/waiting-mark'
import { db, deps, freshEdge, rowsIn, sealed, type Organisation } from '../support/edge.ts'
import { countedCalls } from '../support/counted-calls.ts'
import { countingDb } from '../support/counting-db.ts'
import { usualMinute } from '../support/overflow.ts'
import { person, type Person } from '../support/staff.ts'
import {
  dayAgo,
  discardAs,
  discardsOf,
  dueMinute,
  runUntilEnded,
  storeMany,
  waitMany,
  withdrawAs,
} from '../support/discards.ts'

let org: Organisation
let staff: Person
beforeEach(async () => {
  org = await freshEdge()
  staff = await person('intake')
})

const waitingKeys = async (): Promise<string[]> =>
  (await deps.bucket.list({ prefix: 'overflow/' })).objects.map(({ key }) => key)

/** A bucket whose method `name` fails the first `times` times that it is called. */
function failingBucket(name: 'list' | 'delete', times: number): R2Bucket {
  let left = times
  return new Proxy(deps.bucket, {
    get(bucket, property: keyof R2Bucket) {
      const value = bucket[property] as (...values: unknown[]) => unknown
      if (property !== name) return value.bind(bucket)
      return (...values: unknown[]) =>
        left-- > 0 ? Promise.reject(new Error('R2 fails')) : value.apply(bucket, values)
    },
  })
}

/** A database that fails when a run records its deletions in R2. */
const withoutNote = new Proxy(db, {
  get(target, property: keyof D1Database) {
    if (property !== 'prepare') return (target[property] as () => unknown).bind(target)
    return (query: string) => {
      if (query.includes('removed +')) throw new Error('D1 is gone')
      return target.prepare(query)
    }
  },
})

test('R59: One discard deletes 2,000 junk reports, and its row counts the reports', async () => {
  await storeMany(1500)
  await waitMany(500)
  const { id } = await discardAs(staff)
  const runs = await runUntilEnded()
  expect([await rowsIn('reports'), await waitingKeys()]).toEqual([0, []])
  const [ended] = await discardsOf(staff)
  expect(ended).toMatchObject({ id, removed: 2000, withdrawnBy: null })
  expect(ended?.endedAt).toBeGreaterThan(Date.now())
  expect(await rowsOfWholeChain()).not.toBeNull()
  const counted = await db.prepare('SELECT sum(total) AS n FROM counts').first<number>('n')
  expect(counted).toBe(0)
  console.log(`2,000 reports on the paid plan: ${String(runs)} runs`)
})

describe('what stays', () => {
  test('R59: A discard does not delete reports of another sort', async () => {
    await storeMany(1, { status: 'in_progress' })
    await storeMany(1, { status: 'closed' })
    await storeMany(1, { grade: 2 })
    await storeMany(1, { grade: 3 })
    await storeMany(1, { danger: 1 })
    await storeMany(1, { day: dayAgo(3) })
    await storeMany(1, { day: dayAgo(0) })
    await storeMany(1, { kind: KIND.followUp })
    // Three reports match: one has a follow-up, one has a reply, and one has a case. A fourth
    // report is kept.
    await storeMany(5)
    const { results } = await db
      .prepare(
        `SELECT id, owner_hash, write_hash FROM reports
          WHERE status = 'new' AND grade = 0 AND danger = 0 AND kind <> 4 AND received_day = ?`,
      )
      .bind(dayAgo(1))
      .all<{ id: number[]; owner_hash: number[]; write_hash: number[] }>()
    const [first, second, third, fourth, fifth] = results
    await db
      .prepare(
        `INSERT INTO follow_ups (id, owner_hash, write_hash, n, epoch, day, sealed_by, envelope)
          VALUES (randomblob(16), ?, ?, 0, 1, '2026-11-01', 'device', zeroblob(9))`,
      )
      .bind(first?.owner_hash, first?.write_hash)
      .run()
    await db
      .prepare(
        `INSERT INTO answers (owner_hash, n, day, sealed)
          VALUES (?, 0, '2026-11-01', zeroblob(9))`,
      )
      .bind(second?.owner_hash)
      .run()
    await db.prepare('INSERT INTO case_keys VALUES (?, 1, 1, zeroblob(9), 0)').bind(third?.id).run()
    await db
      .prepare('INSERT INTO case_letters VALUES (?, ?, 1, zeroblob(9))')
      .bind(fifth?.id, third?.id)
      .run()
    await discardAs(staff, { keep: [toB64(bytesFrom(fourth?.id))] })
    await storeMany(5)
    await runUntilEnded()
    expect(await rowsIn('reports')).toBe(13)
    expect(await discardsOf(staff)).toMatchObject([{ removed: 5 }])
  })

  test('R59: A discard leaves waiting follow-ups, other days and higher grades in R2', async () => {
    const kept = 'AAAAAAAAAAAAAAAAAAAAAA'
    const stays = [
      ...(await waitMany(2, 'followup', { 'token-hash': 'x' })),
      ...(await waitMany(1, 'urgent-followup', { 'token-hash': 'x' })),
      ...(await waitMany(1, '0', { 'token-hash': 'x' })),
      ...(await waitMany(1, '2')),
      ...(await waitMany(1, '3')),
      ...(await waitMany(1, 'urgent-0')),
      ...(await waitMany(1, '0', { 'received-day': dayAgo(3) })),
      ...(await waitMany(1, '0', { 'received-day': dayAgo(0) })),
      ...(await waitMany(1, '0', { 'report-id': kept })),
    ]
    await waitMany(3, '0')
    await waitMany(2, '1')
    await deps.bucket.put('quarantine/0/' + kept, 'x', {
      customMetadata: {
        'received-day': dayAgo(1),
        'report-id': kept + 'B',
        'sealed-by': 'device',
      },
    })
    await discardAs(staff, { keep: [kept] })
    await runUntilEnded()
    expect((await waitingKeys()).sort()).toEqual(stays.sort())
    expect(await deps.bucket.head('quarantine/0/' + kept)).not.toBeNull()
    expect(await discardsOf(staff)).toMatchObject([{ removed: 5 }])
  })

  test('A discard of reports sealed by the form deletes no report sealed by a device', async () => {
    await storeMany(2, { sealedBy: 'worker' })
    await storeMany(3)
    await waitMany(2, '0', { 'sealed-by': 'worker' })
    await waitMany(3)
    await discardAs(staff, { sealedBy: 'worker' })
    await runUntilEnded()
    expect([await rowsIn('reports'), (await waitingKeys()).length]).toEqual([3, 3])
  })

  test('A discard with danger covers urgent reports of its grades', async () => {
    await storeMany(2, { danger: 1 })
    await storeMany(1, { danger: 1, grade: 2 })
    await waitMany(2, 'urgent-1')
    await waitMany(1, 'urgent-2')
    await discardAs(staff, { danger: true })
    await runUntilEnded()
    expect([await rowsIn('reports'), (await waitingKeys()).length]).toEqual([1, 1])
  })
})

describe('the clock', () => {
  test('A discard withdrawn at work stops, and its row counts the deleted reports', async () => {
    await storeMany(250)
    const { id } = await discardAs(staff)
    const free = { discardSize: discardSizeOf('free') }
    const at = dueMinute()
    // The first two runs each read a partition of R2, and the third deletes a hundred reports.
    for (const run of [1, 2, 3]) await runChores({ ...deps, ...free, now: () => at + run * 60_000 })
    await withdrawAs(staff, id)
    await runChores({ ...deps, ...free, now: () => at + 300_000 })
    expect(await rowsIn('reports')).toBe(150)
    expect(await discardsOf(staff)).toMatchObject([{ removed: 100 }])
  })

  test.each(['list', 'delete'] as const)(
    'A run of the clock in which R2 fails at %s is repeated and deletes no other report',
    async (name) => {
      await storeMany(10)
      await waitMany(30)
      const [stays = ''] = await waitMany(1, '3')
      await discardAs(staff)
      const at = dueMinute()
      const bucket = failingBucket(name, 1)
      const broken = runChores({ ...deps, bucket, now: () => at })
      await expect(broken).rejects.toThrow('R2 fails')
      expect((await waitingKeys()).length).toBe(31)
      await runUntilEnded()
      expect([await rowsIn('reports'), await waitingKeys()]).toEqual([0, [stays]])
      expect(await discardsOf(staff)).toMatchObject([{ removed: 40 }])
    },
  )

  test('A clock that dies after a deletion repeats the run, and its count is too low', async () => {
    await waitMany(30)
    await discardAs(staff)
    const run = runChores({ ...deps, db: openDatabase(withoutNote), now: dueMinute })
    await expect(run).rejects.toThrow('D1 is gone')
    expect(await waitingKeys()).toEqual([])
    await runUntilEnded()
    expect(await discardsOf(staff)).toMatchObject([{ removed: 0 }])
  })

  test('A report that the drain has since moved is discarded from the database', async () => {
    await waitMany(3, '0', {}, () => sealed(org))
    await writeWaits(deps.bucket, { waiting: 3, aside: 0 })
    await discardAs(staff)
    await runChores({ ...deps, now: dueMinute })
    expect([await rowsIn('reports'), await waitingKeys()]).toEqual([3, []])
    await runUntilEnded()
    expect(await rowsIn('reports')).toBe(0)
    expect(await discardsOf(staff)).toMatchObject([{ removed: 3 }])
  })

  test('A discard that is not due costs the idle clock no call of R2', async () => {
    const callsOf = async (): Promise<string[]> => {
      const { bindings, calls } = countedCalls()
      const db = openDatabase(bindings.DB)
      await runChores({ ...deps, db, bucket: bindings.FILES, now: usualMinute })
      return calls
    }
    // The first run copies the manifest into R2.
    await callsOf()
    const before = await callsOf()
    await discardAs(staff)
    // The next full hour comes before the end of the delay, so the discard is not due yet.
    await db.prepare('UPDATE discards SET due_at = due_at + 86400000').run()
    expect(await callsOf()).toEqual(before)
  })

  test('The deletion of a report reads at most 11 rows and writes at most 5 rows', async () => {
    await storeMany(5000, { grade: 3 })
    await storeMany(1000)
    await discardAs(staff)
    const { db: counted, tally } = countingDb(db)
    await runChores({ ...deps, now: dueMinute })
    await runChores({ ...deps, db: openDatabase(counted), now: dueMinute })
    const { read, written } = tally
    console.log(`1,000 reports: ${String(read)} rows read, ${String(written)} rows written`)
    expect(await rowsIn('reports')).toBe(5000)
    expect([read < 11_100, written < 5100]).toEqual([true, true])
  })

  test('The free plan bounds the stored reports that a discard deletes in a day', async () => {
    await storeMany(250)
    await discardAs(staff)
    const discardSize = { ...discardSizeOf('free'), reportsADay: 150 }
    const at = dueMinute()
    const today = () => at
    for (let run = 0; run < 8; run++) await runChores({ ...deps, discardSize, now: today })
    expect(await rowsIn('reports')).toBe(100)
    await runChores({ ...deps, discardSize, now: () => at + 86_400_000 })
    expect(await rowsIn('reports')).toBe(0)
  })
})
