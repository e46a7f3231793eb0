import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { concat, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { dayOf } from '#protocol/report'
import { isWaiting } from '#worker/store/overflow'
import {
  ask,
  db,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from './edge.ts'
import { goneBucket, goneDb, hangingDb, keysIn } from './failing.ts'
import { downWith, drain, submitWhileDown } from './overflow.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('while the database fails, a report', () => {
  test('waits in R2 and goes into the database once it answers: lane, day and sealer as they came', async () => {
    const [plain, proven] = [await sealed(org, { danger: true }), await sealed(org)]
    await submitWhileDown(plain)
    await submitWhileDown(proven, await proofOf(proven))
    expect(await keysIn('overflow/')).toEqual([
      `overflow/a/${idOf(proven)}`,
      `overflow/db/${idOf(plain)}`,
    ])
    await drain({ now: () => Date.now() + 3 * 86_400_000 })
    const stored = await storedReports()
    expect(stored.map(({ lane, danger, sealed_by }) => [lane, danger, sealed_by]).sort()).toEqual([
      ['A', 0, 'device'],
      ['B', 1, 'device'],
    ])
    expect(new Set(stored.map(({ received_day }) => received_day))).toEqual(
      new Set([dayOf(Date.now())]),
    )
    expect(await keysIn('overflow/')).toEqual([])
    await drain()
    expect(await rowsIn('reports')).toBe(2)
  })

  test('that comes again is the same: while it waits, before it is drained, and after', async () => {
    const envelope = await sealed(org)
    await submitWhileDown(envelope)
    await submitWhileDown(envelope)
    expect(await keysIn('overflow/')).toHaveLength(1)
    await submit(envelope)
    expect(await keysIn('overflow/')).toHaveLength(1)
    await drain()
    expect(await rowsIn('reports')).toBe(1)
    await submit(envelope)
    await submitWhileDown(envelope)
    await drain()
    expect(await rowsIn('reports')).toBe(1)
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('R28: sent 20 times at once is one object and gets 20 equal answers', async () => {
    const envelope = await sealed(org)
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const answer = await ask('/api/reports', octets(envelope), at % 2 ? downWith : {})
        return `${answer.status} ${await answer.text()}`
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['201 {}']))
    expect(await keysIn('overflow/')).toHaveLength(1)
    await drain()
    expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([1, []])
  })

  test('with the id of another one that waits is refused, and with the id of a stored one is set aside', async () => {
    const [first, second] = [await sealed(org), await sealed(org)]
    second.set(first.slice(8, 24), 8)
    await submitWhileDown(first)
    const answer = await ask('/api/reports', octets(second), downWith)
    await expectRefusal(answer, 409, 'report_id_taken')
    await submit(second)
    await drain()
    expect(await rowsIn('reports')).toBe(1)
    expect(await keysIn('aside/')).toEqual([`aside/b/${idOf(first)}`])
  })

  test('of an unknown epoch is taken in unjudged, and kept aside when it is judged', async () => {
    const envelope = new Uint8Array((await sealed(org)).fill(9, 4, 8))
    await submitWhileDown(envelope)
    await drain()
    expect(await rowsIn('reports')).toBe(0)
    expect(await keysIn('overflow/')).toEqual([])
    expect(await keysIn('aside/')).toEqual([`aside/b/${idOf(envelope)}`])
  })

  test('that is stored or waits is answered 201 again when its epoch is over by then', async () => {
    const [stored, waiting] = [await sealed(org), await sealed(org)]
    await submit(stored)
    await submitWhileDown(waiting)
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await submit(stored)
    await submit(waiting)
    await expectRefusal(await ask('/api/reports', octets(await sealed(org))), 409, 'epoch_retired')
  })

  test('of an epoch that is retired before it is drained goes in: it was taken in', async () => {
    await submitWhileDown(await sealed(org))
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await drain()
    expect(await rowsIn('reports')).toBe(1)
  })

  test('that is damaged is refused with its code and nothing waits', async () => {
    const answer = await ask('/api/reports', octets(new Uint8Array(4096)), downWith)
    await expectRefusal(answer, 400, 'envelope_version')
    expect(await keysIn('')).toEqual([])
  })

  test('is not lost to a database that never answers', async () => {
    const envelope = await sealed(org)
    const answer = await ask('/api/reports', octets(envelope), { DB: hangingDb })
    expect(answer.status).toBe(201)
    expect(await isWaiting(env.FILES, envelope.slice(8, 24))).toBe(true)
    expect(await isWaiting(env.FILES, randomBytes(16))).toBe(false)
  })

  test('is refused with a code and nothing else when R2 fails as well', async () => {
    const down = { DB: goneDb, FILES: goneBucket }
    const answer = await ask('/api/reports', octets(await sealed(org)), down)
    await expectRefusal(answer, 503, 'unavailable')
    await expectRefusal(await ask('/api/health', {}, down), 503, 'unavailable')
    await expectRefusal(await ask('/api/keys', {}, down), 503, 'unavailable')
  })
})

