import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { openReply } from '#protocol/report/reply'
import { MAX_FILES } from '#protocol/limits'
import { openChunk } from '#protocol/file/open-chunk'
import { type SealedFile } from '#protocol/report/plain-report'
import { NewReply } from '#protocol/staff/case-log/bodies'
import { fileId, paddedChunks, sealChunk } from '#protocol/file/seal-chunk'
import { kindOf, savedName, shownAs } from '#site/staff/case/screen/files/file-kind.ts'
import { withRetries } from '#site/staff/api/with-retries.ts'
import { hashDigits, openFile } from '#site/staff/case/screen/files/open-file.ts'
import { entryOf, sendFile } from '#site/staff/case/write/send-file.ts'
import { replyBytesLeft, sendReply } from '#site/staff/case/write/send-reply.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { Refusal } from '#protocol/errors'
import { openedWith, staffed, tell, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})

/** The chunks that the edge stores, keyed by address. */
let held: Map<string, Bytes>
let asked: string[]
let answers: NewReply[]
beforeEach(() => {
  held = new Map()
  asked = []
  answers = []
  vi.stubGlobal('fetch', (path: string, { method, body, signal }: RequestInit) => {
    signal?.throwIfAborted()
    asked.push(`${method ?? ''} ${path}`)
    return Promise.resolve(edge(path, method ?? 'GET', body))
  })
})
afterEach(() => vi.unstubAllGlobals())

