import { afterEach, expect, test, vi } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { proofBits } from '#protocol/crypto/proof-of-work'
import { GRADE_BITS, PROOF_GOAL_BITS } from '#protocol/limits'
import { beginSearch, withProof } from '#site/lifeline/reporting/proof-of-work.ts'
import {
  searchInSlices,
  type Search,
  type SearchProof,
} from '#site/lifeline/reporting/search-proof.ts'
import type { SealedReport } from '#site/lifeline/reporting/seal-report.ts'

const newSearch = (): Search => ({ headerId: randomBytes(16) })
const sealed = (): Promise<SealedReport> =>
  Promise.resolve({ envelope: new Uint8Array(1), headers: {}, receipt: '' })
/** A proof search that runs until it is stopped. */
const endless: SearchProof = () => new Promise(() => undefined)

afterEach(() => vi.useRealTimers())

test('A page searches its proof in slices and sends the proof with the report', async () => {
  const search = newSearch()
  beginSearch(search, () => Promise.resolve(searchInSlices))
  await search.ready
  const { headers } = await withProof(search, sealed())
  const bits = proofBits(search.headerId, Date.now(), Number(headers['oasis-proof']))
  expect(bits).toBeGreaterThanOrEqual(GRADE_BITS[0])
})

test('A search goes on after the first proof and reports only better proofs', async () => {
  const search = newSearch()
  const bitsNow = (): number => proofBits(search.headerId, Date.now(), Number(search.proof))
  await searchInSlices(search)
  const firstBits = bitsNow()
  expect(firstBits).toBeGreaterThanOrEqual(GRADE_BITS[0])
  await vi.waitUntil(() => bitsNow() !== firstBits, 50_000)
  search.isOver = true
  expect(bitsNow()).toBeGreaterThan(firstBits)
}, 60_000)

test('A search lets the page go on while the phone’s clock stands still', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24) })
  // The first nonce that reaches the goal for this header is the 2,084,710th.
  const search: Search = { headerId: new Uint8Array(16).fill(4) }
  const turns: number[] = []
  const searching = searchInSlices(search)
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((done) => setTimeout(done, 0))
    turns.push(turn)
  }
  search.isOver = true
  await searching
  // A search without pauses would have reached the goal before the first turn of the event loop.
  const bits = search.proof ? proofBits(search.headerId, Date.now(), Number(search.proof)) : 0
  expect(turns).toHaveLength(5)
  expect(bits).toBeLessThan(PROOF_GOAL_BITS)
}, 120_000)

test('A report is sent with the last proof that the search has found', async () => {
  const search = newSearch()
  beginSearch(search, () =>
    Promise.resolve((begun) => {
      begun.proof = '5'
      return Promise.resolve()
    }),
  )
  await search.ready
  search.proof = '7'
  expect((await withProof(search, sealed())).headers).toEqual({ 'oasis-proof': '7' })
  expect([search.isTaken, search.isOver]).toEqual([true, true])
})

test('A page without its search tool sends no proof, and a retry asks for the tool', async () => {
  const search = newSearch()
  const fetchTool = vi.fn(() => Promise.reject(new Error('frozen')))
  beginSearch(search, fetchTool)
  beginSearch(search, fetchTool)
  expect(fetchTool).toHaveBeenCalledTimes(1)
  expect((await withProof(search, sealed())).headers).toEqual({})
  beginSearch(search, fetchTool)
  expect(fetchTool).toHaveBeenCalledTimes(2)
})

test('A report waits at most four seconds for its proof of work', async () => {
  vi.useFakeTimers()
  const search = newSearch()
  beginSearch(search, () => Promise.resolve(endless))
  const sending = withProof(search, sealed())
  await vi.advanceTimersByTimeAsync(4000)
  expect((await sending).headers).toEqual({})
  expect(search.isOver).toBe(true)
})
