import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { concat, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { findProof } from '#protocol/proof'
import { dayOf } from '#protocol/report'
import { boundsOf } from '#worker/reports/flood'
import { openDatabase } from '#worker/store/database'
import { isWaiting, raiseWaiting } from '#worker/store/overflow'
import { runUpkeep } from '#worker/upkeep/run'
import {
  ask,
  db,
  deps,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from './edge.ts'
import { countingDb } from './counting-db.ts'
import { goneBucket, goneDb, hangingDb, keysIn } from './failing.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const downWith = { DB: goneDb }
const submitWhileDown = async (envelope: Bytes, headers: Record<string, string> = {}) => {
  const answer = await ask('/api/reports', octets(envelope, headers), downWith)
  expect([answer.status, await answer.text()]).toEqual([201, '{}'])
}
const proofOf = async (envelope: Bytes) => ({
  'oasis-proof': String(findProof(await sha256(envelope), Date.now(), 0, 2 ** 22)),
})
const drain = (changes: Partial<typeof deps> = {}) => runUpkeep({ ...deps, ...changes })

/** Settings with which the database is full to this share of its bound. */
const filledTo = async (share: number) => {
  const { meta } = await db.prepare('SELECT 1').run()
  return { DATABASE_MB: String(meta.size_after / share / 1_000_000) }
}

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

describe('draining', () => {
  test('takes a few in one run, and lane A before lane B', async () => {
    for (let at = 0; at < 7; at++) {
      const [plain, proven] = [await sealed(org), await sealed(org)]
      await submitWhileDown(plain)
      await submitWhileDown(proven, await proofOf(proven))
    }
    await drain()
    expect([await keysIn('overflow/a/'), await keysIn('overflow/b/')]).toMatchObject([
      { length: 0 },
      { length: 6 },
    ])
    await drain()
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('asks the database at most fifty times in one run, also when all is there already', async () => {
    const { keys, hashes } = await reporter()
    const token = { 'oasis-write': toB64(keys.write) }
    const letters: [Bytes, Record<string, string>][] = [[await sealed(org, hashes), {}]]
    for (let at = 0; at < 9; at++) letters.push([await sealed(org), {}])
    for (let at = 0; at < 4; at++)
      letters.push([await sealed(org, { ...hashes, kind: KIND.followUp }), token])
    for (let round = 0; round < 2; round++) {
      for (const [envelope, headers] of letters) await submitWhileDown(envelope, headers)
      const { db: counted, tally } = countingDb(env.DB)
      await drain({ db: openDatabase(counted) })
      expect(tally.queries).toBeGreaterThan(20)
      expect(tally.queries).toBeLessThanOrEqual(50)
      await drain()
    }
    expect([await rowsIn('reports'), await rowsIn('follow_ups')]).toEqual([10, 4])
  })

  test('leaves lane B in R2 while the database is nearly full, and lane A goes in', async () => {
    const [plain, proven] = [await sealed(org), await sealed(org)]
    await submitWhileDown(plain)
    await submitWhileDown(proven, await proofOf(proven))
    await drain({ fullAt: { laneB: 1000, danger: 1000, all: Infinity } })
    expect(await storedReports()).toMatchObject([{ lane: 'A' }])
    expect(await keysIn('overflow/')).toEqual([`overflow/b/${idOf(plain)}`])
    await drain()
    expect(await rowsIn('reports')).toBe(2)
  })

  test('with a database that still fails changes nothing, and says that it failed', async () => {
    await submitWhileDown(await sealed(org))
    await expect(drain({ db: openDatabase(goneDb) })).rejects.toThrow()
    expect(await keysIn('overflow/')).toHaveLength(1)
  })
})

test('while the database is nearly full lane B waits in R2, lane A and follow-ups go in, and nobody is refused', async () => {
  const { keys, hashes } = await reporter()
  await submit(await sealed(org, hashes))
  const nearlyFull = await filledTo(0.82)
  const [plain, proven] = [await sealed(org), await sealed(org)]
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  const write = { 'oasis-write': toB64(keys.write) }
  for (const [envelope, headers] of [
    [plain, {}],
    [proven, await proofOf(proven)],
    [followUp, write],
  ] as const)
    expect((await ask('/api/reports', octets(envelope, headers), nearlyFull)).status).toBe(201)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const posted = { method: 'POST', body: 'text=word', headers: form }
  expect((await ask('/api/form/ky', posted, nearlyFull)).status).toBe(201)
  expect(await keysIn('overflow/b/')).toHaveLength(2)
  expect((await storedReports()).map(({ lane, follow_ups }) => [lane, follow_ups]).sort()).toEqual([
    ['A', 0],
    ['B', 1],
  ])
})

test('above nine tenths of the bound everything from outside waits in R2, stays there, and joins its thread later', async () => {
  const { keys, hashes } = await reporter()
  await submit(await sealed(org, hashes))
  const full = await filledTo(0.95)
  const [proven, danger] = [await sealed(org), await sealed(org, { danger: true })]
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  for (const [envelope, headers] of [
    [proven, await proofOf(proven)],
    [danger, {}],
    [followUp, { 'oasis-write': toB64(keys.write) }],
  ] as const) {
    const answer = await ask('/api/reports', octets(envelope, headers), full)
    expect([answer.status, await answer.text()]).toEqual([201, '{}'])
  }
  await drain({ fullAt: boundsOf(full.DATABASE_MB) })
  expect(await keysIn('overflow/')).toEqual([
    `overflow/a/${idOf(proven)}`,
    `overflow/db/${idOf(danger)}`,
    `overflow/f/${idOf(followUp)}`,
  ])
  await drain()
  expect(await rowsIn('reports')).toBe(3)
  expect(await rowsIn('follow_ups')).toBe(1)
})

test('a stray follow-up takes no room of a database that is nearly full, at once or drained', async () => {
  const { keys, hashes } = await reporter()
  const stray = await sealed(org, { ...hashes, kind: KIND.followUp })
  const nearlyFull = await filledTo(0.82)
  const write = { 'oasis-write': toB64(keys.write) }
  expect((await ask('/api/reports', octets(stray, write), nearlyFull)).status).toBe(201)
  await drain({ fullAt: boundsOf(nearlyFull.DATABASE_MB) })
  expect([await rowsIn('reports'), await keysIn('overflow/f/')]).toMatchObject([0, { length: 1 }])
})

test('a report that speaks of danger lies behind no others, also while the database is nearly full', async () => {
  for (let at = 0; at < 12; at++) await submitWhileDown(await sealed(org))
  const danger = await sealed(org, { danger: true })
  await submitWhileDown(danger)
  const nearlyFull = await filledTo(0.82)
  await drain({ fullAt: boundsOf(nearlyFull.DATABASE_MB) })
  expect(await storedReports()).toMatchObject([{ danger: 1, lane: 'B' }])
  for (let at = 0; at < 6; at++) await submitWhileDown(await sealed(org, { danger: true }))
  await submitWhileDown(await sealed(org, { kind: KIND.helpForMe }), {})
  await drain()
  // Anybody can say danger: the others come in as well.
  expect((await storedReports()).filter((each) => each.danger)).toHaveLength(3)
  expect(await rowsIn('reports')).toBe(9)
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

test('what is moved where another envelope of its id lies stays where it is, or is kept beside it', async () => {
  const [plain, other] = [await sealed(org), await sealed(org)]
  other.set(plain.slice(8, 24), 8)
  await submitWhileDown(plain)
  await submitWhileDown(other, await proofOf(other))
  expect(await raiseWaiting(env.FILES, plain.slice(8, 24))).toBe(true)
  expect(await keysIn('overflow/')).toEqual([
    `overflow/a/${idOf(plain)}`,
    `overflow/b/${idOf(plain)}`,
  ])
  const strange = await sealed(org)
  const twin = await sealed(org)
  twin.set(strange.slice(8, 24), 8)
  for (const each of [strange, twin]) {
    await submitWhileDown(each.fill(9, 4, 8))
    await drain()
  }
  const kept = (await keysIn('aside/')).filter((key) => key.includes(idOf(strange)))
  expect(kept).toEqual([
    `aside/b/${idOf(strange)}`,
    `aside/b/${idOf(strange)}.${toB64(await sha256(twin))}`,
  ])
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