describe('a follow-up', () => {
  const write = (keys: { write: Bytes }) => ({ 'oasis-write': toB64(keys.write) })

  test('that came while the database failed joins its thread when it is drained', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp, danger: true })
    await submitWhileDown(followUp, write(keys))
    await drain()
    await submit(followUp, write(keys))
    expect(await storedReports()).toMatchObject([{ kind: 1, follow_ups: 1, danger: 1 }])
    expect([await rowsIn('follow_ups'), await keysIn('overflow/')]).toEqual([1, []])
  })

  test('whose thread waits too comes after it, also when the database is back by then', async () => {
    const { keys, hashes } = await reporter()
    await submitWhileDown(await sealed(org, hashes))
    await submitWhileDown(await sealed(org, { ...hashes, kind: KIND.followUp }), write(keys))
    await submit(await sealed(org, { ...hashes, kind: KIND.followUp }), write(keys))
    expect(await keysIn('overflow/f/')).toHaveLength(2)
    expect(await rowsIn('reports')).toBe(0)
    await drain()
    expect(await storedReports()).toMatchObject([{ kind: 1, follow_ups: 2 }])
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('of an unknown number waits for all reports and is then one of its own in lane B', async () => {
    const { keys, hashes } = await reporter()
    for (let at = 0; at < 10; at++) await submitWhileDown(await sealed(org))
    await submitWhileDown(await sealed(org, { ...hashes, kind: KIND.followUp }), write(keys))
    await drain()
    expect(await rowsIn('reports')).toBe(8)
    expect(await keysIn('overflow/f/')).toHaveLength(1)
    await drain()
    expect(await keysIn('overflow/')).toEqual([])
    expect((await storedReports()).at(-1)).toMatchObject({ kind: 4, lane: 'B' })
  })
})

test('a follow-up whose thread comes in while it is looked for joins it', async () => {
  const { keys, hashes } = await reporter()
  await submitWhileDown(await sealed(org, hashes))
  // The clock runs between the first search for the thread and the look into R2.
  let drained = false
  const bucket = new Proxy(env.FILES, {
    get: (inner, name) => {
      const value = Reflect.get(inner, name) as unknown
      if (typeof value !== 'function') return value
      return async (...given: unknown[]): Promise<unknown> => {
        if (name === 'list' && !drained) {
          drained = true
          await drain()
        }
        return value.apply(inner, given) as unknown
      }
    },
  })
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  const sent = octets(followUp, { 'oasis-write': toB64(keys.write) })
  expect((await ask('/api/reports', sent, { FILES: bucket })).status).toBe(201)
  expect(await storedReports()).toMatchObject([{ kind: 1, follow_ups: 1 }])
})

test('a file is taken in whose report waits, and one whose report nobody sent is not', async () => {
  const [waiting, unknown] = [await sealed(org), await sealed(org)]
  await submitWhileDown(waiting)
  const put = (envelope: Bytes) =>
    ask(`/api/files/${toB64(concat(envelope.slice(8, 24), new Uint8Array(1)))}/0`, {
      ...octets(randomBytes(8208)),
      method: 'PUT',
    })
  expect((await put(waiting)).status).toBe(204)
  await expectRefusal(await put(unknown), 404, 'not_found')
  expect(await keysIn('files/')).toHaveLength(1)
  await drain()
  expect((await put(waiting)).status).toBe(204)
})

describe('the keys, while the database fails', () => {
  test('are those of the copy that the clock keeps; without one nothing is promised', async () => {
    await expectRefusal(await ask('/api/keys', {}, downWith), 503, 'unavailable')
    await drain()
    const answer = await ask('/api/keys', {}, downWith)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(org.manifestBytes)
  })

  test('are gone with the last epoch', async () => {
    await drain()
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await drain()
    await expectRefusal(await ask('/api/keys', {}, downWith), 503, 'unavailable')
  })
})
