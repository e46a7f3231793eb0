import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { destroyBody } from '#protocol/receipt'
import { openDatabase } from '#worker/store/database'
import { raiseWaiting } from '#worker/store/overflow'
import { countingDb } from './counting-db.ts'
import {
  ask,
  freshEdge,
  idOf,
  octets,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  type Organisation,
  type Reporter,
} from './edge.ts'
import { goneDb, keysIn } from './failing.ts'
import { drain, submitWhileDown } from './overflow.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
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

  test('asks it no more than that when each number has been ended, reports are there already and follow-ups are not', async () => {
    const end = ({ keys }: Reporter) => ask('/api/inbox/destroy', octets(destroyBody(keys)))
    const letters: [Bytes, Reporter][] = []
    for (let at = 0; at < 8; at++) {
      const own = await reporter()
      letters.push([await sealed(org, own.hashes), own])
    }
    for (let round = 0; round < 2; round++) {
      for (const [envelope, own] of letters) {
        await submitWhileDown(envelope)
        await raiseWaiting(env.FILES, envelope.slice(8, 24))
        await end(own)
      }
      for (let at = 0; at < 4; at++) {
        const own = await reporter()
        const stray = await sealed(org, { ...own.hashes, kind: KIND.followUp })
        await submitWhileDown(stray, { 'oasis-write': toB64(own.keys.write) })
        await end(own)
      }
      const { db: counted, tally } = countingDb(env.DB)
      await drain({ db: openDatabase(counted) })
      expect(tally.queries).toBeGreaterThan(20)
      expect(tally.queries).toBeLessThanOrEqual(50)
      expect(await keysIn('overflow/')).toEqual([])
    }
    const stored = await storedReports()
    expect([stored.length, new Set(stored.map((each) => each.lookup_hash))]).toEqual([
      16,
      new Set([null]),
    ])
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
