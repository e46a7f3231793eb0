import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { MAX_FILES } from '#protocol/limits'
import { openChunk } from '#protocol/open-chunk'
import { destroyBody } from '#protocol/receipt'
import { fileId, paddedChunks, sealChunk, type FileStream } from '#protocol/stream'
import {
  ask,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
} from './edge.ts'
import { asStaff, noise, person, type Person } from './staff.ts'

const [SMALL, USUAL] = [8208, 65_552]

let org: Organisation
let report: string
let id: string
beforeEach(async () => {
  org = await freshEdge()
  const envelope = await sealed(org)
  report = idOf(envelope)
  id = fileIn(report)
  await submit(envelope)
})

const fileIn = (owner: string, place = 0): string => toB64(fileId(fromB64(owner), place))

/** 65,552 bytes are more than the system's random source gives at once. */
const chunkOf = (length: number): Bytes => new Uint8Array(length).fill(7).map((_, at) => at % 251)

const put = (address: string, body: BodyInit = chunkOf(SMALL), changes = {}, headers = {}) =>
  ask(
    `/api/files/${address}`,
    {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/octet-stream', ...headers },
    },
    changes,
  )

const stored = async (): Promise<string[]> =>
  (await env.FILES.list()).objects.map(({ key }) => key).sort()

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
      const answer = await put(`${id}/${n}`, chunk)
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
    expect((await put(`${fileIn(idOf(followUp), 9)}/0`)).status).toBe(204)
  })

  test('sent again, the same or another, is answered alike and changes nothing', async () => {
    const [first, second] = [randomBytes(SMALL), randomBytes(SMALL)]
    const answers = [await put(`${id}/0`, first), await put(`${id}/0`, first)]
    answers.push(await put(`${id}/0`, second), await put(`${id}/0`, chunkOf(USUAL)))
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204])
    expect(await storedBytes(`files/${id}/0`)).toEqual(first)
  })

  test('R28: sent 20 times at once is one object', async () => {
    const chunk = randomBytes(SMALL)
    const answers = await Promise.all(Array.from({ length: 20 }, () => put(`${id}/0`, chunk)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(await stored()).toEqual([`files/${id}/0`])
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
    await put(`${id}/0`, chunkOf(USUAL), { FILES: spied }, length)
    await put(`${id}/1`, new Blob([chunkOf(SMALL), chunkOf(USUAL - SMALL)]).stream(), {
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
    const answer = await put(`${id}/0`, chunkOf(SMALL), {}, { origin: 'null' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  })
})

describe('a chunk is refused, and nothing is kept,', () => {
  test('when no report or follow-up with this id was sent', async () => {
    await expectRefusal(await put(`${fileIn(noise(16))}/0`), 404, 'not_found')
    expect(await stored()).toEqual([])
  })

  test('when its length is none of the two', async () => {
    for (const length of [0, 1, SMALL - 1, SMALL + 1, USUAL - 1])
      await expectRefusal(await put(`${id}/0`, chunkOf(length)), 400, 'malformed')
    await expectRefusal(await put(`${id}/0`, chunkOf(USUAL + 1)), 413, 'too_large')
    expect(await stored()).toEqual([])
  })

  test('when it does not end', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(8192))
      },
    })
    await expectRefusal(await put(`${id}/0`, endless), 413, 'too_large')
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
      await expectRefusal(await put(address), 400, 'malformed')
    await expectRefusal(await put(`${id}/320`, chunkOf(USUAL)), 400, 'malformed')
    expect(await stored()).toEqual([])
  })

  test('when it is of another type, or the method is none', async () => {
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x', ''])
      await expectRefusal(
        await put(`${id}/0`, chunkOf(SMALL), {}, { 'content-type': type }),
        415,
        'wrong_content_type',
      )
    for (const method of ['POST', 'DELETE'])
      await expectRefusal(await ask(`/api/files/${id}/0`, { method }), 405, 'method_not_allowed')
    expect(await stored()).toEqual([])
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
    expect((await put(`${fileIn(noise(16))}/0`, chunkOf(SMALL), { DB: thrower })).status).toBe(204)
    expect(await stored()).toHaveLength(1)
  })

  test('and the storage is gone, the page is told to try again', async () => {
    await expectRefusal(
      await put(`${id}/0`, chunkOf(SMALL), { FILES: thrower }),
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
    const answer = await put(`${id}/0`, chunkOf(SMALL), { CHUNK_PACE: { limit } })
    expect(answer.headers.get('retry-after')).toBe('10')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    await expectRefusal(answer, 429, 'unavailable')
    await put(`${id}/0`, chunkOf(SMALL), { CHUNK_PACE: { limit } }, { 'cf-connecting-ip': '::1' })
    expect(keys).toEqual([{ key: 'everybody' }, { key: 'everybody' }])
    expect(await stored()).toEqual([])
    const broken = { CHUNK_PACE: thrower, REPORT_PACE: thrower }
    expect((await put(`${id}/0`, chunkOf(SMALL), broken)).status).toBe(204)
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
    await put(`${fileIn(noise(16))}/0`, chunkOf(SMALL), changes)
    await put(`${id}/0`, new Uint8Array(0), changes)
    await put(`${id}/320`, chunkOf(USUAL), changes)
    expect(counted).toEqual([])
    const statuses: number[] = []
    for (let n = 0; n < 4; n++)
      statuses.push((await put(`${id}/${n}`, chunkOf(SMALL), changes)).status)
    expect(statuses).toEqual([204, 204, 429, 429])
    expect(counted.filter((key) => key === 'everybody')).toHaveLength(2)
    const other = await sealed(org)
    await submit(other)
    expect((await put(`${fileIn(idOf(other))}/0`, chunkOf(SMALL), changes)).status).toBe(204)
  })
})

