// Checks that the number of rows a request reads does not grow with the number of stored reports.
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { inboxBody, sealReply } from '#protocol/report/reply'
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { DiscardPreview } from '#protocol/staff/list/discard'
import { Queue, QUEUE_PAGE } from '#protocol/staff/list/queue'
import { bytesFrom } from '#worker/store/database'
import { TALLY_PAGE } from '#protocol/staff/list/pieces'
import { SEALED_AT_ONCE } from '#protocol/staff/list/sealed-cases'
import { countingDb, type Tally } from '../support/counting-db.ts'
import {
  ask,
  db,
  freshEdge,
  idOf,
  octets,
  STAFF_ORIGIN,
  reporter,
  sealed,
  type Organisation,
} from '../support/edge.ts'
import { openTeams } from '../support/casework.ts'
import { noise, person, signed, type Person } from '../support/staff.ts'
import { KEY_HASH } from '#test/protocol/support/case-log.ts'

const SIZES = [100, 100_000]

/** Fills the database until it contains `size` reports of all ranks, days and kinds. */
const fill = (size: number) =>
  db
    .prepare(
      `WITH RECURSIVE n(i) AS (
        SELECT count(*) FROM reports UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
      INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
        header_id, owner_hash, write_hash, envelope)
      SELECT randomblob(16), 1 + i % 3, i % 7 = 0, 1, i % 4, 'device',
        CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'in_progress' ELSE 'closed' END,
        date('2026-01-01', (i % 300) || ' days'),
        randomblob(16), randomblob(32), randomblob(32), zeroblob(100) FROM n`,
    )
    .bind(size)
    .run()

let org: Organisation
let staff: Person
beforeAll(async () => {
  org = await freshEdge()
  staff = await person('intake', 'admin')
})

/** Runs `use` with a counting database at each size, and returns the tally of each run. */
async function tallies(use: (counted: D1Database) => Promise<Response>): Promise<Tally[]> {
  const each: Tally[] = []
  for (const size of SIZES) {
    await fill(size)
    const { db: counted, tally } = countingDb(env.DB)
    const answer = await use(counted)
    expect(answer.status).toBeLessThan(300)
    await answer.arrayBuffer()
    each.push(tally)
  }
  return each
}

async function expectBound(
  name: string,
  bound: number,
  use: (counted: D1Database) => Promise<Response>,
) {
  const each = await tallies(use)
  const line = each.map(
    ({ queries, read, written }) => `${read} read, ${written} written, ${queries} queries`,
  )
  console.log(`${name}: ${line.join(' | ')} (${SIZES.join(' | ')} reports)`)
  for (const { read } of each) expect([name, read <= bound, read]).toEqual([name, true, read])
}

const staffAsk = (counted: D1Database, path: string, method = 'GET', body?: unknown) =>
  ask(
    `/api/staff/${path}`,
    {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { origin: STAFF_ORIGIN, 'content-type': 'application/json', cookie: staff.cookie },
    },
    { DB: counted },
  )

test('A report reads at most 6 rows, sealed, sent again or by the form', async () => {
  await expectBound('report', 6, async (DB) =>
    ask('/api/reports', octets(await sealed(org)), { DB }),
  )
  const envelope = await sealed(org)
  await expectBound('report, repeated', 6, async (DB) =>
    ask('/api/reports', octets(envelope), { DB }),
  )
  await expectBound('plain form', 6, async (DB) =>
    ask('/api/form/ky', { method: 'POST', body: new URLSearchParams({ text: 'x' }) }, { DB }),
  )
})

test('A follow-up that joins its thread reads at most 9 rows, and otherwise 14', async () => {
  const { keys, hashes } = await reporter()
  await ask('/api/reports', octets(await sealed(org, hashes)))
  const send = async (DB: D1Database, token: string, number: Partial<typeof hashes> = hashes) => {
    const followUp = await sealed(org, { ...number, kind: KIND.followUp })
    return ask('/api/reports', octets(followUp, { 'oasis-write': token }), { DB })
  }
  await expectBound('follow-up', 9, (DB) => send(DB, toB64(keys.write)))
  await expectBound('follow-up, unknown number', 9, (DB) => send(DB, noise(32), {}))
  await expectBound('follow-up, wrong token', 14, (DB) => send(DB, noise(32)))
})

test('The inbox reads at most 3 rows with one query, for known and unknown numbers', async () => {
  const { keys, hashes } = await reporter()
  await ask('/api/reports', octets(await sealed(org, hashes)))
  const answer = await sealReply(keys.down, hashes.ownerHash, 0, {
    v: 1,
    at: '2026-11-24T10:00Z',
    text: 'x',
  })
  await db
    .prepare("INSERT INTO answers VALUES (?, 0, '2026-11-24', ?)")
    .bind(hashes.ownerHash, answer)
    .run()
  const read = (lookup: Uint8Array<ArrayBuffer>, index: number) => (DB: D1Database) =>
    ask('/api/inbox', octets(inboxBody(lookup, index)), { DB })
  for (const [name, lookup, index] of [
    ['inbox, answer', keys.lookup, 0],
    ['inbox, empty index', keys.lookup, 1],
    ['inbox, unknown', randomBytes(16), 0],
  ] as const) {
    await expectBound(name, 3, read(lookup, index))
    for (const { queries } of await tallies(read(lookup, index))) expect(queries).toBe(1)
  }
  await expectBound('inbox, destroy', 15, (DB) =>
    ask('/api/inbox/destroy', octets(destroyBody(keys)), { DB }),
  )
})

