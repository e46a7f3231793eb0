import { expect, test, vi } from 'vitest'
import { memoizeSealed } from '#site/lifeline/reporting/sealed-draft.ts'
import type { SealedReport } from '#site/lifeline/reporting/seal-report.ts'

let serial = 0
const sealAnew = (): Promise<SealedReport> =>
  Promise.resolve({ envelope: new Uint8Array([++serial]), headers: {}, receipt: '' })

test('Unchanged words keep their sealed bytes, so that a retry sends the same bytes', async () => {
  const draft = memoizeSealed(() => 'words', sealAnew)
  expect(await draft()).toBe(await draft())
})

test('Changed words are sealed again', async () => {
  let words = 'one'
  const draft = memoizeSealed(() => words, sealAnew)
  const first = await draft()
  words = 'two'
  expect(await draft()).not.toBe(first)
})

test('Unchanged words are sealed again when the keys are renewed', async () => {
  const seal = vi.fn(sealAnew)
  const draft = memoizeSealed(() => 'words', seal)
  expect(await draft(true)).not.toBe(await draft(true))
  expect(seal).toHaveBeenCalledWith(true)
})

test('A draft that could not be sealed is not kept', async () => {
  const seal = vi.fn(sealAnew).mockRejectedValueOnce(new Error('broken'))
  const draft = memoizeSealed(() => 'words', seal)
  await expect(draft()).rejects.toThrow('broken')
  await expect(draft()).resolves.toBeDefined()
})
