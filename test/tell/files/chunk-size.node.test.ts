import { expect, test } from 'vitest'
import { MAX_FILE_BYTES } from '#protocol/limits'
import { chunkFor, SMALL_FILE, type Loading } from '#site/tell/files/chunk-size.ts'
import { clock, slipOf } from '#site/tell/files/rules.ts'

const quick: Loading = { duration: 300, connectStart: 50, connectEnd: 50, responseEnd: 350 }
const large = SMALL_FILE + 1

test('a large file goes in usual chunks over a link that has shown what it can', () => {
  expect(chunkFor(large, undefined, quick)).toBe(65_536)
  expect(chunkFor(large, { effectiveType: '4g', saveData: false }, quick)).toBe(65_536)
})

test('chunks are small on a slow link, over a new connection, and where nothing is known', () => {
  expect(chunkFor(large, { effectiveType: '3g' }, quick)).toBe(8192)
  expect(chunkFor(large, { effectiveType: '4g', saveData: true }, quick)).toBe(8192)
  expect(chunkFor(large, undefined, { ...quick, duration: 1500 })).toBe(8192)
  expect(chunkFor(large, undefined, { ...quick, connectEnd: 90 })).toBe(8192)
  // A saved page asks another origin, which keeps its times to itself.
  expect(
    chunkFor(large, undefined, { duration: 0, connectStart: 0, connectEnd: 0, responseEnd: 0 }),
  ).toBe(8192)
  expect(chunkFor(large, undefined, undefined)).toBe(8192)
  expect(chunkFor(SMALL_FILE, undefined, quick)).toBe(8192)
})

test('an empty file and one over the bound are refused, one at the bound is taken', () => {
  expect(slipOf({ size: 0 })).toBe('empty')
  expect(slipOf({ size: MAX_FILE_BYTES + 1 })).toBe('large')
  expect(slipOf({ size: MAX_FILE_BYTES })).toBe('')
  expect(slipOf({ size: 1 })).toBe('')
})

test('time is shown as people read it', () => {
  expect([0, 9, 83, 1747].map(clock)).toEqual(['0:00', '0:09', '1:23', '29:07'])
})
