// Tests that a proof of work is valid for only one report, in the database and in the overflow.
import { beforeEach, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { fileId } from '#protocol/file/seal-chunk'
import { reportIdOf } from '#protocol/report/envelope'
import {
  ask,
  freshEdge,
  headerOf,
  idOf,
  octets,
  ORIGIN,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { drain, submitWhileDown } from '../support/overflow.ts'
import { gradedProof, proofFor } from '../support/proofs.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const grades = async () => (await storedReports()).map(({ grade }) => grade).sort()

test('The second report under a header id has grade 0, and the first keeps its grade', async () => {
  const [headerId, proof] = gradedProof(1)
  await submit(await sealed(org, { headerId }), proof)
  await submit(await sealed(org, { headerId }), proof)
  expect(await grades()).toEqual([0, 1])
})

test('Reports under one header id that arrive at once share one grade', async () => {
  const [headerId, proof] = gradedProof(1)
  const envelopes = await Promise.all(Array.from({ length: 5 }, () => sealed(org, { headerId })))
  await Promise.all(envelopes.map((envelope) => submit(envelope, proof)))
  expect(await grades()).toEqual([0, 0, 0, 0, 1])
})

test('A copy without a proof does not take the proof of the report', async () => {
  const [headerId, proof] = gradedProof(1)
  await submit(await sealed(org, { headerId }))
  await submit(await sealed(org, { headerId }), proof)
  expect(await grades()).toEqual([0, 1])
})

test('The second report under a header id waits with grade 0, and no report is lost', async () => {
  const [headerId, proof] = gradedProof(1)
  const [first, second] = [await sealed(org, { headerId }), await sealed(org, { headerId })]
  await submitWhileDown(first, proof)
  await submitWhileDown(second, proof)
  await submitWhileDown(second, proof)
  expect(await keysIn('overflow/')).toEqual([
    `overflow/0/${await idOf(second)}`,
    `overflow/1/${headerOf(first)}`,
  ])
  await drain()
  expect(await grades()).toEqual([0, 1])
})

test('A waiting report under a header id whose proof already counts gets grade 0', async () => {
  const [headerId, proof] = gradedProof(1)
  await submitWhileDown(await sealed(org, { headerId }), proof)
  await submit(await sealed(org, { headerId }), proofFor(headerId, 2))
  await drain()
  expect(await grades()).toEqual([0, 2])
})

test('A chunk of a waiting report with a proof is taken with its header id only', async () => {
  const [headerId, proof] = gradedProof(1)
  const envelope = await sealed(org, { headerId })
  await submitWhileDown(envelope, proof)
  const file = toB64(fileId(await reportIdOf(envelope), 0))
  const put = async (headers: Record<string, string>): Promise<number> => {
    const chunk = { ...octets(randomBytes(8208), headers), method: 'PUT' }
    return (await ask(`${ORIGIN}/api/files/${file}/0`, chunk)).status
  }
  expect(await put({})).toBe(404)
  expect(await put({ 'oasis-header': 'broken' })).toBe(404)
  expect(await put({ 'oasis-header': toB64(randomBytes(16)) })).toBe(404)
  expect(await put({ 'oasis-header': toB64(headerId) })).toBe(204)
})
