// Checks that every object in quarantine is reexamined, and that the quarantine remains small.
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { u32 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { organisation } from '#test/protocol/support/organisation.ts'
import { MAX_QUARANTINED } from '#worker/scheduled/judge-quarantine'
import { openDatabase } from '#worker/store/database'
import { readMark } from '#worker/store/overflow/waiting-mark'
import { countingDb } from '../support/counting-db.ts'
import {
  addEpoch,
  ask,
  freshEdge,
  octets,
  rowsIn,
  sealed,
  type Organisation,
} from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { drain, fullLookAfter, submitWhileDown, usualMinute } from '../support/overflow.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const usual = { now: usualMinute }
const judging = (ms = 0) => ({ now: () => fullLookAfter(ms) })

/** Sends a report for an unknown epoch. */
const submitStrange = async (epoch = 9): Promise<void> => {
  const envelope = await sealed(org)
  envelope.set(u32(1000 + epoch), 4)
  await submitWhileDown(envelope)
}

test('A report of an epoch that is published later is judged again and stored', async () => {
  const next = await organisation(Date.now(), { epoch: 2 })
  await submitWhileDown(await sealed(next))
  await drain(usual)
  expect([await rowsIn('reports'), (await keysIn('quarantine/')).length]).toEqual([0, 1])
  await addEpoch(next)
  await drain(usual)
  expect(await rowsIn('reports')).toBe(0)
  await drain(judging())
  expect([await rowsIn('reports'), await keysIn('quarantine/')]).toEqual([1, []])
  expect(await readMark(env.FILES)).toMatchObject({ aside: 0 })
})

test('A report of an unknown epoch is deleted after 90 days and not before', async () => {
  await submitStrange()
  await drain(usual)
  expect(await keysIn('quarantine/')).toHaveLength(1)
  await drain(judging(89 * DAY_MS))
  expect(await keysIn('quarantine/')).toHaveLength(1)
  await drain(judging(92 * DAY_MS))
  expect(await keysIn('quarantine/')).toEqual([])
})

test('A report and its copy with another danger byte are both stored in a flood', async () => {
  const first = await sealed(org)
  const copy = first.slice()
  copy[2] = 1
  for (const each of [first, copy])
    expect((await ask('/api/reports', octets(each), { FLOOD_MODE: 'on' })).status).toBe(201)
  await drain(usual)
  expect([await rowsIn('reports'), await keysIn('quarantine/')]).toEqual([2, []])
})

test('Objects beyond the bound of the quarantine stay in the overflow', async () => {
  const put = (at: number) => env.FILES.put(`quarantine/b/${at}`, 'x')
  await Promise.all(Array.from({ length: MAX_QUARANTINED }, (_, at) => put(at)))
  await drain(judging())
  expect(await readMark(env.FILES)).toMatchObject({ aside: MAX_QUARANTINED })
  await submitStrange()
  await drain(usual)
  expect((await keysIn('overflow/')).length).toBe(1)
  expect((await keysIn('quarantine/')).length).toBe(MAX_QUARANTINED)
})

test('A run that judges as much of the quarantine as it can sends at most 50 queries', async () => {
  for (let at = 0; at < 12; at++) await submitStrange(at)
  for (let run = 0; run < 6; run++) await drain(usual)
  expect((await keysIn('quarantine/')).length).toBe(12)
  for (const waiting of [0, 12]) {
    for (let at = 0; at < waiting; at++) await submitWhileDown(await sealed(org))
    const { db: counted, tally } = countingDb(env.DB)
    await drain({ ...judging(), db: openDatabase(counted) })
    expect(tally.queries).toBeGreaterThan(5)
    expect(tally.queries).toBeLessThanOrEqual(50)
  }
})
