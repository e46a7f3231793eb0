import { beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { MAX_ENVELOPE_BYTES, MAX_FOLLOW_UPS } from '#protocol/limits'
import { organisation } from '#test/protocol/support/organisation.ts'
import {
  addEpoch,
  ask,
  db,
  expectRefusal,
  freshEdge,
  octets,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { countedCalls } from '../support/counted-calls.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('a sealed report', () => {
  test('A sealed report is stored with its day, and the response has no fields', async () => {
    await submit(await sealed(org, { danger: true, kind: KIND.helpForMe }))
    const [report] = await storedReports()
    expect(report).toMatchObject({
      kind: 2,
      danger: 1,
      grade: 0,
      status: 'new',
      sealed_by: 'device',
      follow_ups: 0,
      received_day: new Date().toISOString().slice(0, 10),
    })
  })

  test('R28: A report that is sent 20 times at once is stored as one record', async () => {
    const envelope = await sealed(org)
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const answer = await ask('/api/reports', octets(envelope))
        return `${answer.status} ${await answer.text()}`
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['201 {}']))
    expect(await rowsIn('reports')).toBe(1)
  })

  test('A damaged copy that arrives first does not prevent storing the report', async () => {
    const report = await sealed(org)
    const copy = report.slice()
    copy.set([copy.at(-1)! ^ 1], copy.length - 1)
    await submit(copy)
    await submit(report)
    expect(await rowsIn('reports')).toBe(2)
  })

  test('A stranger who names the receipt of another report does not take the receipt', async () => {
    const own = await reporter()
    const stranger = await sealed(org, { ...own.hashes, writeHash: randomBytes(32) })
    await submit(stranger)
    await submit(await sealed(org, own.hashes))
    const followUp = await sealed(org, { ...own.hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(own.keys.write) })
    expect((await storedReports()).map(({ follow_ups }) => follow_ups).sort()).toEqual([0, 1])
    expect(await rowsIn('follow_ups')).toBe(1)
  })

  test('A report with a proof of work gets its grade, and with a wrong proof grade 0', async () => {
    const envelope = await sealed(org)
    await submit(envelope, proofOf(envelope))
    expect((await storedReports()).map(({ grade }) => grade)).toEqual([1])
    for (const proof of ['4294967296', 'x', '-1', '']) {
      await submit(await sealed(org), { 'oasis-proof': proof })
    }
    expect((await storedReports()).map(({ grade }) => grade).sort()).toEqual([0, 0, 0, 0, 1])
  })

  test('A report from a saved page (origin null) is accepted without credentials', async () => {
    const preflight = await ask('/api/reports', {
      method: 'OPTIONS',
      headers: { origin: 'null', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'content-type, oasis-header, oasis-proof, oasis-write',
    )
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const answer = await ask('/api/reports', octets(await sealed(org), { origin: 'null' }))
    expect(answer.status).toBe(201)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const refused = await ask('/api/reports', octets(new Uint8Array(1), { origin: 'null' }))
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('a damaged report', () => {
  test.each([
    ['another length', 'envelope_length', 400, (bytes: Uint8Array) => bytes.slice(1)],
    ['another version', 'envelope_version', 400, (bytes: Uint8Array) => bytes.fill(2, 0, 1)],
    ['an unknown kind', 'envelope_kind', 400, (bytes: Uint8Array) => bytes.fill(9, 1, 2)],
    ['a wrong danger byte', 'envelope_malformed', 400, (bytes: Uint8Array) => bytes.fill(2, 2, 3)],
    ['another suite', 'envelope_suite', 400, (bytes: Uint8Array) => bytes.fill(3, 3, 4)],
    ['an unknown epoch', 'epoch_unknown', 409, (bytes: Uint8Array) => bytes.fill(9, 4, 8)],
    ['no commitment', 'envelope_malformed', 400, (bytes: Uint8Array) => bytes.fill(0, 24, 56)],
    ['another key', 'key_unknown', 409, (bytes: Uint8Array) => bytes.fill(7, -121, -113)],
    ['no bytes', 'envelope_length', 400, () => new Uint8Array(0)],
  ] as const)(
    'A report with %s is refused with %s and nothing is stored',
    async (_what, code, status, damage) => {
      const damaged = new Uint8Array(damage(await sealed(org)))
      await expectRefusal(await ask('/api/reports', octets(damaged)), status, code)
      expect(await rowsIn('reports')).toBe(0)
    },
  )

  test('A report above the limit gets too_large, and reading stops at the limit', async () => {
    const large = new Uint8Array(MAX_ENVELOPE_BYTES + 1)
    await expectRefusal(await ask('/api/reports', octets(large)), 413, 'too_large')

    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(8192))
      },
    })
    const answer = await ask('/api/reports', {
      method: 'POST',
      body: endless,
      headers: { 'content-type': 'application/octet-stream' },
    })
    await expectRefusal(answer, 413, 'too_large')
    expect(pulled).toBeLessThan(8)
    expect(await rowsIn('reports')).toBe(0)
  })

  test('A report of another content type is refused with wrong_content_type', async () => {
    const body = await sealed(org)
    for (const type of ['text/plain', 'application/json', '']) {
      const answer = await ask('/api/reports', octets(body, { 'content-type': type }))
      await expectRefusal(answer, 415, 'wrong_content_type')
    }
    expect(await rowsIn('reports')).toBe(0)
  })

  test('A report of a retired or long past epoch is refused with epoch_retired', async () => {
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await expectRefusal(await ask('/api/reports', octets(await sealed(org))), 409, 'epoch_retired')
    const old = await organisation(Date.now() - 200 * 86_400_000, { epoch: 2 })
    await addEpoch(old)
    await expectRefusal(await ask('/api/reports', octets(await sealed(old))), 409, 'epoch_retired')
    expect(await rowsIn('reports')).toBe(0)
  })
})

