// Measures the costs that docs/costs.md adds up. scripts/costs/counts.ts contains the same numbers,
// because the page is generated without a worker.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sha256 } from '#protocol/bytes'
import { ENVELOPE_SIZES } from '#protocol/limits'
import { KIND } from '#protocol/report/envelope'
import { ownerHashOf } from '#protocol/report/receipt'
import { LINES_PAGE } from '#protocol/staff/list/queue'
import { CLOCK, DATABASE_BYTES, JUNK, STAFF, type TwoStates } from '#scripts/costs/counts'
import { priceOfMillion, type CallCost } from '#scripts/costs/prices'
import { anonymousCalls } from '#scripts/lab/bench/anonymous-calls'
import type { AnonymousCall, Stranger } from '#scripts/lab/bench/describe-call'
import { freshKeys, reportRequest } from '#scripts/lab/bench/requests'
import { runChores } from '#worker/scheduled/run-chores'
import { runSizeOf } from '#worker/scheduled/share-run'
import { databaseBytes, openDatabase } from '#worker/store/database'
import { countedCalls, type Counted } from './support/counted-calls.ts'
import {
  ask,
  db,
  deps,
  freshEdge,
  idOf,
  octets,
  ORIGIN,
  sealed,
  STAFF_ORIGIN,
  type Organisation,
} from './support/edge.ts'
import { fullLookAfter, runUntil, submitWhileDown, usualMinute } from './support/overflow.ts'
import { newChallenge, person, signed } from './support/staff.ts'

/** The number of compared calls of each kind. */
const TIMES = 5
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const NOTHING: CallCost = { rowsRead: 0, rowsWritten: 0, classA: 0, classB: 0 }

let org: Organisation
beforeEach(async () => {
  // A run on a later day than that of the reports would write an additional row for each report.
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Math.floor(Date.now() / DAY_MS) * DAY_MS + 9.5 * HOUR_MS)
  org = await freshEdge()
})

afterEach(() => {
  vi.useRealTimers()
})

const costIn = ({ rows, classA, classB }: Counted): CallCost => ({
  rowsRead: rows.read,
  rowsWritten: rows.written,
  classA: classA(),
  classB: classB(),
})

const minus = (a: CallCost, b: CallCost, share = 1): CallCost => ({
  rowsRead: (a.rowsRead - b.rowsRead) / share,
  rowsWritten: (a.rowsWritten - b.rowsWritten) / share,
  classA: (a.classA - b.classA) / share,
  classB: (a.classB - b.classB) / share,
})

/** Runs the clock, with the paid plan's limits for the drain. @returns what the run cost */
async function costOfRun(now: number): Promise<CallCost> {
  const counted = countedCalls()
  const { DB, FILES } = counted.bindings
  await runUntil(now)
  const paid = { ...deps, runSize: runSizeOf('paid') }
  await runChores({ ...paid, db: openDatabase(DB), bucket: FILES, now: () => now })
  return costIn(counted)
}

/**
 * Stores reports of the smallest size and returns the number of bytes by which the database grew.
 */
