import { beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { MAX_ENVELOPE_BYTES, MAX_FOLLOW_UPS } from '#protocol/limits'
import { findProof } from '#protocol/proof'
import { organisation } from '#test/protocol/organisation.ts'
import {
  addEpoch,
  ask,
  db,
  expectRefusal,
  freshEdge,
  octets,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from './edge.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('a sealed report', () => {
  test('is stored with a day, and the answer tells nothing', async () => {
    await submit(await sealed(org, { danger: true, kind: KIND.helpForMe }))
    const [report] = await storedReports()
    expect(report).toMatchObject({
      ...{ kind: 2, danger: 1, lane: 'B', status: 'new', sealed_by: 'device', follow_ups: 0 },
      received_day: new Date().toISOString().slice(0, 10),
    })
  })

  test('R28: sent 20 times at once is one record and gets 20 equal answers', async () => {
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

  test('with the id of another one is refused and changes nothing', async () => {
    const [first, second] = [await sealed(org), await sealed(org)]
    await submit(first)
    second.set(first.slice(8, 24), 8)
    await expectRefusal(await ask('/api/reports', octets(second)), 409, 'report_id_taken')
    expect(await rowsIn('reports')).toBe(1)
  })

  test('goes to lane A with a proof of work, and to lane B with a wrong or unreadable one', async () => {
    const envelope = await sealed(org)
    const nonce = findProof(await sha256(envelope), Date.now(), 0, 2 ** 22)
    await submit(envelope, { 'oasis-proof': String(nonce) })
    expect((await storedReports()).map(({ lane }) => lane)).toEqual(['A'])
    for (const proof of ['4294967296', 'x', '-1', '']) {
      await submit(await sealed(org), { 'oasis-proof': proof })
    }
    expect((await storedReports()).map(({ lane }) => lane).sort()).toEqual([
      'A',
      'B',
      'B',
      'B',
      'B',
    ])
  })

  test('from a page saved on a phone (origin null) is taken in, with no credentials', async () => {
    const preflight = await ask('/api/reports', {
      method: 'OPTIONS',
      headers: { origin: 'null', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'content-type, oasis-proof, oasis-write',
    )
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const answer = await ask('/api/reports', octets(await sealed(org), { origin: 'null' }))
    expect(answer.status).toBe(201)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const refused = await ask('/api/reports', octets(new Uint8Array(1), { origin: 'null' }))
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('with a number that another report answers to is stored without it', async () => {
    const { hashes } = await reporter()
    await submit(await sealed(org, hashes))
    await submit(await sealed(org, hashes))
    const numbers = (await storedReports()).map(({ lookup_hash }) => lookup_hash === null)
    expect(numbers.sort()).toEqual([false, true])
  })
})

describe('a damaged report is refused with its code and nothing is stored:', () => {
  test.each([
    ['another length', 'envelope_length', 400, (bytes: Uint8Array) => bytes.slice(1)],
    ['another version', 'envelope_version', 400, (bytes: Uint8Array) => bytes.fill(2, 0, 1)],
    ['another kind', 'envelope_kind', 400, (bytes: Uint8Array) => bytes.fill(9, 1, 2)],
    ['another danger', 'envelope_malformed', 400, (bytes: Uint8Array) => bytes.fill(2, 2, 3)],
    ['another suite', 'envelope_suite', 400, (bytes: Uint8Array) => bytes.fill(2, 3, 4)],
    ['another epoch', 'epoch_unknown', 409, (bytes: Uint8Array) => bytes.fill(9, 4, 8)],
    ['no commitment', 'envelope_malformed', 400, (bytes: Uint8Array) => bytes.fill(0, 24, 56)],
    ['another intake key', 'key_unknown', 409, (bytes: Uint8Array) => bytes.fill(7, -242, -234)],
    ['another recovery key', 'key_unknown', 409, (bytes: Uint8Array) => bytes.fill(7, -121, -113)],
    ['nothing in it', 'envelope_length', 400, () => new Uint8Array(0)],
  ] as const)('%s: %s', async (_what, code, status, damage) => {
    const damaged = new Uint8Array(damage(await sealed(org)))
    await expectRefusal(await ask('/api/reports', octets(damaged)), status, code)
    expect(await rowsIn('reports')).toBe(0)
  })

  test('too large, announced or not, stops at the bound', async () => {
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

  test('another content type', async () => {
    const body = await sealed(org)
    for (const type of ['text/plain', 'application/json', '']) {
      const answer = await ask('/api/reports', octets(body, { 'content-type': type }))
      await expectRefusal(answer, 415, 'wrong_content_type')
    }
    expect(await rowsIn('reports')).toBe(0)
  })

  test('a retired epoch, and one whose last day is long gone', async () => {
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await expectRefusal(await ask('/api/reports', octets(await sealed(org))), 409, 'epoch_retired')
    const old = await organisation(Date.now() - 200 * 86_400_000, { epoch: 2 })
    await addEpoch(old)
    await expectRefusal(await ask('/api/reports', octets(await sealed(old))), 409, 'epoch_retired')
    expect(await rowsIn('reports')).toBe(0)
  })
})

describe('a follow-up', () => {
  test('with the write token joins its thread, which is new again and may become a danger', async () => {
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

  test('with a wrong, broken or missing token is a report of its own in lane B, and the thread is untouched', async () => {
    const { hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const headers = [{ 'oasis-write': toB64(randomBytes(32)) }, { 'oasis-write': '***' }, {}]
    for (const header of headers) {
      await submit(await sealed(org, { ...hashes, kind: KIND.followUp }), header)
    }
    const stored = await storedReports()
    expect(stored.map(({ kind, lane, follow_ups }) => [kind, lane, follow_ups])).toEqual([
      [1, 'B', 0],
      [4, 'B', 0],
      [4, 'B', 0],
      [4, 'B', 0],
    ])
    expect(stored.filter(({ lookup_hash }) => lookup_hash !== null)).toHaveLength(1)
    expect(await rowsIn('follow_ups')).toBe(0)
  })

  test('that comes when its thread is full is a report of its own in lane B', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    await db
      .prepare('UPDATE reports SET follow_ups = ?')
      .bind(MAX_FOLLOW_UPS - 1)
      .run()
    for (let times = 0; times < 2; times++)
      await submit(await sealed(org, { ...hashes, kind: KIND.followUp }), {
        'oasis-write': toB64(keys.write),
      })
    expect(await rowsIn('follow_ups')).toBe(1)
    expect(await storedReports()).toMatchObject([
      { kind: 1, follow_ups: MAX_FOLLOW_UPS },
      { kind: 4, lane: 'B', lookup_hash: null },
    ])
  })

  test('of an unknown number is a report of its own, even with a proof of work', async () => {
    const { keys, hashes } = await reporter()
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    const nonce = findProof(await sha256(followUp), Date.now(), 0, 2 ** 22)
    const headers = { 'oasis-write': toB64(keys.write), 'oasis-proof': String(nonce) }
    await submit(followUp, headers)
    await submit(followUp, headers)
    expect(await storedReports()).toMatchObject([{ kind: 4, lane: 'B' }])
  })

  test('that was stored once stays one record when its thread ends before it is sent again', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    await db.prepare('UPDATE reports SET lookup_hash = NULL, write_hash = NULL').run()
    await submit(followUp, { 'oasis-write': toB64(keys.write) })
    expect([await rowsIn('reports'), await rowsIn('follow_ups')]).toEqual([1, 1])
  })
})
