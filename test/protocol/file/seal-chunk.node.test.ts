import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, fromB64, randomBytes, sha256, toB64, u32, utf8, type Bytes } from '#protocol/bytes'
import { CHUNK_SIZES, MAX_FILE_BYTES } from '#protocol/limits'
import { openChunk } from '#protocol/file/open-chunk'
import {
  fileId,
  paddedChunks,
  sealChunk,
  sealedLength,
  type FileStream,
} from '#protocol/file/seal-chunk'
import vectors from '#test/vectors/file-chunks_openssl.json' with { type: 'json' }

const [USUAL, SLOW] = CHUNK_SIZES

const fileOf = (size: number, chunk: number, place = 0): FileStream => ({
  id: fileId(randomBytes(16), place),
  key: randomBytes(32),
  size,
  chunk,
})

/**
 * Returns `size` random bytes. The system's random source returns at most 65,536 bytes at a time.
 */
function noise(size: number): Bytes {
  const content = new Uint8Array(size)
  for (let at = 0; at < size; at += 65536) content.set(randomBytes(Math.min(65536, size - at)), at)
  return content
}

const numbers = ({ size, chunk }: FileStream): number[] =>
  Array.from({ length: paddedChunks(size, chunk) }, (_, n) => n)

const sealAll = (file: FileStream, content: Bytes): Promise<Bytes[]> =>
  Promise.all(
    numbers(file).map((n) =>
      sealChunk(file, n, content.slice(n * file.chunk, (n + 1) * file.chunk)),
    ),
  )

/** Opens every chunk at its position and joins the opened chunks, as a reader does. */
const openAll = async (file: FileStream, sealed: readonly Bytes[]): Promise<Bytes> =>
  concat(
    ...(await Promise.all(
      numbers(file).map((n) => openChunk(file, n, sealed[n] ?? new Uint8Array(0))),
    )),
  )

async function expectRoundTrip(size: number, chunk: number): Promise<void> {
  const file = fileOf(size, chunk)
  const content = noise(size)
  const sealed = await sealAll(file, content)
  expect(new Set(sealed.map(({ length }) => length))).toEqual(new Set([sealedLength(chunk)]))
  const opened = await openAll(file, sealed)
  expect(opened.length).toBe(size)
  expect(toB64(await sha256(opened))).toBe(toB64(await sha256(content)))
}

describe('files', () => {
  test('A file of any size opens to the same bytes, and its chunks have one length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(300_000), fc.constantFrom(USUAL, SLOW), expectRoundTrip),
      {
        numRuns: 60,
      },
    )
  })

  test.each([0, 1, SLOW - 1, SLOW, SLOW + 1, USUAL - 1, USUAL, USUAL + 1, 8 * SLOW, 9 * SLOW + 1])(
    'A file of %d bytes opens to the same bytes, in chunks of both sizes',
    async (size) => {
      for (const chunk of CHUNK_SIZES) await expectRoundTrip(size, chunk)
    },
  )

  test('A file of 20 MiB fills 320 usual or 2,560 small chunks and opens unchanged', async () => {
    expect(CHUNK_SIZES.map((chunk) => paddedChunks(MAX_FILE_BYTES, chunk))).toEqual([320, 2560])
    await expectRoundTrip(MAX_FILE_BYTES, USUAL)
  })

  test('Two files with the same padded number of chunks have the same sealed lengths', async () => {
    const [short, long] = [fileOf(8 * SLOW + 1, SLOW), fileOf(10 * SLOW, SLOW)]
    const lengths = async (file: FileStream) =>
      (await sealAll(file, noise(file.size))).map(({ length }) => length)
    expect(await lengths(short)).toEqual(await lengths(long))
  })
})

describe('vectors of OpenSSL', () => {
  test.each(vectors.files)(
    'The vector "$name" gives the same sealed chunks, and the chunks open',
    async (vector) => {
      const file = { ...vector, id: fromB64(vector.id), key: fromB64(vector.key) }
      const blocks: Bytes[] = []
      for (let at = 0; at * 32 < vector.size; at++)
        blocks.push(await sha256(utf8(vector.contentLabel), u32(at)))
      const content = concat(...blocks).slice(0, vector.size)
      expect(toB64(await sha256(content))).toBe(vector.contentHash)
      const sealed = await sealAll(file, content)
      const hashes = await Promise.all(sealed.map(async (chunk) => toB64(await sha256(chunk))))
      expect(hashes).toEqual(vector.sealedHashes)
      expect(await openAll(file, sealed)).toEqual(content)
    },
  )

  test('Padmé gives the numbers of the vectors and at most an eighth too many chunks', () => {
    for (const [chunks = 0, padded] of vectors.padme)
      expect(paddedChunks(chunks * SLOW, SLOW), String(chunks)).toBe(padded)
    for (let chunks = 1; chunks <= 2560; chunks++) {
      const padded = paddedChunks(chunks * SLOW, SLOW)
      expect(padded).toBeGreaterThanOrEqual(chunks)
      expect(padded).toBeLessThanOrEqual(Math.ceil(chunks * 1.125))
    }
  })
})