async function grownBy(reports: number): Promise<number> {
  const before = await databaseBytes(deps.db)
  await db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
      INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
        header_id, owner_hash, write_hash, envelope)
      SELECT randomblob(16), 1, 0, 1, 0, 'device', 'new', '2026-11-01',
        randomblob(16), randomblob(32), randomblob(32), randomblob(?) FROM n`,
    )
    .bind(reports, Math.min(...ENVELOPE_SIZES))
    .run()
  return (await databaseBytes(deps.db)) - before
}

/** Makes a stranger who has stored a report and one chunk of a file. */
async function strangersCalls(): Promise<AnonymousCall[]> {
  const seal: Stranger['seal'] = async (own, kind = KIND.helpForMe) => {
    const hashes = {
      ownerHash: await ownerHashOf(own.lookup),
      writeHash: await sha256(own.write),
    }
    return sealed(org, { ...hashes, kind })
  }
  const own = await freshKeys()
  const stored = await seal(own)
  expect((await ask('/api/reports', reportRequest(stored))).status).toBe(201)
  const { challengeId } = await newChallenge()
  const known = { origin: ORIGIN, staffOrigin: STAFF_ORIGIN, seal, own, stored, challengeId }
  return anonymousCalls(known)
}

/**
 * Returns the cost of the most expensive of several calls. A first, uncounted call fills the
 * caches.
 */
async function dearest(call: AnonymousCall, floodMode: 'off' | 'on'): Promise<CallCost> {
  const costs: CallCost[] = []
  const sent = floodMode === 'on' ? TIMES + 1 : 0
  for (let at = 0; at <= TIMES; at++) {
    const counted = countedCalls()
    const [path, init] = await call.request(sent + at)
    const answer = await ask(path, init, { ...counted.bindings, FLOOD_MODE: floodMode })
    expect([call.name, answer.status]).toEqual([call.name, call.status])
    await answer.arrayBuffer()
    if (at > 0) costs.push(costIn(counted))
  }
  return costs.reduce((a, b) => (priceOfMillion(b) > priceOfMillion(a) ? b : a))
}

test('Each call of a stranger costs what the page of costs says, also in a flood', async () => {
  const calls = (await strangersCalls()).filter(({ name }) => Object.hasOwn(JUNK, name))
  const found: Record<string, TwoStates> = {}
  for (const call of calls) found[call.name] = { usual: await dearest(call, 'off'), flood: NOTHING }
  await submitWhileDown(await sealed(org))
  for (const call of calls) {
    const usual = found[call.name]?.usual ?? NOTHING
    found[call.name] = { usual, flood: await dearest(call, 'on') }
  }
  expect(found).toEqual(JUNK)
}, 180_000)

test('A run of the clock costs what the page of costs says, with reports that wait', async () => {
  const first = usualMinute()
  await costOfRun(first)
  const minute = await costOfRun(first + MINUTE_MS)
  const hour = await costOfRun(fullLookAfter(2 * HOUR_MS))
  const runs: CallCost[] = []
  for (const reports of [8, 40]) {
    for (let at = 0; at < reports; at++) await submitWhileDown(await sealed(org))
    runs.push(minus(await costOfRun(fullLookAfter(3 * HOUR_MS) + MINUTE_MS), minute))
    expect((await deps.bucket.list({ prefix: 'overflow/' })).objects).toEqual([])
  }
  const [few = NOTHING, many = NOTHING] = runs
  const drainedEight = minus(many, few, (40 - 8) / 8)
  expect({ minute, hour, drainedEight, drain: minus(few, drainedEight) }).toEqual(CLOCK)
}, 180_000)

test('Each call of the staff app costs what the page of costs says', async () => {
  const staff = await person('intake', 'admin')
  await grownBy(LINES_PAGE)
  const envelope = await sealed(org)
  await ask('/api/reports', octets(envelope))
  const id = await idOf(envelope)
  const costOf = async (path: string, method = 'GET', body?: unknown): Promise<CallCost> => {
    const counted = countedCalls()
    const init = {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        origin: STAFF_ORIGIN,
        'content-type': 'application/json',
        cookie: staff.cookie,
      },
    }
    const answer = await ask(`/api/staff/${path}`, init, counted.bindings)
    expect([path, answer.status < 300]).toEqual([path, true])
    await answer.arrayBuffer()
    return costIn(counted)
  }
  const closing = { from: 'new', to: 'closed', followUps: 0, reason: 'helped' }
  expect({
    counts: await costOf('counts'),
    opened: await costOf(`reports/${id}`),
    changed: await costOf(
      `reports/${id}/status`,
      'PUT',
      await signed(staff, 'status.set', id, closing),
    ),
    listed: await costOf('lines?since=2026-01-01'),
  }).toEqual(STAFF)
})

test('A report of the smallest length takes the bytes that the page of costs says', async () => {
  await grownBy(100)
  const reports = 2000
  expect(Math.round((await grownBy(reports)) / reports / 100) * 100).toBe(DATABASE_BYTES)
})
