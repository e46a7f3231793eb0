import { dayOf } from '#protocol/time'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { bytesFrom } from '#worker/store/database'
import { concat, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND, reportIdOf } from '#protocol/report/envelope'
import { isWaiting } from '#worker/store/overflow/objects'
import {
  ask,
  db,
  expectRefusal,
  freshEdge,
  headerOf,
  idOf,
  octets,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { goneBucket, goneDb, hangingDb, heardBucket, keysIn } from '../support/failing.ts'
import { downWith, drain, submitWhileDown } from '../support/overflow.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('a report while the database fails', () => {
  test('A report waits in R2 while the database fails, then keeps grade and sealer', async () => {
    const [unproven, proven] = [await sealed(org, { danger: true }), await sealed(org)]
    await submitWhileDown(unproven)
    await submitWhileDown(proven, proofOf(proven))
    expect(await keysIn('overflow/')).toEqual([
      `overflow/1/${headerOf(proven)}`,
      `overflow/urgent-0/${await idOf(unproven)}`,
    ])
    await drain({ now: () => Date.now() + 3 * 86_400_000 })
    const stored = await storedReports()
    expect(stored.map(({ grade, danger, sealed_by }) => [grade, danger, sealed_by]).sort()).toEqual(
      [
        [0, 1, 'device'],
        [1, 0, 'device'],
      ],
    )
    expect(new Set(stored.map(({ received_day }) => received_day))).toEqual(
      new Set([dayOf(Date.now())]),
    )
    expect(await keysIn('overflow/')).toEqual([])
    await drain()
    expect(await rowsIn('reports')).toBe(2)
  })

  test('A report that is sent again while waiting or afterwards is stored once', async () => {
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

  test('R28: A report that is sent 20 times at once waits as one object', async () => {
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

  test('A damaged copy that waits does not replace the report, and both are stored', async () => {
    const report = await sealed(org)
    const copy = report.slice()
    copy.set([1], 2)
    await submitWhileDown(copy)
    await submitWhileDown(report)
    await drain()
    const stored = (await db.prepare('SELECT envelope FROM reports').all()).results
    expect(stored.map(({ envelope }) => bytesFrom(envelope))).toEqual(
      expect.arrayContaining([copy, report]),
    )
    expect([...(await keysIn('overflow/')), ...(await keysIn('quarantine/'))]).toEqual([])
  })

  test('A report of an unknown epoch is accepted and then put into quarantine', async () => {
    const envelope = new Uint8Array((await sealed(org)).fill(9, 4, 8))
    await submitWhileDown(envelope)
    await drain()
    expect(await rowsIn('reports')).toBe(0)
    expect(await keysIn('overflow/')).toEqual([])
    expect(await keysIn('quarantine/')).toEqual([`quarantine/0/${await idOf(envelope)}`])
  })

  test('A report that is stored or waits gets 201 again after its epoch was retired', async () => {
    const [stored, waiting] = [await sealed(org), await sealed(org)]
    await submit(stored)
    await submitWhileDown(waiting)
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await submit(stored)
    await submit(waiting)
    await expectRefusal(await ask('/api/reports', octets(await sealed(org))), 409, 'epoch_retired')
  })

  test('A waiting report whose epoch is retired before the drain is stored', async () => {
    await submitWhileDown(await sealed(org))
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await drain()
    expect(await rowsIn('reports')).toBe(1)
  })

  test('A damaged report is refused with its code, and the overflow stays empty', async () => {
    const answer = await ask('/api/reports', octets(new Uint8Array(4096)), downWith)
    await expectRefusal(answer, 400, 'envelope_version')
    expect(await keysIn('')).toEqual([])
  })

  test('A report waits in R2 when the database never responds', async () => {
    const envelope = await sealed(org)
    const answer = await ask('/api/reports', octets(envelope), { DB: hangingDb })
    expect(answer.status).toBe(201)
    expect(await isWaiting(env.FILES, await reportIdOf(envelope), null)).toBe(true)
    expect(await isWaiting(env.FILES, randomBytes(16), randomBytes(16))).toBe(false)
  })

  test('A report is refused with unavailable when both the database and R2 fail', async () => {
    const down = { DB: goneDb, FILES: goneBucket }
    const answer = await ask('/api/reports', octets(await sealed(org)), down)
    await expectRefusal(answer, 503, 'unavailable')
    await expectRefusal(await ask('/api/health', {}, down), 503, 'unavailable')
    await expectRefusal(await ask('/api/keys', {}, down), 503, 'unavailable')
  })
})

describe('a follow-up', () => {
  const write = (keys: { write: Bytes }) => ({ 'oasis-write': toB64(keys.write) })

  test('A follow-up that arrived while the database failed joins its thread later', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp, danger: true })
    await submitWhileDown(followUp, write(keys))
    await drain()
    await submit(followUp, write(keys))
    expect(await storedReports()).toMatchObject([{ kind: 1, follow_ups: 1, danger: 1 }])
    expect([await rowsIn('follow_ups'), await keysIn('overflow/')]).toEqual([1, []])
  })

  test('A follow-up whose thread waits is drained after that thread', async () => {
    const { keys, hashes } = await reporter()
    await submitWhileDown(await sealed(org, hashes))
    await submitWhileDown(await sealed(org, { ...hashes, kind: KIND.followUp }), write(keys))
    await submit(await sealed(org, { ...hashes, kind: KIND.followUp }), write(keys))
    expect(await keysIn('overflow/followup/')).toHaveLength(2)
    expect(await rowsIn('reports')).toBe(0)
    await drain()
    expect(await storedReports()).toMatchObject([{ kind: 1, follow_ups: 2 }])
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('A follow-up of an unknown number waits, then becomes a report of grade 0', async () => {
    const { keys, hashes } = await reporter()
    await submitWhileDown(await sealed(org))
    await submitWhileDown(await sealed(org, { ...hashes, kind: KIND.followUp }), write(keys))
    await drain()
    expect(await rowsIn('reports')).toBe(1)
    expect(await keysIn('overflow/followup/')).toHaveLength(1)
    await drain()
    expect(await keysIn('overflow/')).toEqual([])
    expect((await storedReports()).at(-1)).toMatchObject({ kind: 4, grade: 0 })
  })
})

test.each(['the search for it', 'the put of the follow-up'])(
  'A follow-up whose thread is drained just before %s joins that thread',
  async (when) => {
    const { keys, hashes } = await reporter()
    await submitWhileDown(await sealed(org, hashes))
    const isPut = when === 'the put of the follow-up'
    let calls = 0
    const FILES = heardBucket(env.FILES, async (name, call, key) => {
      if (isPut && name === 'put' && String(key).startsWith('overflow/')) await drain()
      return call()
    })
    // The first batch searches for the thread.
    const DB = {
      prepare: (query: string) => env.DB.prepare(query),
      batch: async (queries: D1PreparedStatement[]) => {
        if (++calls === 1 && !isPut) await drain()
        return env.DB.batch(queries)
      },
    } as D1Database
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    const sent = octets(followUp, { 'oasis-write': toB64(keys.write) })
    expect((await ask('/api/reports', sent, { DB, FILES })).status).toBe(201)
    if (isPut) await drain()
    expect(await storedReports()).toMatchObject([{ kind: 1, follow_ups: 1 }])
  },
)

test('A file of a waiting report is accepted, and a file of no report is refused', async () => {
  const [waiting, unknown] = [await sealed(org), await sealed(org)]
  await submitWhileDown(waiting)
  const put = async (envelope: Bytes) =>
    ask(`/api/files/${toB64(concat(await reportIdOf(envelope), new Uint8Array(1)))}/0`, {
      ...octets(randomBytes(8208)),
      method: 'PUT',
    })
  expect((await put(waiting)).status).toBe(204)
  await expectRefusal(await put(unknown), 404, 'not_found')
  expect(await keysIn('files/')).toHaveLength(1)
  await drain()
  expect((await put(waiting)).status).toBe(204)
})

describe('keys while the database fails', () => {
  test('Without D1 the keys route returns the copy in R2, or refuses', async () => {
    await expectRefusal(await ask('/api/keys', {}, downWith), 503, 'unavailable')
    await drain()
    const answer = await ask('/api/keys', {}, downWith)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(org.manifestBytes)
    const hybrid = await ask('/api/keys/hybrid', {}, downWith)
    expect(new Uint8Array(await hybrid.arrayBuffer())).toEqual(org.hybridKey)
  })

  test('The clock deletes the copy of the keys when the last epoch is retired', async () => {
    await drain()
    await db.prepare("UPDATE epochs SET retired_day = '2026-01-01'").run()
    await drain()
    await expectRefusal(await ask('/api/keys', {}, downWith), 503, 'unavailable')
    await expectRefusal(await ask('/api/keys/hybrid', {}, downWith), 503, 'unavailable')
  })

  test('A copy of the keys with another length is not used', async () => {
    await env.FILES.put('keys/current', org.manifestBytes)
    await expectRefusal(await ask('/api/keys', {}, downWith), 503, 'unavailable')
  })
})