describe('mutations of a sealed file', () => {
  interface Sent {
    file: FileStream
    sealed: readonly Bytes[]
  }
  const at = (sealed: readonly Bytes[], n: number): Bytes => sealed[n] ?? new Uint8Array(0)
  const put = (sealed: readonly Bytes[], n: number, chunk: Bytes): Bytes[] =>
    sealed.map((each, place) => (place === n ? chunk : each))
  const below = (bound: number): number => Math.floor(Math.random() * bound)
  const flipped = (bytes: Bytes): Bytes => {
    const copy = bytes.slice()
    const bit = below(copy.length * 8)
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return copy
  }

  type Mutation = (sent: Sent, other: readonly Bytes[], n: number, m: number) => Sent
  // `n` and `m` are the positions of two different chunks. `other` is the next file of the same
  // report, sealed under the same key.
  const MUTATIONS: Readonly<Record<string, Mutation>> = {
    'a bit flipped': ({ file, sealed }, _, n) => ({
      file,
      sealed: put(sealed, n, flipped(at(sealed, n))),
    }),
    'a chunk cut short': ({ file, sealed }, _, n) => ({
      file,
      sealed: put(sealed, n, at(sealed, n).slice(0, below(sealedLength(file.chunk)))),
    }),
    'a chunk made longer': ({ file, sealed }, _, n) => ({
      file,
      sealed: put(sealed, n, concat(at(sealed, n), randomBytes(1 + below(32)))),
    }),
    'the end cut off': ({ file, sealed }, _, n) => ({ file, sealed: sealed.slice(0, n) }),
    'the end cut off, and the size with it': ({ file, sealed }, _, n) => ({
      file: { ...file, size: Math.max(1, n) * file.chunk },
      sealed: sealed.slice(0, Math.max(1, n)),
    }),
    'chunks after the end': ({ file, sealed }) => ({
      file: { ...file, size: file.size + 2 * file.chunk },
      sealed: [...sealed, ...sealed],
    }),
    'two chunks exchanged': ({ file, sealed }, _, n, m) => ({
      file,
      sealed: put(put(sealed, n, at(sealed, m)), m, at(sealed, n)),
    }),
    'a chunk repeated': ({ file, sealed }, _, n, m) => ({
      file,
      sealed: put(sealed, n, at(sealed, m)),
    }),
    'a chunk of another file': ({ file, sealed }, other, n) => ({
      file,
      sealed: put(sealed, n, at(other, n)),
    }),
    'another file id': ({ file, sealed }) => ({ file: { ...file, id: flipped(file.id) }, sealed }),
    'another key': ({ file, sealed }) => ({ file: { ...file, key: flipped(file.key) }, sealed }),
    'another length of chunks': ({ file, sealed }) => ({ file: { ...file, chunk: USUAL }, sealed }),
  }

  test('R26: A cut, reordered, mixed or changed file never opens in 10,000 runs', async () => {
    const file = fileOf(3 * SLOW + 7, SLOW)
    const content = noise(file.size)
    const sealed = await sealAll(file, content)
    const next = { ...file, id: fileId(file.id, 1) }
    const other = await sealAll(next, content)
    expect(await openAll(file, sealed)).toEqual(content)
    expect(await openAll(next, other)).toEqual(content)

    const kinds = Object.entries(MUTATIONS)
    for (let run = 0; run < 10_000; run++) {
      const [name, mutate] = kinds[run % kinds.length] ?? ['', () => ({ file, sealed })]
      const n = below(sealed.length)
      const m = (n + 1 + below(sealed.length - 1)) % sealed.length
      const mutated = mutate({ file, sealed }, other, n, m)
      const outcome = await openAll(mutated.file, mutated.sealed).then(
        () => 'opened',
        (thrown: unknown) => (thrown as { code?: string }).code,
      )
      expect(outcome, name).toBe('cannot_open')
    }
  })

  test('R26: A chunk number that the file does not have is refused with cannot_open', async () => {
    const file = fileOf(SLOW, SLOW)
    const [chunk = new Uint8Array(0)] = await sealAll(file, noise(SLOW))
    for (const n of [-1, 1, 0.5, NaN, 2 ** 32])
      await expect(openChunk(file, n, chunk)).rejects.toMatchObject({ code: 'cannot_open' })
  })
})
