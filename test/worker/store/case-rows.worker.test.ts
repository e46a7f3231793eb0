// Checks that lists of cases read the same number of rows with 100 reports as with 100,000. Some
// cases have been read, merged or assigned. Also checks the query plans.
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { LinesPage, Queue, QUEUE_PAGE } from '#protocol/staff/list/queue'
import { MERGED_RANK } from '#protocol/staff/list/rank'
import { countingDb, type Tally } from '../support/counting-db.ts'
import { ask, db, freshEdge, idOf, octets, sealed, STAFF_ORIGIN } from '../support/edge.ts'
import { noise, person, signed, type Person } from '../support/staff.ts'
import { mergingOf } from '../support/teamwork.ts'

const SIZES = [100, 100_000]

let org: Awaited<ReturnType<typeof freshEdge>>
let staff: Person
let caseworker: Person
beforeAll(async () => {
  org = await freshEdge()
  staff = await person('intake')
  caseworker = await person('caseworker')
  // The log rows contain meaningless data here, because only their number matters.
  await db.prepare('DROP TRIGGER case_log_no_replace').run()
})

/**
 * Fills the database until it contains `size` reports. Of every ten reports, the reader has read
 * five, and one was merged into another case, which has a log. The caseworker has 30 cases.
 */
async function fill(size: number): Promise<void> {
  await db
    .prepare(
      `WITH RECURSIVE n(i) AS (
        SELECT count(*) FROM reports UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
      INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
        header_id, owner_hash, write_hash, touched_day, envelope)
      SELECT randomblob(16), 1 + i % 3, i % 7 = 0, 1, i % 4, 'device',
        CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'in_progress' ELSE 'closed' END,
        date('2026-01-01', (i % 300) || ' days'), randomblob(16), randomblob(32), randomblob(32),
        CASE i % 3 WHEN 0 THEN NULL ELSE date('2026-01-01', (i % 300) || ' days') END,
        zeroblob(100) FROM n`,
    )
    .bind(size)
    .run()
  const some = (rest: number): string => `unicode(hex(id)) % 10 = ${String(rest)}`
  await db
    .prepare(
      `INSERT INTO reads (case_id, person, follow_ups, rows)
      SELECT id, ?, 0, 1 FROM reports WHERE unicode(hex(id)) % 2 = 0
      ON CONFLICT DO NOTHING`,
    )
    .bind(fromB64(staff.id))
    .run()
  await db
    .prepare(
      `UPDATE reports SET merged_into = (SELECT id FROM reports AS head
          WHERE head.merged_into IS NULL AND head.id > reports.id ORDER BY head.id LIMIT 1)
        WHERE ${some(1)} AND merged_into IS NULL
          AND NOT EXISTS (SELECT 1 FROM reports AS part WHERE part.merged_into = reports.id)`,
    )
    .run()
  // The case on the first line of the queue has absorbed other cases, and the reader has seen it.
  // Each group of the list has four ranks, one for each grade.
  const first = `SELECT id FROM reports WHERE rank < ${MERGED_RANK}
    ORDER BY rank / 4, waiting_day, id LIMIT 1`
  await db
    .prepare(
      `UPDATE reports SET merged_into = (${first}) WHERE id IN (SELECT id FROM reports
        WHERE status = 'closed' AND merged_into IS NULL
          AND NOT EXISTS (SELECT 1 FROM reports AS part WHERE part.merged_into = reports.id)
        LIMIT 3)`,
    )
    .run()
  await db
    .prepare(
      `INSERT INTO reads (case_id, person, follow_ups, rows)
      SELECT id, ?, 0, 1 FROM (${first}) WHERE true ON CONFLICT DO NOTHING`,
    )
    .bind(fromB64(staff.id))
    .run()
  await db
    .prepare(
      `INSERT INTO case_heads SELECT id, 3, zeroblob(32), 1 FROM reports WHERE true
      ON CONFLICT DO NOTHING`,
    )
    .run()
  await db
    .prepare(
      `UPDATE reports SET assignee = ? WHERE id IN (SELECT id FROM reports
        WHERE merged_into IS NULL LIMIT 30)
        AND NOT EXISTS (SELECT 1 FROM reports WHERE assignee = ?)`,
    )
    .bind(fromB64(caseworker.id), fromB64(caseworker.id))
    .run()
}