function edge(path: string, method: string, body: unknown): Response {
  if (path.endsWith('/head')) return Response.json({ head: toB64(new Uint8Array(32)) })
  if (method === 'POST') {
    answers.push(NewReply.parse(JSON.parse(body as string)))
    return Response.json({}, { status: 201 })
  }
  if (method === 'PUT') {
    held.set(path.replace(/^.*\/files\//, ''), (body as Bytes).slice())
    return new Response(null, { status: 204 })
  }
  const chunk = held.get(path.replace(/^.*\/files\//, ''))
  return chunk
    ? new Response(chunk)
    : Response.json({ error: { code: 'not_found' } }, { status: 404 })
}

const never = new AbortController().signal
const ID = toB64(fileId(randomBytes(16), 0))

/** Seals a file as a reporter's device does, and stores its chunks at the edge. */
async function sent(content: Bytes, changes: Partial<SealedFile> = {}): Promise<SealedFile> {
  const file: SealedFile = {
    key: toB64(randomBytes(32)),
    size: content.length,
    hash: toB64(await sha256(content)),
    type: 'image/jpeg',
    chunk: 8192,
    made: 'as_is',
    ...changes,
  }
  const stream = { ...file, id: fromB64(ID), key: fromB64(file.key) }
  for (let n = 0; n < paddedChunks(file.size, file.chunk); n++)
    held.set(
      `${ID}/${n}`,
      await sealChunk(stream, n, content.slice(n * file.chunk, (n + 1) * file.chunk)),
    )
  return file
}

describe('a file of a report', () => {
  test.each([0, 1, 8192, 60_000])('A file of %d bytes opens with its SHA-256', async (size) => {
    const content = randomBytes(size)
    const file = await sent(content)
    const steps: number[] = []
    const opened = await openFile(ID, file, (chunks) => steps.push(chunks), never)
    expect(opened).toMatchObject({ content, fits: true })
    expect(hashDigits(opened.hash)).toMatch(/^[\da-f]{64}$/)
    expect(steps).toEqual(Array.from({ length: Math.ceil(size / 8192) }, (_, n) => n + 1))
  })

  test('A file without padding opens, and a file with missing content does not', async () => {
    const file = await sent(new Uint8Array(8 * 8192 + 1).fill(9))
    expect(paddedChunks(file.size, 8192)).toBe(10)
    held.delete(`${ID}/9`)
    expect((await openFile(ID, file, () => undefined, never)).fits).toBe(true)
    held.delete(`${ID}/8`)
    await expect(openFile(ID, file, () => undefined, never)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('A file with another hash than its report names is marked as different', async () => {
    const file = await sent(randomBytes(100), { hash: toB64(randomBytes(32)) })
    expect((await openFile(ID, file, () => undefined, never)).fits).toBe(false)
  })

  test('A file with an exchanged chunk does not open', async () => {
    const file = await sent(randomBytes(3 * 8192))
    held.set(`${ID}/1`, held.get(`${ID}/0`) ?? new Uint8Array(0))
    await expect(openFile(ID, file, () => undefined, never)).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })

  test('Opening a file stops on request and fetches no more chunks', async () => {
    const file = await sent(randomBytes(60_000))
    const stop = new AbortController()
    await expect(openFile(ID, file, () => stop.abort(), stop.signal)).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(asked.length).toBeLessThan(8)
  })
})

describe('a failing chunk', () => {
  const failing = (times: number, code: 'network' | 'not_found') => {
    let left = times
    return () => (left-- > 0 ? Promise.reject(new Refusal(code)) : Promise.resolve('there'))
  }
  test('A failing chunk is tried four times, and a final refusal is thrown at once', async () => {
    expect(await withRetries(failing(3, 'network'), never, 0)).toBe('there')
    await expect(withRetries(failing(4, 'network'), never, 0)).rejects.toMatchObject({
      code: 'network',
    })
    await expect(withRetries(failing(1, 'not_found'), never, 0)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('the kind of a file', () => {
  test('A file is known by its type, and only pictures, sound, films and PDFs are shown', () => {
    expect(shownAs('audio/webm;codecs=opus')).toEqual({ kind: 'sound', type: 'audio/webm' })
    expect(shownAs('video/mp4')).toEqual({ kind: 'film', type: 'video/mp4' })
    expect(shownAs('IMAGE/JPEG')).toEqual({ kind: 'picture', type: 'image/jpeg' })
    const pdf = 'application/pdf'
    expect(shownAs(`${pdf}; charset=binary`)).toEqual({ kind: 'document', type: pdf })
    expect(savedName(ID, pdf)).toMatch(/\.pdf$/)
    for (const type of [
      ...['image/svg+xml', 'text/html', 'application/xml', 'video/3gpp', 'image/gif', ''],
      ...['constructor', '__proto__', 'toString', 'image/jpeg<script>'],
    ])
      expect(shownAs(type), type).toBeNull()
    expect(['image/svg+xml', 'audio/x', 'video/y', 'application/pdf', 'x'].map(kindOf)).toEqual([
      ...['picture', 'sound', 'film', 'document', 'other'],
    ])
  })

  test('A file is saved under a name of the app that starts no program', () => {
    expect(savedName('_a-bcdEF', 'image/png')).toBe('oasis-xaxbcd-EF.png')
    for (const type of ['application/x-msdownload', 'text/html', 'image/svg+xml', '../../x', ''])
      expect(savedName(ID, type)).toMatch(/^oasis-\w{6}-[\w-]{2}\.bin$/)
  })
})

describe('a file with a reply', () => {
  const chosen = (content: Bytes, name = 'баракча.pdf') =>
    new File([content], name, { type: 'application/pdf' })

  test('A reply lists a file that staff sent sealed, and the file opens by its entry', async () => {
    const reported = await tell(staff, { text: 'сөз' })
    const loaded = await openAll(staff, openedWith(reported))
    const content = randomBytes(65_000)
    let steps = 0
    const entry = await sendFile(loaded.item.id, 2, chosen(content), () => steps++, never)
    expect(steps).toBe(1)
    await sendReply(staff, loaded, 'Мына', [entry])

    const { down } = reported.receipt
    const sealed = fromB64(answers[0]?.sealed ?? '')
    const answer = await openReply(down, reported.ownerHash, 0, sealed)
    const [listed] = answer?.files ?? []
    if (!listed) throw new Error('no file in the answer')
    expect(listed).toMatchObject({ name: 'баракча.pdf', size: 65_000, made: 'as_is' })
    expect([...held.keys()]).toEqual([`${listed.id}/0`])
    expect(asked[0]).toBe(`PUT /api/staff/reports/${loaded.item.id}/files/${listed.id}/0`)
    const stream = { ...listed, id: fromB64(listed.id), key: fromB64(listed.key) }
    const opened = await openChunk(stream, 0, held.get(`${listed.id}/0`) ?? new Uint8Array(0))
    expect(opened).toEqual(content)
  })

  test('The entry of a file has its estimated length, and ten entries leave room for words', () => {
    const file = chosen(new Uint8Array(5), 'а'.repeat(200))
    const reckoned = entryOf(file)
    const real = entryOf(file, {
      id: fileId(randomBytes(16), 9),
      key: randomBytes(32),
      hash: randomBytes(32),
    })
    expect(JSON.stringify(real)).toHaveLength(JSON.stringify(reckoned).length)
    const ten = Array<typeof reckoned>(MAX_FILES).fill(reckoned)
    expect(replyBytesLeft('', ten)).toBeGreaterThan(500)
  })

  test('A file of a reply that is empty or above 20 MiB is refused and not sent', async () => {
    const large = { ...chosen(new Uint8Array(1)), size: 20 * 1024 * 1024 + 1 } as File
    for (const [file, code] of [
      [chosen(new Uint8Array(0)), 'file_empty'],
      [large, 'file_too_large'],
    ] as const)
      await expect(sendFile('x', 0, file, () => undefined, never)).rejects.toMatchObject({ code })
    expect(asked).toEqual([])
  })
})
