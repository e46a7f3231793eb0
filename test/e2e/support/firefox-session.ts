// Reads every file that Firefox stores in a profile's folder. Unpacks the session files (mozLz40: a
// length, then one LZ4 block).
import { readFolder } from './folder-search.ts'

const MAGIC = 'mozLz40\0'

/**
 * Returns the unpacked text of a file. Source: the LZ4 block format; https://github.com/lz4/lz4,
 * doc/lz4_Block_format.md.
 */
function unpacked(bytes: Buffer): string {
  const from = bytes.subarray(MAGIC.length + 4)
  const to = Buffer.alloc(bytes.readUInt32LE(MAGIC.length))
  let [at, end] = [0, 0]
  /** Reads a length. A nibble of 15 continues in the next bytes while they are 255. */
  const length = (nibble: number): number => {
    let sum = nibble
    for (let more = nibble === 15 ? 255 : 0; more === 255; sum += more) more = from[at++] ?? 0
    return sum
  }
  while (at < from.length) {
    const token = from[at++] ?? 0
    const literals = length(token >> 4)
    end += from.copy(to, end, at, at + literals)
    at += literals
    if (at >= from.length) break
    const distance = from.readUInt16LE(at)
    at += 2
    const repeated = length(token & 15) + 4
    // The loop copies single bytes, because a match may overlap the bytes that it writes.
    for (let n = 0; n < repeated; n++, end++) to[end] = to[end - distance] ?? 0
  }
  return to.toString('utf8')
}

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)])
      : []

export interface Kept {
  name: string
  bytes: Buffer
  /**
   * the keys and string values of a session file, without its numbers, which are times and sizes
   */
  texts: string[]
}

/** Returns every file in a profile's folder, except a file that is being written. */
export function keptIn(profile: string): Kept[] {
  return readFolder(profile).flatMap(({ name, bytes }): Kept[] => {
    if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
      return [{ name, bytes, texts: [] }]
    try {
      const text = unpacked(bytes)
      return [{ name, bytes: Buffer.from(text), texts: stringsIn(JSON.parse(text)) }]
    } catch {
      return []
    }
  })
}
