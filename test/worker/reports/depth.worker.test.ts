// Counts the sequential storage calls that a report must wait for. Each call is a round trip to the
// database or to R2, during which the person waits.
import { beforeEach, expect, test } from 'vitest'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { countedCalls } from '../support/counted-calls.ts'
import {
  ask,
  freshEdge,
  octets,
  proofOf,
  reporter,
  sealed,
  storedReports,
  type Organisation,
} from '../support/edge.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

/** Sends an envelope. Returns the depth and the number of calls before the response. */
async function costOf(
  envelope: Bytes,
  headers: Record<string, string> = {},
  changes = {},
): Promise<{ depth: number; queries: number; classA: number; classB: number }> {
  const { bindings, rows, depth, classA, classB } = countedCalls()
  const later: Promise<unknown>[] = []
  const sent = octets(envelope, headers)
  const answer = await ask('/api/reports', sent, { ...bindings, ...changes }, later)
  expect(answer.status).toBe(201)
  const cost = { depth: depth(), queries: rows.queries, classA: classA(), classB: classB() }
  await Promise.all(later)
  return cost
}

test('A new report waits for two calls of storage, one after another', async () => {
  const cost = await costOf(await sealed(org))
  expect(cost).toEqual({ depth: 2, queries: 2, classA: 0, classB: 1 })
  const proven = await sealed(org)
  const graded = await costOf(proven, proofOf(proven))
  expect(graded).toEqual({ depth: 2, queries: 2, classA: 0, classB: 1 })
  expect(await storedReports()).toHaveLength(2)
})

test('A report that is sent again waits for one call of storage', async () => {
  const envelope = await sealed(org)
  await costOf(envelope)
  expect(await costOf(envelope)).toEqual({ depth: 1, queries: 1, classA: 0, classB: 1 })
})

test('A follow-up with a thread waits for two calls of storage, otherwise for four', async () => {
  const { keys, hashes } = await reporter()
  await costOf(await sealed(org, hashes))
  const send = async (write: Bytes) =>
    costOf(await sealed(org, { ...hashes, kind: KIND.followUp }), { 'oasis-write': toB64(write) })
  expect(await send(keys.write)).toMatchObject({ depth: 2, classA: 0, classB: 1 })
  expect(await send(randomBytes(32))).toMatchObject({ depth: 4, classA: 0, classB: 1 })
})

test('Each report in a flood makes one write in R2, and the first also sets the mark', async () => {
  const flooded = { FLOOD_MODE: 'on' }
  expect(await costOf(await sealed(org), {}, flooded)).toMatchObject({ depth: 5, classA: 2 })
  expect(await costOf(await sealed(org), {}, flooded)).toEqual({
    depth: 5,
    queries: 1,
    classA: 1,
    classB: 5,
  })
})