test('A page of the queue reads at most two rows for each line, at any depth', async () => {
  await expectBound('queue, first page', 2 * QUEUE_PAGE, (DB) => staffAsk(DB, 'reports'))
  const first = Queue.parse(await (await staffAsk(env.DB, 'reports')).json())
  await expectBound('queue, second page', 2 * QUEUE_PAGE, (DB) =>
    staffAsk(DB, `reports?after=${first.next ?? ''}`),
  )
  for (const place of ['calm.2026-12-01.us.3', 'flood.2026-12-01.us.3', 'flood.2026-12-01.us.0'])
    await expectBound(`queue, deep page, ${place}`, 2 * QUEUE_PAGE, (DB) =>
      staffAsk(DB, `reports?after=${place}.2026-06-01.AAAAAAAAAAAAAAAAAAAAAA`),
    )
})

test('A page of the queue reads at most two more rows for each line that is due', async () => {
  const due = 30
  await fill(SIZES[0] ?? 0)
  await db
    .prepare(
      `UPDATE reports SET due_day = '2026-01-01'
      WHERE id IN (SELECT id FROM reports WHERE rank = 8 LIMIT ?)`,
    )
    .bind(due)
    .run()
  const place = 'calm.2026-12-01.due.3.2025-01-01.AAAAAAAAAAAAAAAAAAAAAA'
  await expectBound('queue with due lines', 2 * (QUEUE_PAGE + due), (DB) =>
    staffAsk(DB, `reports?after=${place}`),
  )
  await db.prepare('UPDATE reports SET due_day = NULL WHERE due_day IS NOT NULL').run()
})

test('The tally reads at most three rows for each report, and a sealed case 25', async () => {
  await expectBound('tally', 3 * TALLY_PAGE, (DB) => staffAsk(DB, 'cases/tally'))
  const { items } = Queue.parse(await (await staffAsk(env.DB, 'reports')).json())
  const ids = items.slice(0, SEALED_AT_ONCE).map(({ id }) => id)
  await expectBound('sealed cases', 25 * SEALED_AT_ONCE, (DB) =>
    staffAsk(DB, `cases/sealed?ids=${ids.join()}`),
  )
})

test('A preview of a discard reads three rows for each report of its days and grades', async () => {
  const wanted = { grade: 0, danger: false, from: '2026-03-01', to: '2026-03-02', keep: [] }
  const asked = { ...wanted, sealedBy: 'both' }
  const found: number[] = []
  const each = await tallies(async (DB) => {
    const answer = await staffAsk(DB, 'discards/preview', 'POST', asked)
    found.push(DiscardPreview.parse(await answer.clone().json()).stored)
    return answer
  })
  console.log('preview:', each, found)
  for (const [at, { read }] of each.entries())
    expect(read).toBeLessThanOrEqual(20 + 6 * (found[at] ?? 0))
})

test('A request for counts, a report, a change or the keys reads at most 15 rows', async () => {
  await expectBound('counts', 13, (DB) => staffAsk(DB, 'counts'))
  const ids: string[] = []
  for (let n = 0; n < 6; n++) {
    const envelope = await sealed(org, (await reporter()).hashes)
    await ask('/api/reports', octets(envelope))
    ids.push(await idOf(envelope))
  }
  await expectBound('counts and the report that is read', 15, (DB) =>
    staffAsk(DB, `counts?report=${ids[0] ?? ''}`),
  )
  await expectBound('open a report', 15, (DB) => staffAsk(DB, `reports/${ids[0] ?? ''}`))
  const next = () => ids.pop() ?? ''
  await expectBound('status', 10, async (DB) => {
    const id = next()
    const body = await signed(staff, 'status.set', id, {
      from: 'new',
      to: 'closed',
      followUps: 0,
      reason: 'helped',
    })
    return staffAsk(DB, `reports/${id}/status`, 'PUT', body)
  })
  await expectBound('case key', 15, async (DB) => {
    const id = next()
    const body = await signed(staff, 'key.make', id, { keyNo: 1, generation: 1, keyHash: KEY_HASH })
    const beside = { sealed: noise(88), secret: noise(32) }
    return staffAsk(DB, `reports/${id}/keys`, 'POST', { signed: body, ...beside })
  })
  await expectBound('answer', 12, async (DB) => {
    const id = next()
    const sealed = randomBytes(4096)
    const sealedHash = toB64(await sha256(sealed))
    const body = await signed(staff, 'answer.send', id, { index: 0, sealedHash, followUps: 0 })
    return staffAsk(DB, `reports/${id}/answers`, 'POST', { signed: body, sealed: toB64(sealed) })
  })
  await expectBound('me', 12, (DB) => staffAsk(DB, 'me'))
  await expectBound('keys', 2, (DB) => ask('/api/keys', {}, { DB }))
  await expectBound('hybrid key', 2, (DB) => ask('/api/keys/hybrid', {}, { DB }))
})

test('Re-wrapping reads the keys that it names, and no other key of the generation', async () => {
  await openTeams(2)
  await expectBound('re-wrapping of five keys', 20, async (DB) => {
    await db
      .prepare(
        `INSERT OR IGNORE INTO case_keys (case_id, key_no, generation, sealed)
        SELECT id, 1, 1, randomblob(88) FROM reports`,
      )
      .run()
    const { results } = await db
      .prepare('SELECT case_id FROM case_keys WHERE generation = 1 LIMIT 5')
      .all<{ case_id: unknown }>()
    const keys = results.map(({ case_id }) => ({
      ...{ caseId: toB64(bytesFrom(case_id)), keyNo: 1 },
      sealed: noise(88),
    }))
    return staffAsk(DB, 'case-keys/rewrap', 'POST', { from: 1, to: 2, keys })
  })
  const moved = await db.prepare('SELECT 1 FROM case_keys WHERE generation = 2').all()
  expect(moved.results).toHaveLength(5 * SIZES.length)
})
