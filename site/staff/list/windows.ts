// Divides a long list into chunks. Only the chunks near the window are in the document. Every line
// exposes its number and the length of its list to screen readers.

/** Number of lines in one chunk: about two phone screens. */
export const CHUNK = 25

export interface Chunk {
  /** index of the group */
  group: number
  /** places within the group: the first, and one past the last */
  from: number
  to: number
}

/** @param lengths  number of lines of each group */
export const chunksIn = (lengths: readonly number[], size = CHUNK): Chunk[] =>
  lengths.flatMap((length, group) =>
    Array.from({ length: Math.ceil(length / size) }, (_, at) => ({
      group,
      from: at * size,
      to: Math.min(length, (at + 1) * size),
    })),
  )

/** Top and bottom of a chunk relative to the window, in pixels. */
export interface Box {
  top: number
  bottom: number
}

/** Number of pixels above and below the window that are also rendered. */
export const MARGIN = 600

/** Returns the indexes of the chunks that the window, or the margin around it, touches. */
export function chunksNear(boxes: readonly Box[], height: number, margin = MARGIN): number[] {
  const near: number[] = []
  for (const [at, { top, bottom }] of boxes.entries())
    if (bottom >= -margin && top <= height + margin) near.push(at)
  return near
}

/**
 * Returns the index of the chunk that contains a position in the complete list; -1 when no chunk
 * contains it.
 */
export function chunkAt(chunks: readonly Chunk[], place: number): number {
  let before = 0
  for (const [at, { from, to }] of chunks.entries()) {
    if (place >= before && place < before + to - from) return at
    before += to - from
  }
  return -1
}
