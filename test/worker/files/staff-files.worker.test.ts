import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { openChunk } from '#protocol/file/open-chunk'
import { KIND } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { fileId, paddedChunks, sealChunk, type FileStream } from '#protocol/file/seal-chunk'
import { chunkOf, fileIn, freshReport, putChunk, SMALL, USUAL } from '../support/chunks.ts'
import {
  ask,
  db,
  expectRefusal,
  idOf,
  octets,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { keysIn } from '../support/failing.ts'
import { asStaff, getAs, noise, person, type Person } from '../support/staff.ts'

let org: Organisation
let report: string
let id: string
beforeEach(async () => {
  ;({ org, report, id } = await freshReport())
})

describe('files for staff', () => {
  let staff: Person
  beforeEach(async () => {
    staff = await person('intake')
  })
  const get = (path: string) => getAs(staff, path)

  test('Staff list and read arrived chunks of a file, and strangers read no chunk', async () => {
    const chunk = randomBytes(SMALL)
    for (const n of [0, 2, 10]) await putChunk(`${id}/${n}`, chunk)
    await putChunk(`${fileIn(report, 1)}/7`)
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

  test('Staff see every chunk of a file with more chunks than one list of R2 holds', async () => {
    await Promise.all(
      Array.from({ length: 1001 }, (_, n) => env.FILES.put(`files/${id}/${n}`, 'x')),
    )
    const { arrived } = await (await get(`files/${id}`)).json<{ arrived: number[] }>()
    expect(new Set(arrived).size).toBe(1001)
  })

  test('A file of staff can be fetched by its id until the number is destroyed', async () => {
    const person = await reporter()
    const envelope = await sealed(org, person.hashes)
    await submit(envelope)
    const content = randomBytes(9000)
    const file: FileStream = {
      id: fileId(randomBytes(16), 3),
      key: randomBytes(32),
      size: 9000,
      chunk: 8192,
    }
    const fileB64 = toB64(file.id)
    for (let n = 0; n < paddedChunks(file.size, file.chunk); n++) {
      const chunk = await sealChunk(file, n, content.slice(n * 8192, (n + 1) * 8192))
      const path = `reports/${await idOf(envelope)}/files/${fileB64}/${n}`
      expect((await asStaff(path, 'PUT', chunk, staff.cookie)).status).toBe(204)
    }
    const second = await ask(`/api/files/${fileB64}/1`, { headers: { origin: 'null' } })
    expect(second.status).toBe(200)
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(second.headers.get('access-control-allow-origin')).toBe('*')
    const opened = await openChunk(file, 1, new Uint8Array(await second.arrayBuffer()))
    expect(opened).toEqual(content.slice(8192))
    expect(await keysIn('')).toEqual([`answers/${fileB64}/0`, `answers/${fileB64}/1`])
    await expectRefusal(await ask(`/api/files/${fileB64}/2`), 404, 'not_found')

    await ask('/api/inbox/destroy', octets(destroyBody(person.keys)))
    const late = await asStaff(
      `reports/${await idOf(envelope)}/files/${fileIn(noise(16))}/0`,
      'PUT',
      randomBytes(SMALL),
      staff.cookie,
    )
    await expectRefusal(late, 409, 'no_return_number')
  })

  test('A file of staff to an unknown report or of a wrong length is refused', async () => {
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
    expect(await keysIn('')).toEqual([])
  })
})

describe('files for a caseworker', () => {
  let caseworker: Person
  beforeEach(async () => {
    caseworker = await person('caseworker')
  })
  const assign = (to: Person | null) =>
    db
      .prepare('UPDATE reports SET assignee = ? WHERE id = ?')
      .bind(to && fromB64(to.id), fromB64(report))
      .run()
  const send = (chunk: Bytes) =>
    asStaff(`reports/${report}/files/${fileIn(noise(16))}/0`, 'PUT', chunk, caseworker.cookie)

  test('R21: A caseworker reads files of their own case until it is taken away', async () => {
    await putChunk(`${id}/0`)
    for (const to of [null, await person('caseworker'), caseworker, null]) {
      await assign(to)
      const answers = [
        await getAs(caseworker, `files/${id}`),
        await getAs(caseworker, `files/${id}/0`),
        await send(randomBytes(SMALL)),
      ]
      if (to === caseworker) expect(answers.map(({ status }) => status)).toEqual([200, 200, 204])
      else for (const answer of answers) await expectRefusal(answer, 404, 'not_found')
    }
  })

  test('R21: A caseworker reads files of follow-ups and of absorbed cases', async () => {
    const by = await reporter()
    const first = await sealed(org, by.hashes)
    await submit(first)
    const followUp = await sealed(org, { ...by.hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(by.keys.write) })
    const files = [fileIn(await idOf(first)), fileIn(await idOf(followUp))]
    for (const file of files) await putChunk(`${file}/0`)
    await assign(caseworker)
    for (const file of files)
      await expectRefusal(await getAs(caseworker, `files/${file}/0`), 404, 'not_found')
    await db
      .prepare('UPDATE reports SET merged_into = ? WHERE id = ?')
      .bind(fromB64(report), fromB64(await idOf(first)))
      .run()
    for (const file of files) expect((await getAs(caseworker, `files/${file}/0`)).status).toBe(200)
  })

  test('A file that no stored letter names is not shown, and not noted as asked for', async () => {
    const waiting = fileIn(noise(16))
    await env.FILES.put(`files/${waiting}/0`, randomBytes(SMALL))
    await assign(caseworker)
    await expectRefusal(await getAs(caseworker, `files/${waiting}`), 404, 'not_found')
    expect(await rowsIn('claimed_files')).toBe(0)
    await expectRefusal(await getAs(await person('admin'), `files/${id}`), 403, 'not_allowed')
  })
})