describe('staff', () => {
  let staff: Person
  beforeEach(async () => {
    staff = await person('intake')
  })
  const get = (path: string) => asStaff(path, 'GET', undefined, staff.cookie)

  test('see which chunks have arrived, and read them; nobody else does', async () => {
    const chunk = randomBytes(SMALL)
    for (const n of [0, 2, 10]) await put(`${id}/${n}`, chunk)
    await put(`${fileIn(report, 1)}/7`)
    const { arrived } = await (await get(`files/${id}`)).json<{ arrived: number[] }>()
    expect(arrived.sort((a, b) => a - b)).toEqual([0, 2, 10])
    const answer = await get(`files/${id}/2`)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(chunk)
    await expectRefusal(await get(`files/${id}/1`), 404, 'not_found')
    await expectRefusal(await get(`files/${id}/x`), 400, 'malformed')
    await expectRefusal(await get('files/x'), 400, 'malformed')
    await expectRefusal(await ask(`/api/files/${id}/2`), 404, 'not_found')
  })

  test('see every chunk of a file with more of them than one list holds', async () => {
    await Promise.all(
      Array.from({ length: 1001 }, (_, n) => env.FILES.put(`files/${id}/${n}`, 'x')),
    )
    const { arrived } = await (await get(`files/${id}`)).json<{ arrived: number[] }>()
    expect(new Set(arrived).size).toBe(1001)
  })

  test('send a file that the person fetches without a name, by its id alone', async () => {
    const person = await reporter()
    const envelope = await sealed(org, person.hashes)
    await submit(envelope)
    const content = randomBytes(9000)
    const file: FileStream = {
      ...{ id: fileId(randomBytes(16), 3), key: randomBytes(32), size: 9000, chunk: 8192 },
    }
    const fileB64 = toB64(file.id)
    for (let n = 0; n < paddedChunks(file.size, file.chunk); n++) {
      const chunk = await sealChunk(file, n, content.slice(n * 8192, (n + 1) * 8192))
      const path = `reports/${idOf(envelope)}/files/${fileB64}/${n}`
      expect((await asStaff(path, 'PUT', chunk, staff.cookie)).status).toBe(204)
    }
    const second = await ask(`/api/files/${fileB64}/1`, { headers: { origin: 'null' } })
    expect(second.status).toBe(200)
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(second.headers.get('access-control-allow-origin')).toBe('*')
    const opened = await openChunk(file, 1, new Uint8Array(await second.arrayBuffer()))
    expect(opened).toEqual(content.slice(8192))
    expect(await stored()).toEqual([`answers/${fileB64}/0`, `answers/${fileB64}/1`])
    await expectRefusal(await ask(`/api/files/${fileB64}/2`), 404, 'not_found')

    await ask('/api/inbox/destroy', octets(destroyBody(person.keys)))
    const late = await asStaff(
      `reports/${idOf(envelope)}/files/${fileIn(noise(16))}/0`,
      'PUT',
      randomBytes(SMALL),
      staff.cookie,
    )
    await expectRefusal(late, 409, 'no_return_number')
  })

  test('cannot send one to a report that is not there, of a wrong length or to a wrong place', async () => {
    const send = (path: string, chunk: Bytes) => asStaff(path, 'PUT', chunk, staff.cookie)
    const small = randomBytes(SMALL)
    await expectRefusal(await send(`reports/${noise(16)}/files/${id}/0`, small), 404, 'not_found')
    for (const [path, chunk] of [
      [`reports/${report}/files/${id}/0`, randomBytes(100)],
      [`reports/${report}/files/${id}/2560`, small],
      [`reports/${report}/files/${id}/320`, chunkOf(USUAL)],
      [`reports/${report}/files/${noise(16)}/0`, small],
      [`reports/x/files/${id}/0`, small],
    ] as const)
      await expectRefusal(await send(path, chunk), 400, 'malformed')
    await expectRefusal(
      await asStaff(`reports/${report}/files/${id}/0`, 'PUT', { json: true }, staff.cookie),
      415,
      'wrong_content_type',
    )
    expect(await stored()).toEqual([])
  })
})
