import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { toB64, type Bytes } from '#protocol/bytes'
import { headerIdOf, KIND, reportIdOf } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { openDatabase } from '#worker/store/database'
import { promoteWaiting } from '#worker/store/overflow-moves'
import { countingDb } from '../support/counting-db.ts'
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
} from '../support/edge.ts'
import { goneDb, keysIn } from '../support/failing.ts'
import { drain, submitWhileDown } from '../support/overflow.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('the drain', () => {
  test('One run of the drain takes eight reports, and grade 1 before grade 0', async () => {
    for (let at = 0; at < 7; at++) {
      const [unproven, proven] = [await sealed(org), await sealed(org)]
      await submitWhileDown(unproven)
      await submitWhileDown(proven, proofOf(proven))
    }
    await drain()
    expect([await keysIn('overflow/1/'), await keysIn('overflow/0/')]).toMatchObject([
      { length: 0 },
      { length: 6 },
    ])
    await drain()
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('One run of the drain sends at most 50 queries, also for stored reports', async () => {
    const { keys, hashes } = await reporter()
    const token = { 'oasis-write': toB64(keys.write) }
    const submissions: [Bytes, Record<string, string>][] = [[await sealed(org, hashes), {}]]
    for (let at = 0; at < 9; at++) submissions.push([await sealed(org), {}])
    for (let at = 0; at < 4; at++)
      submissions.push([await sealed(org, { ...hashes, kind: KIND.followUp }), token])
    for (let round = 0; round < 2; round++) {
      for (const [envelope, headers] of submissions) await submitWhileDown(envelope, headers)
      const { db: counted, tally } = countingDb(env.DB)
      await drain({ db: openDatabase(counted) })
      expect(tally.queries).toBeGreaterThan(20)
      expect(tally.queries).toBeLessThanOrEqual(50)
      await drain()
    }
    expect([await rowsIn('reports'), await rowsIn('follow_ups')]).toEqual([10, 4])
  })

  test('One run of the drain sends at most 50 queries when every number was ended', async () => {
    const end = ({ keys }: Reporter) => ask('/api/inbox/destroy', octets(destroyBody(keys)))
    const submissions: [Bytes, Reporter][] = []
    for (let at = 0; at < 8; at++) {
      const own = await reporter()
      submissions.push([await sealed(org, own.hashes), own])
    }
    for (let round = 0; round < 2; round++) {
      for (const [envelope, own] of submissions) {
        await submitWhileDown(envelope)
        await promoteWaiting(env.FILES, await reportIdOf(envelope), headerIdOf(envelope))
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
    expect([stored.length, new Set(stored.map((each) => each.write_hash))]).toEqual([
      16,
      new Set([null]),
    ])
  })

  test('In a nearly full database the drain stores grade 1 and leaves grade 0 in R2', async () => {
    const [unproven, proven] = [await sealed(org), await sealed(org)]
    await submitWhileDown(unproven)
    await submitWhileDown(proven, proofOf(proven))
    await drain({ fullAt: { unproven: 1000, reports: Infinity, all: Infinity } })
    expect(await storedReports()).toMatchObject([{ grade: 1 }])
    expect(await keysIn('overflow/')).toEqual([`overflow/0/${await idOf(unproven)}`])
    await drain()
    expect(await rowsIn('reports')).toBe(2)
  })

  test('A drain into a failing database changes nothing and throws', async () => {
    await submitWhileDown(await sealed(org))
    await expect(drain({ db: openDatabase(goneDb) })).rejects.toThrow()
    expect(await keysIn('overflow/')).toHaveLength(1)
  })
})
