import { expect, test } from 'vitest'
import { CHUNK, chunkAt, chunksNear, chunksIn, MARGIN } from '#site/staff/list/windows.ts'

test('Chunks hold every line of every group once, and no chunk crosses groups', () => {
  const lengths = [3, CHUNK, CHUNK + 1, 0, 10_000]
  const chunks = chunksIn(lengths)
  for (const [group, length] of lengths.entries()) {
    const own = chunks.filter((chunk) => chunk.group === group)
    expect(own.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(length)
    for (const [at, { from, to }] of own.entries()) {
      expect(from).toBe(own[at - 1]?.to ?? 0)
      expect(to - from).toBeLessThanOrEqual(CHUNK)
    }
  }
})

test('Of 10,000 lines only those near the window are rendered', () => {
  const chunks = chunksIn([10_000])
  const height = CHUNK * 56
  const boxesAt = (scroll: number) =>
    chunks.map((_, at) => ({ top: at * height - scroll, bottom: (at + 1) * height - scroll }))
  expect(chunksNear(boxesAt(0), 800)).toEqual([0, 1])
  const middle = chunksNear(boxesAt(100 * height), 800)
  expect(middle).toContain(100)
  expect(middle.length * CHUNK).toBeLessThanOrEqual(100)
  expect(chunksNear(boxesAt(chunks.length * height - 800), 800)).toContain(chunks.length - 1)
})

test('A chunk just outside of the margin is not rendered', () => {
  const box = (top: number) => ({ top, bottom: top + 100 })
  const outside = [box(-MARGIN - 101), box(800 + MARGIN + 1)]
  const inside = [box(-MARGIN - 100), box(800 + MARGIN)]
  expect(chunksNear(outside, 800)).toEqual([])
  expect(chunksNear(inside, 800)).toEqual([0, 1])
})

test('Every place of the list is found in its chunk', () => {
  const chunks = chunksIn([3, 30])
  expect([0, 2, 3, 27, 28, 32].map((place) => chunkAt(chunks, place))).toEqual([0, 0, 1, 1, 2, 2])
  expect([-1, 33].map((place) => chunkAt(chunks, place))).toEqual([-1, -1])
})