/** Sends a staff request to the worker with a database that counts its rows. */
function asked(DB: D1Database, who: Person, path: string, method = 'GET', body?: unknown) {
  const headers = {
    ...{ origin: STAFF_ORIGIN, 'content-type': 'application/json', cookie: who.cookie },
  }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return ask(`/api/staff/${path}`, { method, headers, ...sent }, { DB })
}

type Use = (counted: D1Database) => Promise<Response>
const USES: [name: string, bound: number, use: Use][] = [
  ['queue', 6 * QUEUE_PAGE, (DB) => asked(DB, staff, 'reports')],
  [
    'queue, deep',
    6 * QUEUE_PAGE,
    (DB) =>
      asked(DB, staff, 'reports?after=calm.2026-06-01.us.3.2026-02-01.AAAAAAAAAAAAAAAAAAAAAA'),
  ],
  ['queue of a caseworker', 7 * 30, (DB) => asked(DB, caseworker, 'reports')],
  ['counts of a caseworker', 4 * 30, (DB) => asked(DB, caseworker, 'counts')],
  ['no lines', 30, (DB) => asked(DB, staff, 'lines?since=2999-01-01')],
]

const tallies = new Map<string, Tally[]>()

test('Lists of cases read equally many rows at 100 and 100,000 reports', async () => {
  for (const size of SIZES) {
    await fill(size)
    for (const [name, , use] of USES) {
      const { db: counted, tally } = countingDb(env.DB)
      const answer = await use(counted)
      expect([name, answer.status]).toEqual([name, 200])
      await answer.arrayBuffer()
      tallies.set(name, [...(tallies.get(name) ?? []), tally])
    }
  }
  for (const [name, bound] of USES) {
    const read = (tallies.get(name) ?? []).map((tally) => tally.read)
    console.log(`${name}: ${read.join(' | ')} rows read (${SIZES.join(' | ')} reports)`)
    const [few = 0, many = Infinity] = read
    // With more reports, a page may contain more cases that absorbed others; each of these adds one
    // row.
    expect([name, many <= bound, many - few <= QUEUE_PAGE]).toEqual([name, true, true])
  }
  const { items } = Queue.parse(await (await asked(env.DB, staff, 'reports')).json())
  expect(items.some(({ absorbed }) => absorbed > 0)).toBe(true)
  expect(items.some(({ seen }) => seen !== null)).toBe(true)
}, 300_000)

test('The lines of one day come by pages, whatever the number of reports', async () => {
  const first = await asked(env.DB, staff, 'lines?since=2026-10-27')
  const page = LinesPage.parse(await first.json())
  expect(page.items.length + page.merged.length).toBeLessThanOrEqual(500)
})

