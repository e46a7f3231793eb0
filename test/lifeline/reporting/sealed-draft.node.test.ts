import { expect, test, vi } from 'vitest'
import { hasProof } from '#protocol/crypto/proof-of-work'
import { memoizeSealed, type Draft } from '#site/lifeline/reporting/sealed-draft.ts'
import { searchInSlices } from '#site/lifeline/reporting/search-proof.ts'
import { withProof, searchProof } from '#site/lifeline/reporting/proof-of-work.ts'
import type { SealedReport } from '#site/lifeline/reporting/seal-report.ts'

let serial = 0
const sealAnew = (): Promise<SealedReport> =>
  Promise.resolve({ envelope: new Uint8Array([++serial]), headers: {}, receipt: '' })
const none = ({ sealed }: Draft): Promise<SealedReport> => sealed

test('Unchanged words keep their sealed bytes, so that a retry sends the same bytes', async () => {
  const draft = memoizeSealed(() => 'words', sealAnew, none)
  const first = draft()
  expect(draft()).toBe(first)
  expect(await draft().sealed).toBe(await first.sealed)
})

test('Changed words are sealed again, and the proof of work for the old words stops', () => {
  let words = 'one'
  const draft = memoizeSealed(() => words, sealAnew, none)
  const first = draft()
  words = 'two'
  expect(draft()).not.toBe(first)
  expect(first.dropped).toBe(true)
})

test('Unchanged words are sealed again when the keys are renewed', () => {
  const draft = memoizeSealed(() => 'words', sealAnew, none)
  expect(draft(true)).not.toBe(draft(true))
})

test('A draft that could not be sealed is not kept', async () => {
  const seal = vi.fn(sealAnew).mockRejectedValueOnce(new Error('broken'))
  const draft = memoizeSealed(() => 'words', seal, none)
  await expect(draft().sealed).rejects.toThrow('broken')
  await draft().work
  await expect(draft().sealed).resolves.toBeDefined()
})

test('The proof of work is searched in slices and sent with the report', async () => {
  const draft = memoizeSealed(
    () => 'words',
    sealAnew,
    searchProof(() => Promise.resolve(searchInSlices)),
  )()
  await draft.work
  const { envelope, headers } = await withProof(draft)
  expect(hasProof(envelope.slice(8, 24), Date.now(), Number(headers['oasis-proof']))).toBe(true)
})

test('The same sealed words are sent without a proof when the search tool is missing', async () => {
  const draft = memoizeSealed(
    () => 'words',
    sealAnew,
    searchProof(() => Promise.reject(new Error('frozen'))),
  )
  const first = draft()
  await first.work
  expect((await withProof(first)).headers).toEqual({})
  expect(draft()).toBe(first)
})

test('A report waits at most four seconds for its proof of work', async () => {
  vi.useFakeTimers()
  const draft: Draft = {
    writing: 'w',
    sealed: sealAnew(),
    work: new Promise(() => undefined),
    dropped: false,
  }
  const sending = withProof(draft)
  await vi.advanceTimersByTimeAsync(4000)
  expect((await sending).headers).toEqual({})
  expect(draft.dropped).toBe(true)
  vi.useRealTimers()
})
