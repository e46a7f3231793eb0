import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { MAX_FILES } from '#protocol/limits'
import { chunkOf, fileIn, freshReport, putChunk, SMALL, USUAL } from '../support/chunks.ts'
import {
  ask,
  expectRefusal,
  idOf,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { noise } from '../support/staff.ts'

let org: Organisation
let report: string
let id: string
beforeEach(async () => {
  ;({ org, report, id } = await freshReport())
})

const storedBytes = async (key: string): Promise<Bytes> =>
  new Uint8Array((await (await env.FILES.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0))

describe('a chunk', () => {
  test('A chunk of a known report is stored unchanged, without a database row', async () => {
    const rows = await rowsIn('reports')
    for (const [n, length] of [
      [0, SMALL],
      [2559, SMALL],
      [319, USUAL],
    ] as const) {
      const chunk = chunkOf(length)
      const answer = await putChunk(`${id}/${n}`, chunk)
      expect([answer.status, await answer.text()]).toEqual([204, ''])
      expect(await sha256(await storedBytes(`files/${id}/${n}`))).toEqual(await sha256(chunk))
    }
    expect(await rowsIn('reports')).toBe(rows)
  })

  test('A chunk of a follow-up is stored', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    expect((await putChunk(`${fileIn(await idOf(followUp), 9)}/0`)).status).toBe(204)
  })

  test('A chunk that is sent again gets the same response and changes nothing', async () => {
    const [first, second] = [randomBytes(SMALL), randomBytes(SMALL)]
    const answers = [await putChunk(`${id}/0`, first), await putChunk(`${id}/0`, first)]
    answers.push(await putChunk(`${id}/0`, second), await putChunk(`${id}/0`, chunkOf(USUAL)))
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204])
    expect(await storedBytes(`files/${id}/0`)).toEqual(first)
  })

  test('R28: A chunk that is sent 20 times at once is stored as one object', async () => {
    const chunk = randomBytes(SMALL)
    const answers = await Promise.all(Array.from({ length: 20 }, () => putChunk(`${id}/0`, chunk)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(await keysIn('')).toEqual([`files/${id}/0`])
  })

  test('A chunk is in memory once: the stored bytes are a view of the read buffer', async () => {
    const buffers: number[] = []
    const spied = {
      head: () => Promise.resolve(null),
      put: (_key: string, value: Bytes) => {
        buffers.push(value.buffer.byteLength)
        return Promise.resolve(null)
      },
    }
    const length = { 'content-length': String(USUAL) }
    await putChunk(`${id}/0`, chunkOf(USUAL), { FILES: spied }, length)
    await putChunk(`${id}/1`, new Blob([chunkOf(SMALL), chunkOf(USUAL - SMALL)]).stream(), {
      FILES: spied,
    })
    expect(buffers).toEqual([USUAL, USUAL])
  })

  test('A chunk from a saved page (origin null) is accepted', async () => {
    const preflight = await ask(`/api/files/${id}/0`, {
      method: 'OPTIONS',
      headers: { origin: 'null', 'access-control-request-method': 'PUT' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const answer = await putChunk(`${id}/0`, chunkOf(SMALL), {}, { origin: 'null' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  })
})

describe('a refused chunk', () => {
  test('A chunk of an unknown report is refused with not_found and nothing is stored', async () => {
    await expectRefusal(await putChunk(`${fileIn(noise(16))}/0`), 404, 'not_found')
    expect(await keysIn('')).toEqual([])
  })

  test('A chunk that has no sealed length is refused and nothing is stored', async () => {
    for (const length of [0, 1, SMALL - 1, SMALL + 1, USUAL - 1])
      await expectRefusal(await putChunk(`${id}/0`, chunkOf(length)), 400, 'malformed')
    await expectRefusal(await putChunk(`${id}/0`, chunkOf(USUAL + 1)), 413, 'too_large')
    expect(await keysIn('')).toEqual([])
  })

  test('A chunk that does not end is refused with too_large, and reading stops', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(8192))
      },
    })
    await expectRefusal(await putChunk(`${id}/0`, endless), 413, 'too_large')
    expect(pulled).toBeLessThan(16)
  })

  test('A chunk with an invalid number, id or place is refused and nothing is stored', async () => {
    const [head] = [id.slice(0, 22)]
    for (const address of [
      ...['-1', '01', '1e3', '2560', '99999', 'x', '0x1', '%20'].map((n) => `${id}/${n}`),
      `${head}/0`,
      `${id}A/0`,
      `${report}/0`,
      `${fileIn(report, MAX_FILES)}/0`,
      `${fileIn(report, 255)}/0`,
      `..%2f..%2f/0`,
    ])
      await expectRefusal(await putChunk(address), 400, 'malformed')
    await expectRefusal(await putChunk(`${id}/320`, chunkOf(USUAL)), 400, 'malformed')
    expect(await keysIn('')).toEqual([])
  })

  test('A chunk of another type or method is refused and nothing is stored', async () => {
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x', ''])
      await expectRefusal(
        await putChunk(`${id}/0`, chunkOf(SMALL), {}, { 'content-type': type }),
        415,
        'wrong_content_type',
      )
    for (const method of ['POST', 'DELETE'])
      await expectRefusal(await ask(`/api/files/${id}/0`, { method }), 405, 'method_not_allowed')
    expect(await keysIn('')).toEqual([])
  })
})

describe('a chunk when something fails', () => {
  const thrower = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error('gone')
      },
    },
  )

  test('A chunk is stored when the database fails and cannot look up its report', async () => {
    expect((await putChunk(`${fileIn(noise(16))}/0`, chunkOf(SMALL), { DB: thrower })).status).toBe(
      204,
    )
    expect(await keysIn('')).toHaveLength(1)
  })

  test('A chunk is refused with unavailable when R2 fails', async () => {
    await expectRefusal(
      await putChunk(`${id}/0`, chunkOf(SMALL), { FILES: thrower }),
      503,
      'unavailable',
    )
  })

  test('Chunks above the rate limit get 429, and the limiter sees no address', async () => {
    const keys: unknown[] = []
    const limit = (options: unknown) => {
      keys.push(options)
      return Promise.resolve({ success: false })
    }
    const answer = await putChunk(`${id}/0`, chunkOf(SMALL), { CHUNK_PACE: { limit } })
    expect(answer.headers.get('retry-after')).toBe('10')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    await expectRefusal(answer, 429, 'unavailable')
    await putChunk(
      `${id}/0`,
      chunkOf(SMALL),
      { CHUNK_PACE: { limit } },
      { 'cf-connecting-ip': '::1' },
    )
    expect(keys).toEqual([{ key: 'everybody' }, { key: 'everybody' }])
    expect(await keysIn('')).toEqual([])
    const broken = { CHUNK_PACE: thrower, REPORT_PACE: thrower }
    expect((await putChunk(`${id}/0`, chunkOf(SMALL), broken)).status).toBe(204)
  })

  test('A refused chunk is not counted, and a report uses up only its own rate limit', async () => {
    const counted: string[] = []
    const limiter = (room: number) => ({
      limit: ({ key }: { key: string }) => {
        counted.push(key)
        return Promise.resolve({ success: counted.filter((each) => each === key).length <= room })
      },
    })
    const changes = { CHUNK_PACE: limiter(100), REPORT_PACE: limiter(2) }
    await putChunk(`${fileIn(noise(16))}/0`, chunkOf(SMALL), changes)
    await putChunk(`${id}/0`, new Uint8Array(0), changes)
    await putChunk(`${id}/320`, chunkOf(USUAL), changes)
    expect(counted).toEqual([])
    const statuses: number[] = []
    for (let n = 0; n < 4; n++)
      statuses.push((await putChunk(`${id}/${n}`, chunkOf(SMALL), changes)).status)
    expect(statuses).toEqual([204, 204, 429, 429])
    expect(counted.filter((key) => key === 'everybody')).toHaveLength(2)
    const other = await sealed(org)
    await submit(other)
    expect((await putChunk(`${fileIn(await idOf(other))}/0`, chunkOf(SMALL), changes)).status).toBe(
      204,
    )
  })
})
