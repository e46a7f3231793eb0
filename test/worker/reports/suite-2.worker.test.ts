import { beforeEach, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { organisation } from '#test/protocol/support/organisation.ts'
import {
  ask,
  expectRefusal,
  freshEdge,
  octets,
  reporter,
  rowsIn,
  sealed,
  sealedBySuite2,
  storedReports,
  submit,
  type Organisation,
} from '../support/edge.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

test('The edge stores a report of suite 2 like a report of suite 1', async () => {
  await submit(await sealedBySuite2(org, { danger: true, kind: KIND.helpForMe }))
  expect(await storedReports()).toMatchObject([{ kind: 2, danger: 1, grade: 0 }])
})

test('A follow-up of suite 2 joins the thread of a report of suite 1', async () => {
  const { keys, hashes } = await reporter()
  await submit(await sealed(org, hashes))
  const followUp = await sealedBySuite2(org, { ...hashes, kind: KIND.followUp })
  await submit(followUp, { 'oasis-write': toB64(keys.write) })
  expect(await rowsIn('follow_ups')).toBe(1)
})

test('A report of suite 2 that names another key is refused, and nothing is stored', async () => {
  const other = await organisation(Date.now())
  const unknown = [
    await sealedBySuite2({ ...org, hybridKey: randomBytes(1216) }),
    // A key for one suite is not a key for the other suite.
    await sealedBySuite2({ ...org, hybridKey: org.intake.publicKey }),
    await sealed({ ...org, manifest: { ...org.manifest, intake: other.intake.publicKey } }),
  ]
  for (const envelope of unknown)
    await expectRefusal(await ask('/api/reports', octets(envelope)), 409, 'key_unknown')
  expect(await rowsIn('reports')).toBe(0)
})

test('A report whose suite a carrier changed names no key, and is refused', async () => {
  for (const [envelope, suite] of [
    [await sealed(org), 2],
    [await sealedBySuite2(org), 1],
  ] as const) {
    envelope[3] = suite
    await expectRefusal(await ask('/api/reports', octets(envelope)), 409, 'key_unknown')
  }
  expect(await rowsIn('reports')).toBe(0)
})

test('workerd has no X-Wing, so that forms are sealed by suite 1', () => {
  const native = crypto.subtle as unknown as { encapsulateBits?: (name: string) => unknown }
  expect(native.encapsulateBits).toBeUndefined()
})