describe('a follow-up', () => {
  test('A follow-up with the write token joins its thread and may set danger', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    await db.prepare("UPDATE reports SET status = 'closed'").run()
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp, danger: true })
    const token = { 'oasis-write': toB64(keys.write) }
    await submit(followUp, token)
    await submit(followUp, token)
    expect(await storedReports()).toMatchObject([{ status: 'new', follow_ups: 1, danger: 1 }])
    expect(await rowsIn('follow_ups')).toBe(1)
  })

  test('A follow-up with a wrong, broken or missing token is a report of grade 0', async () => {
    const { hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const headers = [{ 'oasis-write': toB64(randomBytes(32)) }, { 'oasis-write': '***' }, {}]
    for (const header of headers) {
      await submit(await sealed(org, { ...hashes, kind: KIND.followUp }), header)
    }
    const stored = await storedReports()
    expect(stored.map(({ kind, grade, follow_ups }) => [kind, grade, follow_ups])).toEqual([
      [1, 0, 0],
      [4, 0, 0],
      [4, 0, 0],
      [4, 0, 0],
    ])
    expect(await rowsIn('follow_ups')).toBe(0)
  })

  test('A follow-up reopens one report, even if many reports share its hashes', async () => {
    const own = await reporter()
    await submit(await sealed(org, own.hashes))
    await db
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, header_id,
          owner_hash, write_hash, envelope)
        SELECT randomblob(16), kind, danger, epoch, grade, sealed_by, received_day, header_id,
          owner_hash, write_hash, envelope FROM n, reports`,
      )
      .run()
    await db.prepare("UPDATE reports SET status = 'closed'").run()
    const { bindings, rows } = countedCalls()
    const followUp = await sealed(org, { ...own.hashes, kind: KIND.followUp })
    const sent = octets(followUp, { 'oasis-write': toB64(own.keys.write) })
    expect((await ask('/api/reports', sent, bindings)).status).toBe(201)
    expect((await storedReports()).filter(({ status }) => status === 'new')).toHaveLength(1)
    expect(rows.written).toBeLessThan(12)
    expect(rows.read).toBeLessThan(20)
  })

  test('A stranger who names a receipt can neither join nor fill the thread', async () => {
    const own = await reporter()
    await submit(await sealed(org, own.hashes))
    const token = randomBytes(32)
    const hashes = { ...own.hashes, writeHash: await sha256(token) }
    await submit(await sealed(org, hashes))
    for (let times = 0; times < 3; times++)
      await submit(await sealed(org, { ...hashes, kind: KIND.followUp, danger: true }), {
        'oasis-write': toB64(token),
      })
    await submit(await sealed(org, { ...own.hashes, kind: KIND.followUp }), {
      'oasis-write': toB64(own.keys.write),
    })
    const threads = (await storedReports()).map(({ danger, follow_ups }) => [danger, follow_ups])
    expect(threads.sort()).toEqual([
      [0, 1],
      [1, 3],
    ])
  })

  test('A follow-up to a full thread is a report of its own of grade 0', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    await db
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 2)
        INSERT INTO follow_ups (id, owner_hash, write_hash, n, epoch, day, sealed_by, envelope)
        SELECT randomblob(16), owner_hash, write_hash, i, 1, '2026-11-24', 'device', x'00'
        FROM n, reports`,
      )
      .bind(MAX_FOLLOW_UPS)
      .run()
    for (let times = 0; times < 2; times++)
      await submit(await sealed(org, { ...hashes, kind: KIND.followUp }), {
        'oasis-write': toB64(keys.write),
      })
    expect(await rowsIn('follow_ups')).toBe(MAX_FOLLOW_UPS)
    expect(await storedReports()).toMatchObject([
      { kind: 1, follow_ups: MAX_FOLLOW_UPS },
      { kind: 4, grade: 0, follow_ups: MAX_FOLLOW_UPS },
    ])
  })

  test('A follow-up of an unknown number is a report of grade 0, even with a proof', async () => {
    const { keys, hashes } = await reporter()
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    const headers = { 'oasis-write': toB64(keys.write), ...proofOf(followUp) }
    await submit(followUp, headers)
    await submit(followUp, headers)
    expect(await storedReports()).toMatchObject([{ kind: 4, grade: 0 }])
  })

  test('A follow-up that is sent again after its thread ended stays one record', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    await db.prepare('UPDATE reports SET owner_hash = zeroblob(32), write_hash = NULL').run()
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    expect([await rowsIn('reports'), await rowsIn('follow_ups')]).toEqual([1, 1])
  })
})
