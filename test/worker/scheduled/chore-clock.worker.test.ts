// Tests that nothing is deleted immediately after the clock jumps, and that deletion resumes an
// hour later.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { u32 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { SESSION_HOURS } from '#protocol/staff/people/sign-in'
import { runChores } from '#worker/scheduled/run-chores'
import { discardAs, runUntilEnded, storeMany } from '../support/discards.ts'
import { db, deps, expectRefusal, freshEdge, rowsIn, sealed } from '../support/edge.ts'
import type { Organisation } from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { freshReport, putChunk } from '../support/chunks.ts'
import { fullLookAfter, submitWhileDown } from '../support/overflow.ts'
import { getAs, invitation, person, type Person } from '../support/staff.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

let org: Organisation
let staff: Person
beforeEach(async () => {
  org = await freshEdge()
  staff = await person('intake')
})
afterEach(() => vi.useRealTimers())

const runAt = (ms: number): Promise<void> => runChores({ ...deps, now: () => ms })

/** Runs the clock once every hour, from hour `from` to hour `to`. */
async function runHourly(start: number, from: number, to: number): Promise<void> {
  for (let hour = from; hour <= to; hour++) await runAt(start + hour * HOUR_MS)
}

/** Puts a report for an unknown epoch into quarantine. */
async function quarantine(at: number): Promise<void> {
  const envelope = await sealed(org)
  envelope.set(u32(1009), 4)
  await submitWhileDown(envelope)
  await runAt(at)
  expect(await keysIn('quarantine/')).toHaveLength(1)
}

const left = async () => ({
  sessions: await rowsIn('sessions'),
  invitations: await rowsIn('invitations'),
  aside: (await keysIn('quarantine/')).length,
})

test('A clock that is 400 days ahead deletes nothing until an hour has agreed', async () => {
  await invitation(['intake'])
  await quarantine(fullLookAfter(0))
  const ahead = fullLookAfter(400 * DAY_MS)
  await runAt(ahead)
  for (const minutes of [1, 10, 59]) await runAt(ahead + minutes * MINUTE_MS)
  expect(await left()).toEqual({ sessions: 1, invitations: 1, aside: 1 })
  await runAt(ahead + HOUR_MS)
  expect(await left()).toEqual({ sessions: 0, invitations: 0, aside: 0 })
})

test('A clock that comes back from 400 days ahead has deleted nothing', async () => {
  await quarantine(fullLookAfter(0))
  await runAt(fullLookAfter(400 * DAY_MS))
  await runAt(fullLookAfter(400 * DAY_MS) + MINUTE_MS)
  await runHourly(fullLookAfter(0), 1, 3)
  expect(await left()).toMatchObject({ sessions: 1, aside: 1 })
})

test('A clock that steps back waits an hour too, and then goes on', async () => {
  await runAt(fullLookAfter(0))
  await runAt(fullLookAfter(400 * DAY_MS))
  await db.prepare('UPDATE sessions SET expires_at = 1').run()
  await runAt(fullLookAfter(0))
  expect(await rowsIn('sessions')).toBe(1)
  await runAt(fullLookAfter(0) + HOUR_MS)
  expect(await rowsIn('sessions')).toBe(0)
})

test('Runs in every hour delete what expires, as before', async () => {
  const start = fullLookAfter(0)
  await quarantine(start)
  await runHourly(start, 1, SESSION_HOURS - 1)
  expect(await left()).toMatchObject({ sessions: 1, aside: 1 })
  await runHourly(start, SESSION_HOURS, SESSION_HOURS)
  expect(await left()).toMatchObject({ sessions: 0, aside: 1 })
  for (let day = 1; day <= 92; day++) await runAt(start + day * DAY_MS)
  expect(await left()).toMatchObject({ aside: 0 })
})

test('The first run of a new installation deletes what has expired', async () => {
  expect(await rowsIn('chore_clock')).toBe(0)
  await db.prepare('UPDATE sessions SET expires_at = 1').run()
  await runAt(Date.now())
  expect(await rowsIn('sessions')).toBe(0)
})

test('A discard that a jump makes due waits until an hour has agreed', async () => {
  await storeMany(3)
  await runAt(Date.now())
  expect((await discardAs(staff, { stored: 3 })).answer.status).toBe(201)
  const ahead = fullLookAfter(2 * DAY_MS)
  for (const minutes of [0, 1, 2, 3]) await runAt(ahead + minutes * MINUTE_MS)
  expect(await rowsIn('reports')).toBe(3)
  await runUntilEnded({}, ahead + HOUR_MS)
  expect(await rowsIn('reports')).toBe(0)
})

test('A file that nobody asked for stays while the clock is in doubt', async () => {
  const { id } = await freshReport()
  await putChunk(`${id}/0`)
  await db.prepare("UPDATE reports SET status = 'closed'").run()
  await runAt(fullLookAfter(0))
  expect(await rowsIn('unclaimed_files')).toBe(1)
  const ahead = fullLookAfter(400 * DAY_MS)
  await runAt(ahead)
  expect(await keysIn('files/')).toHaveLength(1)
  await runAt(ahead + HOUR_MS)
  expect(await keysIn('files/')).toEqual([])
})

test('A session that has expired is refused while the clock is in doubt', async () => {
  await runAt(Date.now())
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + 400 * DAY_MS)
  await runChores(deps)
  expect(await rowsIn('sessions')).toBe(1)
  await expectRefusal(await getAs(staff, 'me'), 401, 'signed_out')
})