test('A change of a case reads a bounded number of rows at 100,000 reports', async () => {
  const arrived = async (): Promise<string> => {
    const envelope = await sealed(org, { ownerHash: randomBytes(32) })
    await ask('/api/reports', octets(envelope))
    return idOf(envelope)
  }
  const tallyOf = async (use: Use): Promise<Tally> => {
    const { db: counted, tally } = countingDb(env.DB)
    const answer = await use(counted)
    expect(answer.status).toBeLessThan(300)
    return tally
  }
  const [from, into] = [await arrived(), await arrived()]
  const assignment = {
    signed: await signed(staff, 'case.assign', from, {
      from: null,
      to: staff.id,
      isGranted: false,
    }),
    grants: [],
  }
  const assigned = await tallyOf((DB) =>
    asked(DB, staff, `reports/${from}/assignee`, 'PUT', assignment),
  )
  const seen = await tallyOf((DB) =>
    asked(DB, staff, `reports/${from}/seen`, 'PUT', { followUps: 0, rows: 1 }),
  )
  const merging = await mergingOf(staff, from, into)
  const merged = await tallyOf((DB) => asked(DB, staff, `reports/${from}/merge`, 'POST', merging))
  const heads = await tallyOf((DB) =>
    asked(DB, staff, 'cases/heads', 'POST', { cases: [from, into, noise(16)] }),
  )
  console.log('assign', assigned, 'seen', seen, 'merge', merged, 'heads', heads)
  expect(assigned.read).toBeLessThanOrEqual(20)
  expect(seen.read).toBeLessThanOrEqual(10)
  expect(merged.read).toBeLessThanOrEqual(50)
  expect(heads.read).toBeLessThanOrEqual(10)
})

describe('plans', () => {
  /** Collects the statements that requests run, with the values that they bind. */
  function collecting(): { DB: D1Database; queries: [string, unknown[]][] } {
    const queries: [string, unknown[]][] = []
    const DB = new Proxy(env.DB, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (name !== 'prepare')
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        return (query: string) => {
          const statement = target.prepare(query)
          return new Proxy(statement, {
            get(inner, key) {
              const part: unknown = Reflect.get(inner, key)
              if (key === 'bind')
                return (...values: unknown[]) => {
                  queries.push([query, values])
                  return inner.bind(...values)
                }
              return typeof part === 'function' ? (part.bind(inner) as unknown) : part
            },
          })
        }
      },
    })
    return { DB, queries }
  }

  test('No query of casework scans a table that grows with the reports', async () => {
    const { DB, queries } = collecting()
    const [{ id: from }, { id: into }] = (await firstOpen()) as [{ id: string }, { id: string }]
    await asked(DB, staff, 'reports')
    await asked(DB, caseworker, 'reports')
    await asked(DB, caseworker, 'counts')
    await asked(DB, staff, `reports/${from}`)
    await asked(DB, caseworker, `files/${toB64(new Uint8Array(17))}`)
    await asked(DB, staff, 'lines?since=2026-10-20')
    await asked(DB, staff, `reports/${from}/seen`, 'PUT', { followUps: 0, rows: 1 })
    await asked(DB, staff, `reports/${from}/merge`, 'POST', await mergingOf(staff, from, into))
    await asked(DB, staff, 'cases/heads', 'POST', { cases: [from, into] })
    const change = { from: 'new', to: 'in_progress', followUps: 0 }
    const step = await signed(staff, 'status.set', into, change)
    const given = { from: null, to: staff.id, isGranted: false }
    const other = await signed(staff, 'case.assign', from, given)
    await asked(DB, staff, 'cases/changes', 'POST', {
      changes: [
        { case: into, action: 'status.set', signed: step },
        { case: from, action: 'case.assign', signed: other },
      ],
    })
    const scans = new Set<string>()
    for (const [query, values] of queries) {
      const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`)
        .bind(...values)
        .all<{ detail: string }>()
      for (const { detail } of plan.results)
        if (/^SCAN (?!\w+ VIRTUAL|own\b|asked\b|taken\b|ended\b|\(|CONSTANT)/.test(detail))
          scans.add(detail)
    }
    console.log(`${queries.length} statements`, [...scans])
    const grows =
      /^SCAN (reports|part|head|case_|reads|follow_ups|answers)(?!.* INDEX reports_queue)/
    expect([...scans].filter((detail) => grows.test(detail))).toEqual([])
  })
})

/** Finds two unmerged cases that have no log. */
async function firstOpen(): Promise<{ id: string }[]> {
  const made: { id: string }[] = []
  for (let n = 0; n < 2; n++) {
    const envelope = await sealed(org)
    await ask('/api/reports', octets(envelope))
    made.push({ id: await idOf(envelope) })
  }
  return made
}
