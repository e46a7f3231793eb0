import { expect, test, vi } from 'vitest'
import { sha256 } from '#protocol/bytes'
import { hasProof } from '#protocol/proof'
import { keepDraft, type Draft } from '#site/tell/draft.ts'
import { findInSlices } from '#site/tell/find-in-slices.ts'
import { proved, searchProof } from '#site/tell/proved.ts'
import type { SealedReport } from '#site/tell/seal.ts'

let serial = 0
const sealAnew = (): Promise<SealedReport> =>
  Promise.resolve({ envelope: new Uint8Array([++serial]), headers: {}, receipt: '' })
const none = ({ sealed }: Draft): Promise<SealedReport> => sealed

test('the same words keep their sealed bytes, so that trying again sends the same', async () => {
  const draft = keepDraft(() => 'words', sealAnew, none)
  const first = draft()
  expect(draft()).toBe(first)
  expect(await draft().sealed).toBe(await first.sealed)
})

test('changed words are sealed anew, and work on the old ones stops', () => {
  let words = 'one'
  const draft = keepDraft(() => words, sealAnew, none)
  const first = draft()
  words = 'two'
  expect(draft()).not.toBe(first)
  expect(first.dropped).toBe(true)
})

test('renewed keys seal the same words anew', () => {
  const draft = keepDraft(() => 'words', sealAnew, none)
  expect(draft(true)).not.toBe(draft(true))
})

test('a draft that could not be sealed is not kept', async () => {
  const seal = vi.fn(sealAnew).mockRejectedValueOnce(new Error('broken'))
  const draft = keepDraft(() => 'words', seal, none)
  await expect(draft().sealed).rejects.toThrow('broken')
  await draft().work
  await expect(draft().sealed).resolves.toBeDefined()
})

test('the proof is found in slices and goes with the report', async () => {
  const draft = keepDraft(
    () => 'words',
    sealAnew,
    searchProof(() => Promise.resolve(findInSlices)),
  )()
  await draft.work
  const { envelope, headers } = await proved(draft)
  expect(await hasProof(envelope, Date.now(), Number(headers['oasis-proof']))).toBe(true)
  expect(await sha256(envelope)).toHaveLength(32)
})

test('without the tool that searches, the sealed words stay the same and go without a proof', async () => {
  const draft = keepDraft(
    () => 'words',
    sealAnew,
    searchProof(() => Promise.reject(new Error('frozen'))),
  )
  const first = draft()
  await first.work
  expect((await proved(first)).headers).toEqual({})
  expect(draft()).toBe(first)
})

test('a proof that is not found in time is not waited for', async () => {
  vi.useFakeTimers()
  const draft: Draft = {
    writing: 'w',
    sealed: sealAnew(),
    work: new Promise(() => undefined),
    dropped: false,
  }
  const sending = proved(draft)
  await vi.advanceTimersByTimeAsync(4000)
  expect((await sending).headers).toEqual({})
  expect(draft.dropped).toBe(true)
  vi.useRealTimers()
})
