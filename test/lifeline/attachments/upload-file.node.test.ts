import { describe, expect, test } from 'vitest'
import { concat, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { openChunk } from '#protocol/file/open-chunk'
import { headerIdOf, reportIdOf } from '#protocol/report/envelope'
import { fileId, paddedChunks } from '#protocol/file/seal-chunk'
import { TRY_MS } from '#site/lifeline/network/api.ts'
import { pauseAfter, type RetryOptions } from '#site/lifeline/network/retry-chunk.ts'
import {
  beginning,
  uploadFiles,
  wholeLength,
  type Outgoing,
} from '#site/lifeline/attachments/upload-file.ts'
import { tryMs, type ChunkResponse } from '#site/lifeline/network/chunk.ts'

const report = randomBytes(4096)
const owner = await reportIdOf(report)
const HEADERS = { 'oasis-header': toB64(headerIdOf(report)) }
const read = async (part: Blob): Promise<Bytes> => new Uint8Array(await part.arrayBuffer())
const reply = (status: number, wait = 0): ChunkResponse => ({
  status,
  bytes: new Uint8Array(0),
  wait,
})

async function outgoing(label: string, content: Bytes, chunk = 8192): Promise<Outgoing> {
  const hash = toB64(await sha256(content))
  return {
    label,
    blob: new Blob([content]),
    sealed: {
      key: toB64(randomBytes(32)),
      size: content.length,
      hash,
      type: 'x',
      chunk,
      made: 'as_is',
    },
  }
}

/**
 * Simulates an edge that stores the first copy of each chunk, behind a link that `fate` controls.
 */
function edge(fate: (path: string, attempt: number) => ChunkResponse | 'lost' | null) {
  const kept = new Map<string, Bytes>()
  const log: string[] = []
  const waits: number[] = []
  let stopped = false
  const patience: RetryOptions = {
    transfer: (path, _ms, sealed, headers) => {
      expect(headers).toEqual(HEADERS)
      log.push(path.slice(-2))
      const fails = fate(path, log.length)
      if (fails && fails !== 'lost') return Promise.resolve(fails)
      if (sealed && !kept.has(path)) kept.set(path, sealed)
      return Promise.resolve(fails ? reply(0) : reply(204))
    },
    pause: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    now: () => 0,
    isStopped: () => stopped,
  }
  const stop = (): void => {
    stopped = true
  }
  return { kept, log, waits, patience, stop, goOn: () => (stopped = false) }
}

const BYTES_A_MS = 128 / 8
const CUT_MS = 7000

/**
 * Simulates an edge behind a 128 kbit/s link. The simulated time advances as bytes arrive. The
 * network fails during a chunk, when the given share of all bytes has arrived. That chunk arrives,
 * but its response is lost.
 */
function slowLink(whole: number, cuts: number[]) {
  const kept = new Map<string, Bytes>()
  const answered: string[] = []
  let [time, sent, cutUntil, lost] = [0, 0, 0, 0]
  const patience: RetryOptions = {
    transfer: (path, ms, sealed) => {
      if (time < cutUntil || !sealed) {
        lost++
        return Promise.resolve(reply(0))
      }
      const took = sealed.length / BYTES_A_MS
      if (took > ms) throw new Error('a chunk has too little time on this link')
      time += took
      kept.set(path, kept.get(path) ?? sealed)
      sent += sealed.length
      if (sent > (cuts[0] ?? Infinity) * whole) {
        cuts.shift()
        cutUntil = time + CUT_MS
        lost++
        return Promise.resolve(reply(0))
      }
      answered.push(path)
      return Promise.resolve(reply(204))
    },
    pause: (ms) => {
      time += ms
      return Promise.resolve()
    },
    now: () => time,
    isStopped: () => false,
  }
  return {
    kept,
    answered,
    patience,
    get lost() {
      return lost
    },
  }
}

async function contentOf(
  kept: Map<string, Bytes>,
  place: number,
  { sealed }: Outgoing,
): Promise<Bytes> {
  const { key, size, chunk } = sealed
  const stream = {
    id: fileId(owner, place),
    key: new Uint8Array(Buffer.from(key, 'base64url')),
    size,
    chunk,
  }
  const parts: Bytes[] = []
  for (let n = 0; n < paddedChunks(size, chunk); n++) {
    const part = kept.get(`/api/files/${toB64(stream.id)}/${n}`)
    if (!part) throw new Error(`chunk ${n} is missing`)
    parts.push(await openChunk(stream, n, part))
  }
  return concat(...parts)
}

describe('files of a report', () => {
  test('Files arrive chunk by chunk with padding and open to their original bytes', async () => {
    const files = [
      await outgoing('a', randomBytes(40_000)),
      await outgoing('b', concat(randomBytes(60_000), randomBytes(10_000)), 65_536),
    ]
    const { kept, patience, log } = edge(() => null)
    const at = beginning()
    const moves: number[] = []
    expect(await uploadFiles(report, files, at, patience, read, () => moves.push(at.sent))).toEqual(
      [],
    )
    for (const [place, file] of files.entries())
      expect(await contentOf(kept, place, file)).toEqual(await read(file.blob))
    expect(log).toEqual(['/0', '/1', '/2', '/3', '/4', '/0', '/1'])
    expect(moves.at(-1)).toBe(wholeLength(files))
  })

  test('Files arrive whole despite lost responses, failing servers and broken links', async () => {
    const files = [await outgoing('a', randomBytes(30_000))]
    const fates = [
      'lost',
      reply(0),
      reply(503),
      null,
      'lost',
      null,
      reply(500),
      null,
      null,
    ] as const
    const { kept, patience, log, waits } = edge((_, attempt) => fates[attempt - 1] ?? null)
    expect(await uploadFiles(report, files, beginning(), patience, read, () => undefined)).toEqual(
      [],
    )
    expect(await contentOf(kept, 0, files[0]!)).toEqual(await read(files[0]!.blob))
    expect(log).toEqual(['/0', '/0', '/0', '/0', '/1', '/1', '/2', '/2', '/3'])
    expect(waits).toEqual([1000, 2000, 4000, 1000, 1000])
  })

  test('A megabyte over a slow link with three cuts arrives, no answered chunk twice', async () => {
    const files = await Promise.all(
      [2, 4, 4, 4, 4, 4].map((parts, at) => {
        const content = concat(...Array.from({ length: parts }, () => randomBytes(50_000)))
        return outgoing(`${at}`, content, at === 0 ? 65_536 : 8192)
      }),
    )
    const link = slowLink(wholeLength(files), [0.2, 0.5, 0.8])
    const at = beginning()
    expect(await uploadFiles(report, files, at, link.patience, read, () => undefined)).toEqual([])
    for (const [place, file] of files.entries())
      expect(await contentOf(link.kept, place, file)).toEqual(await read(file.blob))
    expect(at.sent).toBe(wholeLength(files))
    expect(link.lost).toBeGreaterThanOrEqual(3)
    expect([...new Set(link.answered)]).toEqual(link.answered)
  })

  test('An upload waits as long as the edge asks, or ten seconds if no time is named', async () => {
    const files = [await outgoing('a', randomBytes(100))]
    const fates = [reply(429, 7000), reply(429), null]
    const { patience, waits } = edge((_, attempt) => fates[attempt - 1] ?? null)
    expect(await uploadFiles(report, files, beginning(), patience, read, () => undefined)).toEqual(
      [],
    )
    expect(waits).toEqual([7000, 10_000])
  })

  test('A stopped upload resumes at the chunk in flight and repeats no earlier chunk', async () => {
    const files = [await outgoing('a', randomBytes(30_000)), await outgoing('b', randomBytes(9000))]
    const line = edge((_, attempt) => {
      if (attempt === 3) line.stop()
      return null
    })
    const at = beginning()
    expect(await uploadFiles(report, files, at, line.patience, read, () => undefined)).toBeNull()
    expect(at).toEqual({ next: [2], sent: 2 * 8192 })
    line.goOn()
    expect(await uploadFiles(report, files, at, line.patience, read, () => undefined)).toEqual([])
    // The upload repeats the chunk that was in flight, because it may be lost.
    expect(line.log).toEqual(['/0', '/1', '/2', '/2', '/3', '/0', '/1'])
    expect(at.sent).toBe(wholeLength(files))
  })

  test('An upload names unreadable and refused files, and sends the other files', async () => {
    const files = [
      await outgoing('gone', randomBytes(20_000)),
      await outgoing('refused', randomBytes(20_000)),
      await outgoing('fine', randomBytes(20_000)),
    ]
    const [gone, refused] = [0, 1].map((place) => toB64(fileId(owner, place)))
    const { kept, patience, log } = edge((path) =>
      path.includes(refused ?? '') ? reply(404) : null,
    )
    const at = beginning()
    let begun = 0
    const unreadable = (part: Blob): Promise<Bytes> =>
      begun++ ? read(part) : Promise.reject(new Error('NotReadableError'))
    const lost = await uploadFiles(report, files, at, patience, unreadable, () => undefined)
    expect(lost).toEqual(['gone', 'refused'])
    expect(await contentOf(kept, 2, files[2]!)).toEqual(await read(files[2]!.blob))
    expect(log.filter((path) => path === '/0')).toHaveLength(7)
    expect([...kept.keys()].filter((path) => path.includes(gone ?? ''))).toEqual([])
    // Bytes that did not arrive do not count as sent.
    expect(at.sent).toBe(wholeLength(files.slice(2)))
  })

  test('A retry resumes a failed file at its missing chunk and skips finished files', async () => {
    const files = [
      await outgoing('unknown yet', randomBytes(20_000)),
      await outgoing('fine', randomBytes(9000)),
    ]
    // The first chunk arrives, and then the edge responds with 404 for a while.
    const line = edge((path, attempt) =>
      attempt > 1 && attempt < 8 && !path.endsWith('/0') ? reply(404) : null,
    )
    const at = beginning()
    const go = (): Promise<string[] | null> =>
      uploadFiles(report, files, at, line.patience, read, () => undefined)
    expect(await go()).toEqual(['unknown yet'])
    const before = line.log.length
    expect(await go()).toEqual([])
    expect(line.log.slice(before)).toEqual(['/1', '/2'])
    for (const [place, file] of files.entries())
      expect(await contentOf(line.kept, place, file)).toEqual(await read(file.blob))
    expect(at.sent).toBe(wholeLength(files))
  })
})

test('A try gets the time of its chunk on the slowest link, and more after each failure', () => {
  expect(tryMs(8192, 0)).toBe(TRY_MS)
  expect(tryMs(8192, 1)).toBe(2 * TRY_MS)
  expect(tryMs(65_536, 0)).toBeGreaterThan(20_000)
  expect(tryMs(65_536, 9)).toBe(120_000)
})

test('The pauses between tries of an upload grow up to half a minute', () => {
  expect([1, 2, 3, 5, 6, 40].map(pauseAfter)).toEqual([1000, 2000, 4000, 16_000, 30_000, 30_000])
})
