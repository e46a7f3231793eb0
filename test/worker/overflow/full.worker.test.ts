import { beforeEach, expect, test } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { boundsOf } from '#worker/reports/database-bounds'
import {
  ask,
  db,
  freshEdge,
  headerOf,
  idOf,
  octets,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { gradedProof } from '../support/proofs.ts'
import { drain, submitWhileDown } from '../support/overflow.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

/** Returns settings under which the database has reached this share of its size limit. */
const filledTo = async (share: number) => {
  const { meta } = await db.prepare('SELECT 1').run()
  return { DATABASE_MB: String(meta.size_after / share / 1_000_000) }
}

test('With a nearly full database grade 0 waits in R2, and other reports are stored', async () => {
  const { keys, hashes } = await reporter()
  await submit(await sealed(org, hashes))
  const nearlyFull = await filledTo(0.82)
  const [unproven, proven] = [await sealed(org), await sealed(org)]
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  const write = { 'oasis-write': toB64(keys.write) }
  for (const [envelope, headers] of [
    [unproven, {}],
    [proven, proofOf(proven)],
    [followUp, write],
  ] as const)
    expect((await ask('/api/reports', octets(envelope, headers), nearlyFull)).status).toBe(201)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const posted = { method: 'POST', body: 'text=word', headers: form }
  expect((await ask('/api/form/ky', posted, nearlyFull)).status).toBe(201)
  expect(await keysIn('overflow/0/')).toHaveLength(2)
  expect(
    (await storedReports()).map(({ grade, follow_ups }) => [grade, follow_ups]).sort(),
  ).toEqual([
    [0, 1],
    [1, 0],
  ])
})

test('Reports and follow-ups above 90 % of the bound wait in R2 and are stored later', async () => {
  const { keys, hashes } = await reporter()
  await submit(await sealed(org, hashes))
  const full = await filledTo(0.95)
  const [proven, danger] = [await sealed(org), await sealed(org, { danger: true })]
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  for (const [envelope, headers] of [
    [proven, proofOf(proven)],
    [danger, {}],
    [followUp, { 'oasis-write': toB64(keys.write) }],
  ] as const) {
    const answer = await ask('/api/reports', octets(envelope, headers), full)
    expect([answer.status, await answer.text()]).toEqual([201, '{}'])
  }
  await drain({ fullAt: boundsOf(full.DATABASE_MB) })
  expect(await keysIn('overflow/')).toEqual([
    `overflow/1/${headerOf(proven)}`,
    `overflow/followup/${await idOf(followUp)}`,
    `overflow/urgent-0/${await idOf(danger)}`,
  ])
  await drain()
  expect(await rowsIn('reports')).toBe(3)
  expect(await rowsIn('follow_ups')).toBe(1)
})

test('A stray follow-up waits in R2 while the database is nearly full', async () => {
  const { keys, hashes } = await reporter()
  const stray = await sealed(org, { ...hashes, kind: KIND.followUp })
  const nearlyFull = await filledTo(0.82)
  const write = { 'oasis-write': toB64(keys.write) }
  expect((await ask('/api/reports', octets(stray, write), nearlyFull)).status).toBe(201)
  await drain({ fullAt: boundsOf(nearlyFull.DATABASE_MB) })
  expect([await rowsIn('reports'), await keysIn('overflow/followup/')]).toMatchObject([
    0,
    { length: 1 },
  ])
})

test('A report of danger waits behind no other report, even in a nearly full store', async () => {
  for (let at = 0; at < 12; at++) await submitWhileDown(await sealed(org))
  const danger = await sealed(org, { danger: true })
  await submitWhileDown(danger)
  const nearlyFull = await filledTo(0.82)
  await drain({ fullAt: boundsOf(nearlyFull.DATABASE_MB) })
  expect(await storedReports()).toMatchObject([{ danger: 1, grade: 0 }])
  for (let at = 0; at < 6; at++) await submitWhileDown(await sealed(org, { danger: true }))
  await drain({ fullAt: boundsOf(nearlyFull.DATABASE_MB) })
  expect(await rowsIn('reports')).toBe(3)
  await drain({ runSize: { objects: 4, joins: 4 } })
  // Anybody can claim danger, so the drain also takes other reports.
  expect((await storedReports()).filter((each) => each.danger)).toHaveLength(6)
  expect(await rowsIn('reports')).toBe(7)
})

test('A database at 85 % takes only proven danger and follow-ups with a thread', async () => {
  const { keys, hashes } = await reporter()
  await submit(await sealed(org, hashes))
  const full = await filledTo(0.87)
  const [headerId, proof] = gradedProof(2)
  const urgent = await sealed(org, { headerId, danger: true })
  const [less, calm] = [await sealed(org, { danger: true }), await sealed(org)]
  const replay = await sealed(org, { headerId, danger: true })
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  for (const [envelope, headers] of [
    [urgent, proof],
    [replay, proof],
    [less, proofOf(less)],
    [calm, proofOf(calm)],
    [followUp, { 'oasis-write': toB64(keys.write) }],
  ] as const)
    expect((await ask('/api/reports', octets(envelope, headers), full)).status).toBe(201)
  await drain({ fullAt: boundsOf(full.DATABASE_MB) })
  expect((await storedReports()).map(({ grade, danger }) => [grade, danger]).sort()).toEqual([
    [0, 0],
    [2, 1],
  ])
  expect(await rowsIn('follow_ups')).toBe(1)
  expect(await keysIn('overflow/')).toEqual([
    `overflow/1/${headerOf(calm)}`,
    `overflow/urgent-0/${await idOf(replay)}`,
    `overflow/urgent-1/${headerOf(less)}`,
  ])
})
