import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import { concat, fromB64, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { MAX_FORM_FILE_BYTES } from '#protocol/limits'
import { openChunk } from '#protocol/file/open-chunk'
import type { SealedFile } from '#protocol/report/plain-report'
import { fileId, paddedChunks } from '#protocol/file/seal-chunk'
import { ask, freshEdge, idOf, rowsIn, type Organisation } from '../support/edge.ts'
import { bytesFrom } from '#worker/store/database'
import { bytesUpTo } from '#worker/http/body'
import { readMultipart } from '#worker/http/multipart'
import { goneBucket, hangingBucket } from '../support/failing.ts'
import { openedReport } from '../support/opened-report.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const CANARY = 'KANARA-kept-in-the-picture'

/** Makes bytes that are not UTF-8, with line breaks, dashes and a word to search for. */
function picture(size: number): Bytes {
  const bytes = new Uint8Array(size).map((_, at) => (at * 31 + (at >> 8)) & 255)
  const [canary, trap] = [utf8(CANARY), utf8('\r\n--\r\n\r\n')]
  if (size > 200) bytes.set(canary, 100)
  if (size > 300) bytes.set(trap, 200)
  return bytes
}

interface Sent {
  content?: Bytes
  name?: string
  type?: string
  text?: string
}

function form({ content, name = 'сүрөт "1".jpg', type = 'image/jpeg', text = 'сөздөр' }: Sent) {
  const body = new FormData()
  body.set('text', text)
  if (content) body.set('file', new File([content], name, { type }))
  return body
}

const post = (body: BodyInit, changes = {}, type = ''): Promise<Response> =>
  ask(
    '/api/form/ky',
    { method: 'POST', body, ...(type && { headers: { 'content-type': type } }) },
    changes,
  )

const stored = async () => (await env.FILES.list()).objects.map(({ key }) => key)

async function openedFile(listed: SealedFile): Promise<Bytes> {
  const row = await env.DB.prepare('SELECT envelope FROM reports').first<{ envelope: unknown }>()
  const id = fileId(fromB64(await idOf(bytesFrom(row?.envelope))), 0)
  const stream = { ...listed, id, key: fromB64(listed.key) }
  const chunks: Bytes[] = []
  for (let n = 0; n < paddedChunks(listed.size, listed.chunk); n++) {
    const sealed = await env.FILES.get(`files/${toB64(id)}/${n}`)
    chunks.push(await openChunk(stream, n, new Uint8Array((await sealed?.arrayBuffer()) ?? [])))
  }
  return concat(...chunks)
}

describe('a file in the form', () => {
  test.each([1, 65_536, 150_000, MAX_FORM_FILE_BYTES])(
    'A file of %d bytes is sealed, listed in the report and opens to the same bytes',
    async (size) => {
      const content = picture(size)
      const answer = await post(form({ content }))
      expect([answer.status, await answer.text()]).toEqual([
        201,
        expect.not.stringContaining('no file'),
      ])
      const { files: [listed] = [], text } = await openedReport(org)
      expect(text).toBe('сөздөр')
      expect(listed).toMatchObject({
        size,
        type: 'image/jpeg',
        name: 'сүрөт "1".jpg',
        chunk: 65_536,
        made: 'as_is',
        hash: toB64(await sha256(content)),
      })
      if (!listed) throw new Error('no file listed')
      expect(await stored()).toHaveLength(paddedChunks(size, 65_536))
      expect(await sha256(await openedFile(listed))).toEqual(await sha256(content))
    },
  )

  test('A file above the rate limit is lost, its form is stored, and the page warns', async () => {
    const limiter = { limit: () => Promise.resolve({ success: false }) }
    const answer = await post(form({ content: picture(150_000) }), { CHUNK_PACE: limiter })
    expect([answer.status, await answer.text()]).toEqual([201, expect.stringContaining('no file')])
    expect([await rowsIn('reports'), await stored()]).toEqual([1, []])
  })

  test('R7: The file and the words of a form are sealed before they reach any store', async () => {
    const seen: unknown[] = []
    const spy = <Target extends object>(target: Target): Target =>
      new Proxy(target, {
        get(inner, name) {
          const value: unknown = Reflect.get(inner, name)
          if (typeof value !== 'function') return value
          return (...given: unknown[]): unknown => {
            seen.push(...given)
            const result: unknown = Reflect.apply(value, inner, given)
            return name === 'prepare' || name === 'bind' ? spy(result as object) : result
          }
        },
      })
    const batched = new Proxy(env.DB, {
      get: (target, name) => {
        if (name === 'prepare') return (query: string) => recorded(target.prepare(query))
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
    const recorded = (statement: D1PreparedStatement): D1PreparedStatement =>
      new Proxy(statement, {
        get: (inner, part: keyof D1PreparedStatement) =>
          part === 'bind'
            ? (...values: unknown[]) => (seen.push(...values), inner.bind(...values))
            : inner[part].bind(inner),
      })
    const content = picture(100_000)
    const body = form({ content, name: `${CANARY}.jpg`, text: `${CANARY} words` })
    expect((await post(body, { DB: batched, FILES: spy(env.FILES) })).status).toBe(201)
    const sealedChunks = seen.filter(
      (value) => value instanceof Uint8Array && value.length > 65_536,
    )
    expect(sealedChunks).toHaveLength(2)
    const text = seen
      .map((value) =>
        value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : String(value),
      )
      .join('\n')
    expect(text).not.toContain(CANARY)
    expect((await openedReport(org)).text).toContain(CANARY)
  })

  test('A form without a chosen file lists no file', async () => {
    const boundary =
      '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nсөз\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\n' +
      'Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n'
    const answer = await post(boundary, {}, 'multipart/form-data; boundary=b')
    expect(answer.status).toBe(201)
    expect((await openedReport(org)).files).toBeUndefined()
    expect(await stored()).toEqual([])
  })

  test.each([
    ['refuses', goneBucket],
    ['never responds for', hangingBucket],
  ])(
    'A form whose file R2 %s is stored and gets a number, and the page names the lost file',
    async (_how, FILES) => {
      const answer = await post(form({ content: picture(70_000) }), { FILES })
      const page = await answer.text()
      expect(answer.status).toBe(201)
      expect(page).toContain('no file')
      expect(page).toMatch(/\d{4} \d{4} \d{4}/)
      expect((await openedReport(org)).text).toBe('сөздөр')
    },
  )
})

describe('a refused file', () => {
  const backWith = async (answer: Response, status: number, code: keyof typeof kyErrors) => {
    const page = await answer.text()
    expect(answer.status).toBe(status)
    expect(page).toContain(kyErrors[code])
    expect(page).toContain('name="text">\nсөздөр</textarea>')
    expect([await rowsIn('reports'), await stored()]).toEqual([0, []])
  }

  test('An empty file is refused, the page returns the words and nothing is stored', async () => {
    await backWith(await post(form({ content: picture(0) })), 400, 'error.file_empty')
  })

  test.each([1, 600_000, 20_000_000])(
    'A file %d bytes too large is refused, the page returns the words and nothing is stored',
    async (more) => {
      const content = picture(MAX_FORM_FILE_BYTES + more)
      await backWith(await post(form({ content })), 413, 'error.file_too_large')
    },
  )

  test('A cut file is refused, the page returns the words and nothing is stored', async () => {
    const body =
      '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nсөздөр\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf'
    await backWith(
      await post(body, {}, 'multipart/form-data; boundary=b'),
      400,
      'error.text_broken',
    )
  })

  test('A second or unknown file field is refused, and the page returns the words', async () => {
    const other = form({})
    other.set('picture', new File(['x'], 'x'))
    await backWith(await post(other), 400, 'error.text_broken')
    const two = form({ content: picture(10) })
    two.append('file', new File(['x'], 'x'))
    await backWith(await post(two), 400, 'error.text_broken')
  })

  test('A form with a file and no words is refused for the missing words', async () => {
    const answer = await post(form({ content: picture(10), text: ' ' }))
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining(kyErrors['error.text_empty']),
    ])
    expect(await stored()).toEqual([])
  })
})

test('A body that is not multipart is refused with 400 and nothing is stored', async () => {
  for (const [body, type] of [
    ['', 'multipart/form-data; boundary=b'],
    ['text=word', 'multipart/form-data'],
    ['--b', 'multipart/form-data; boundary=b'],
    ['--b\r\n\r\n', 'multipart/form-data; boundary="b"'],
    [
      '--bb\r\nContent-Disposition: form-data; name="text"\r\n\r\nword\r\n--bb--',
      'multipart/form-data; boundary=b',
    ],
  ] as const)
    expect((await post(body, {}, type)).status, body).toBe(400)
  expect(await rowsIn('reports')).toBe(0)
})

describe('multipart bodies', () => {
  test('A body takes as much memory as its bytes, not as much as the limit', async () => {
    const kept: number[] = []
    const pieces = new ReadableStream<Uint8Array>({
      pull(controller) {
        kept.push(0)
        if (kept.length > 3) controller.close()
        else controller.enqueue(new Uint8Array(1))
      },
    })
    const request = new Request('https://oasis.example/', { method: 'POST', body: pieces })
    const { bytes, whole } = await bytesUpTo(request, MAX_FORM_FILE_BYTES)
    expect([bytes.length, whole, bytes.buffer.byteLength <= 8]).toEqual([3, true, true])
  })

  test.each(['\r', '-', 'b'])(
    'A body of nothing but %j is searched without a call for each byte',
    (byte) => {
      const body = utf8(`--b\r\n\r\n${byte.repeat(100_000)}`)
      const calls = vi.spyOn(Uint8Array.prototype, 'indexOf')
      const { parts, whole } = readMultipart(body, 'multipart/form-data; boundary=b', 3)
      expect([parts.length, whole, calls.mock.calls.length < 10]).toEqual([1, false, true])
      calls.mockRestore()
    },
  )
})
