import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { headerIdOf, KIND, reportIdOf } from '#protocol/report/envelope'
import { destroyBody } from '#protocol/report/receipt'
import { DAY_MS } from '#protocol/limits'
import { LinesPage } from '#protocol/staff/list/queue'
import { dayOf } from '#protocol/time'
import { openDatabase } from '#worker/store/database'
import { promoteWaiting } from '#worker/store/overflow/moves'
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
  submit,
  type Organisation,
  type Reporter,
} from '../support/edge.ts'
import { goneDb, keysIn } from '../support/failing.ts'
import { getAs, person } from '../support/staff.ts'
import { drain, fullLookAfter, submitWhileDown } from '../support/overflow.ts'

/** Returns the methods that run a statement without bound values. */
const callsOf = (statement: D1PreparedStatement) => ({
  all: () => statement.all(),
  run: () => statement.run(),
  first: () => statement.first(),
})

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

describe('the drain', () => {
  test('Letters that the drain stores on a later day are changes of that day', async () => {
    const { keys, hashes } = await reporter()
    const stored = await sealed(org, hashes)
    await submit(stored)
    const [waiting, followUp] = [
      await sealed(org),
      await sealed(org, { ...hashes, kind: KIND.followUp }),
    ]
    await submitWhileDown(waiting)
    await submitWhileDown(followUp, { 'oasis-write': toB64(keys.write) })
    await drain({ now: () => fullLookAfter(DAY_MS) })
    const tomorrow = dayOf(fullLookAfter(DAY_MS))
    const answer = await getAs(await person('intake'), `lines?since=${tomorrow}`)
    const { items } = LinesPage.parse(await answer.json())
    expect(items.map(({ id }) => id).sort()).toEqual(
      [await idOf(stored), await idOf(waiting)].sort(),
    )
    expect(items.every(({ day }) => day < tomorrow)).toBe(true)
  })

  test('The drain takes the higher grade first, and a share of every other partition', async () => {
    const runSize = { objects: 8, joins: 8 }
    for (let at = 0; at < 5; at++) {
      const [unproven, proven] = [await sealed(org), await sealed(org)]
      await submitWhileDown(unproven)
      await submitWhileDown(proven, proofOf(proven))
    }
    await drain({ runSize })
    expect([await keysIn('overflow/1/'), await keysIn('overflow/0/')]).toMatchObject([
      { length: 0 },
      { length: 2 },
    ])
    await drain({ runSize })
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('One run of the drain sends at most 50 queries, even for stored reports', async () => {
    const { keys, hashes } = await reporter()
    const token = { 'oasis-write': toB64(keys.write) }
    const submissions: [Bytes, Record<string, string>][] = [[await sealed(org, hashes), {}]]
    for (let at = 0; at < 15; at++) submissions.push([await sealed(org), {}])
    for (let at = 0; at < 8; at++)
      submissions.push([await sealed(org, { ...hashes, kind: KIND.followUp }), token])
    for (let round = 0; round < 2; round++) {
      for (const [envelope, headers] of submissions) await submitWhileDown(envelope, headers)
      const { db: counted, tally } = countingDb(env.DB)
      await drain({ db: openDatabase(counted) })
      expect(tally.queries).toBeGreaterThan(round === 0 ? 20 : 5)
      expect(tally.queries).toBeLessThanOrEqual(50)
      expect(await keysIn('overflow/')).toEqual([])
    }
    expect([await rowsIn('reports'), await rowsIn('follow_ups')]).toEqual([16, 8])
  })

  test('The drain joins some follow-ups in one run, and the others in the next run', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    for (let at = 0; at < 5; at++) {
      const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
      await submitWhileDown(followUp, { 'oasis-write': toB64(keys.write) })
    }
    const runSize = { objects: 24, joins: 3 }
    await drain({ runSize })
    expect([await rowsIn('follow_ups'), await rowsIn('reports')]).toEqual([3, 1])
    await drain({ runSize })
    expect([await rowsIn('follow_ups'), await keysIn('overflow/')]).toEqual([5, []])
  })

  test('One run of the drain sends at most 50 queries when every number was ended', async () => {
    const end = ({ keys }: Reporter) => ask('/api/inbox/destroy', octets(destroyBody(keys)))
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 12; at++) {
        const own = await reporter()
        const envelope = await sealed(org, own.hashes)
        await submitWhileDown(envelope)
        await promoteWaiting(env.FILES, await reportIdOf(envelope), headerIdOf(envelope))
        await end(own)
      }
      for (let at = 0; at < 12; at++) {
        const own = await reporter()
        const stray = await sealed(org, { ...own.hashes, kind: KIND.followUp })
        await submitWhileDown(stray, { 'oasis-write': toB64(own.keys.write) })
        await end(own)
      }
      for (let run = 0; run < 2; run++) {
        const { db: counted, tally } = countingDb(env.DB)
        await drain({ db: openDatabase(counted) })
        expect(tally.queries).toBeGreaterThan(8)
        expect(tally.queries).toBeLessThanOrEqual(50)
      }
      expect(await keysIn('overflow/')).toEqual([])
    }
    const stored = await storedReports()
    expect([stored.length, new Set(stored.map((each) => each.write_hash))]).toEqual([
      48,
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

  test('A report that the database refuses does not stop the other reports', async () => {
    const poison = await sealed(org)
    for (let at = 0; at < 10; at++) await submitWhileDown(await sealed(org))
    await submitWhileDown(poison)
    const id = await reportIdOf(poison)
    const isPoison = (value: unknown): boolean =>
      value instanceof Uint8Array && sameBytes(value, id)
    const refusing = {
      prepare: (query: string) => {
        const statement = env.DB.prepare(query)
        const bind = (...values: unknown[]) => {
          if (values.some(isPoison)) throw new Error('refused')
          return statement.bind(...values)
        }
        return { ...callsOf(statement), bind }
      },
      batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements),
    } as unknown as D1Database
    await expect(drain({ db: openDatabase(refusing) })).rejects.toThrow('refused')
    expect(await rowsIn('reports')).toBe(10)
    expect(await keysIn('overflow/')).toHaveLength(1)
    await drain()
    expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([11, []])
  })

  test('A drain into a failing database changes nothing and throws', async () => {
    await submitWhileDown(await sealed(org))
    await expect(drain({ db: openDatabase(goneDb) })).rejects.toThrow()
    expect(await keysIn('overflow/')).toHaveLength(1)
  })
})
