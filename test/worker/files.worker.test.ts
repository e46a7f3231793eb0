import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { MAX_FILES } from '#protocol/limits'
import { chunkOf, fileIn, freshReport, putChunk, SMALL, USUAL } from './chunks.ts'
import {
  ask,
  expectRefusal,
  idOf,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
} from './edge.ts'
import { keysIn } from './failing.ts'
import { noise } from './staff.ts'

let org: Organisation
let report: string
let id: string
beforeEach(async () => {
  ;({ org, report, id } = await freshReport())
})

const storedBytes = async (key: string): Promise<Bytes> =>
  new Uint8Array((await (await env.FILES.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0))

describe('a chunk', () => {
  test('of a known report is kept as it came, without a row in the database', async () => {
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

  test('of a follow-up is kept as well', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    expect((await putChunk(`${fileIn(idOf(followUp), 9)}/0`)).status).toBe(204)
  })

  test('sent again, the same or another, is answered alike and changes nothing', async () => {
    const [first, second] = [randomBytes(SMALL), randomBytes(SMALL)]
    const answers = [await putChunk(`${id}/0`, first), await putChunk(`${id}/0`, first)]
    answers.push(await putChunk(`${id}/0`, second), await putChunk(`${id}/0`, chunkOf(USUAL)))
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204])
    expect(await storedBytes(`files/${id}/0`)).toEqual(first)
  })

  test('R28: sent 20 times at once is one object', async () => {
    const chunk = randomBytes(SMALL)
    const answers = await Promise.all(Array.from({ length: 20 }, () => putChunk(`${id}/0`, chunk)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(await keysIn('')).toEqual([`files/${id}/0`])
  })

  test('stands in memory once: what is stored is a view of the one buffer it was read into', async () => {
    const buffers: number[] = []
    const spied = {
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

  test('from a page saved on a phone (origin null) is taken in', async () => {
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

describe('a chunk is refused, and nothing is kept,', () => {
  test('when no report or follow-up with this id was sent', async () => {
    await expectRefusal(await putChunk(`${fileIn(noise(16))}/0`), 404, 'not_found')
    expect(await keysIn('')).toEqual([])
  })

  test('when its length is none of the two', async () => {
    for (const length of [0, 1, SMALL - 1, SMALL + 1, USUAL - 1])
      await expectRefusal(await putChunk(`${id}/0`, chunkOf(length)), 400, 'malformed')
    await expectRefusal(await putChunk(`${id}/0`, chunkOf(USUAL + 1)), 413, 'too_large')
    expect(await keysIn('')).toEqual([])
  })

  test('when it does not end', async () => {
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

  test('when its number, id or place is none', async () => {
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

  test('when it is of another type, or the method is none', async () => {
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

describe('when something fails', () => {
  const thrower = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error('gone')
      },
    },
  )

  test('and the database cannot say whether the report is known, the chunk is kept', async () => {
    expect((await putChunk(`${fileIn(noise(16))}/0`, chunkOf(SMALL), { DB: thrower })).status).toBe(
      204,
    )
    expect(await keysIn('')).toHaveLength(1)
  })

  test('and the storage is gone, the page is told to try again', async () => {
    await expectRefusal(
      await putChunk(`${id}/0`, chunkOf(SMALL), { FILES: thrower }),
      503,
      'unavailable',
    )
  })

  test('and everybody together is too fast, the page is told when to try again; a counter that fails counts nothing; no address is asked for', async () => {
    const keys: unknown[] = []
    const limit = (asked: unknown) => {
      keys.push(asked)
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

  test('what would not be kept is not counted, and one report uses up its own pace and not that of all', async () => {
    const counted: string[] = []
    const pace = (room: number) => ({
      limit: ({ key }: { key: string }) => {
        counted.push(key)
        return Promise.resolve({ success: counted.filter((each) => each === key).length <= room })
      },
    })
    const changes = { CHUNK_PACE: pace(100), REPORT_PACE: pace(2) }
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
    expect((await putChunk(`${fileIn(idOf(other))}/0`, chunkOf(SMALL), changes)).status).toBe(204)
  })
})
