import { expect, test } from 'vitest'
import { MAX_FILE_BYTES } from '#protocol/limits'
import { chunkFor, SMALL_FILE, type ToolTiming } from '#site/lifeline/attachments/chunk-size.ts'
import { faultOfFile } from '#site/lifeline/attachments/describe-file.ts'
import { clock } from '#site/lifeline/attachments/microphone.ts'

const quick: ToolTiming = { duration: 300, connectStart: 50, connectEnd: 50, responseEnd: 350 }
const large = SMALL_FILE + 1

test('A large file is cut into chunks of 65,536 bytes on a link measured as fast', () => {
  expect(chunkFor(large, undefined, quick)).toBe(65_536)
  expect(chunkFor(large, { effectiveType: '4g', saveData: false }, quick)).toBe(65_536)
})

test('Chunks are small for small files, slow links, new connections and unmeasured links', () => {
  expect(chunkFor(large, { effectiveType: '3g' }, quick)).toBe(8192)
  expect(chunkFor(large, { effectiveType: '4g', saveData: true }, quick)).toBe(8192)
  expect(chunkFor(large, undefined, { ...quick, duration: 1500 })).toBe(8192)
  expect(chunkFor(large, undefined, { ...quick, connectEnd: 90 })).toBe(8192)
  // A saved page sends requests to another origin, so the browser hides their timing.
  expect(
    chunkFor(large, undefined, { duration: 0, connectStart: 0, connectEnd: 0, responseEnd: 0 }),
  ).toBe(8192)
  expect(chunkFor(large, undefined, undefined)).toBe(8192)
  expect(chunkFor(SMALL_FILE, undefined, quick)).toBe(8192)
})

test('An empty file or a file over the limit is refused, and a file at the limit is taken', () => {
  expect(faultOfFile({ size: 0 })).toBe('empty')
  expect(faultOfFile({ size: MAX_FILE_BYTES + 1 })).toBe('large')
  expect(faultOfFile({ size: MAX_FILE_BYTES })).toBe('')
  expect(faultOfFile({ size: 1 })).toBe('')
})

test('The page shows the duration of a recording as minutes and seconds', () => {
  expect([0, 9, 83, 1747].map(clock)).toEqual(['0:00', '0:09', '1:23', '29:07'])
})
