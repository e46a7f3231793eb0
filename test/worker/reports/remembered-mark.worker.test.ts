// Checks [Note: remembered mark] in worker/store/overflow/remembered-mark.ts. Each R2 binding
// represents an isolate, and the test has its own clock.
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { Bytes } from '#protocol/bytes'
import { headerIdOf, KIND } from '#protocol/report/envelope'
import { submitReport } from '#worker/reports/submit'
import type { Arrival } from '#worker/reports/place-report'
import { openDatabase } from '#worker/store/database'
import {
  db,
  deps,
  freshEdge,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  type Organisation,
} from '../support/edge.ts'
import { goneDb, heardBucket, keysIn } from '../support/failing.ts'
import { drain, usualMinute } from '../support/overflow.ts'

const ASKED = 'head marks/waiting'

let org: Organisation
let began: number
beforeEach(async () => {
  org = await freshEdge()
  began = Date.now()
})

type Sent = Partial<Arrival> & { isDown?: boolean }

/**
 * Imitates a new isolate.
 *
 * @param failing  which read of the mark fails, counting from 1
 */
function isolate(failing = 0) {
  const calls: string[] = []
  let asked = 0
  const bucket = heardBucket(env.FILES, (name, call, key) => {
    const line = `${name} ${String(key)}`
    calls.push(line)
    const isFailing = line === ASKED && ++asked === failing
    return isFailing ? Promise.reject(new Error('interrupted')) : call()
  })
  const send = (ms: number, envelope: Bytes, { isDown = false, ...sent }: Sent = {}) =>
    submitReport(
      { ...deps, bucket, now: () => began + ms, ...(isDown && { db: openDatabase(goneDb) }) },
      { envelope, sealedBy: 'device', proof: null, writeToken: null, ...sent },
    )
  return {
    send,
    /** Sends a report, and returns its R2 calls. */
    callsFor: async (ms: number, envelope?: Bytes, sent?: Sent): Promise<string[]> => {
      calls.length = 0
      await send(ms, envelope ?? (await sealed(org)), sent)
      return [...calls]
    },
  }
}

const nonceOf = (envelope: Bytes): number => Number(proofOf(envelope)['oasis-proof'])

test('New reports within half a second ask R2 for the mark once', async () => {
  const { callsFor } = isolate()
  expect(await callsFor(0)).toEqual([ASKED])
  for (const ms of [0, 1, 250, 499]) expect([ms, await callsFor(ms)]).toEqual([ms, []])
  expect(await rowsIn('reports')).toBe(5)
})

test('One of the reports that come after half a second renews the memory', async () => {
  const { callsFor, send } = isolate()
  await send(0, await sealed(org))
  expect([await callsFor(500), await callsFor(501), await callsFor(999)]).toEqual([[ASKED], [], []])
})

test('An isolate whose renewal fails remembers nothing after a second', async () => {
  const { callsFor } = isolate(2)
  const calls = []
  for (const ms of [0, 600, 999, 1000]) calls.push(await callsFor(ms))
  expect(calls).toEqual([[ASKED], [ASKED], [], [ASKED]])
})

test('A report asks R2 for the mark when the clock was set back', async () => {
  const { callsFor, send } = isolate()
  await send(0, await sealed(org))
  expect(await callsFor(-1)).toEqual([ASKED])
})

test('A follow-up asks R2 for the mark although a report asked just before', async () => {
  const { callsFor, send } = isolate()
  const { keys, hashes } = await reporter()
  await send(0, await sealed(org, hashes))
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  expect(await callsFor(0, followUp, { writeToken: keys.write })).toEqual([ASKED])
  const stray = await sealed(org, { kind: KIND.followUp })
  expect(await callsFor(0, stray)).toEqual([ASKED])
})

test('A follow-up waits behind its thread that another isolate has just put into R2', async () => {
  const [first, second] = [isolate(), isolate()]
  await first.send(0, await sealed(org))
  const { keys, hashes } = await reporter()
  await second.send(1, await sealed(org, hashes), { isDown: true })
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  await first.send(2, followUp, { writeToken: keys.write })
  for (let run = 0; run < 2; run++) await drain({ now: usualMinute })
  expect([await rowsIn('reports'), await rowsIn('follow_ups')]).toEqual([2, 1])
})

test('Every report asks R2 for the mark as soon as one found that a report may wait', async () => {
  const [first, second] = [isolate(), isolate()]
  await first.send(0, await sealed(org))
  await second.send(1, await sealed(org), { isDown: true })
  for (const ms of [500, 501, 502]) expect(await first.callsFor(ms)).toContain(ASKED)
})

test('A report that its own isolate put into R2 is found when it is sent again', async () => {
  const { send } = isolate()
  const waiting = await sealed(org)
  await send(0, await sealed(org))
  await send(1, waiting, { isDown: true })
  await send(2, waiting)
  expect([await rowsIn('reports'), (await keysIn('overflow/')).length]).toEqual([1, 1])
})

test('A report that another isolate put into R2 is stored once when it is sent again', async () => {
  const [first, second] = [isolate(), isolate()]
  const waiting = await sealed(org)
  await first.send(0, await sealed(org))
  await second.send(1, waiting, { isDown: true })
  await first.send(2, waiting)
  expect([await rowsIn('reports'), (await keysIn('overflow/')).length]).toEqual([2, 1])
  await drain({ now: usualMinute })
  expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([2, []])
})

test('A proof counts once although an isolate does not see the report that waits', async () => {
  const [first, second] = [isolate(), isolate()]
  const waiting = await sealed(org)
  const headerId = headerIdOf(waiting)
  const proof = nonceOf(waiting)
  await first.send(0, await sealed(org))
  await second.send(1, waiting, { proof, isDown: true })
  await first.send(2, await sealed(org, { headerId }), { proof })
  await drain({ now: usualMinute })
  const { results } = await db
    .prepare('SELECT grade FROM reports WHERE header_id = ? ORDER BY grade')
    .bind(headerId)
    .all<{ grade: number }>()
  expect(results.map(({ grade }) => grade > 0)).toEqual([false, true])
})

test('An isolate that remembers idle accepts a waiting retired report again', async () => {
  const [first, second] = [isolate(), isolate()]
  const waiting = await sealed(org)
  await first.send(0, await sealed(org))
  await second.send(1, waiting, { isDown: true })
  await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
  expect(await first.send(2, waiting)).toEqual({ canBePromoted: false })
  expect(await rowsIn('reports')).toBe(1)
  await expect(first.send(2, await sealed(org))).rejects.toMatchObject({ code: 'epoch_retired' })
})
