// A number that its reporter ends while words under it still wait in R2 stays dead when these come in.
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { concat, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { DAY_MS } from '#protocol/limits'
import { destroyBody } from '#protocol/receipt'
import { openDatabase } from '#worker/store/database'
import { changeAs, openedBy } from './casework.ts'
import {
  ask,
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
  type Reporter,
} from './edge.ts'
import { goneBucket, hangingBucket, heardBucket, keysIn } from './failing.ts'
import { drain, submitWhileDown } from './overflow.ts'
import { noise, person } from './staff.ts'

let org: Organisation
let known: Reporter
let note: string
beforeEach(async () => {
  org = await freshEdge()
  known = await reporter()
  note = `ended/${toB64(known.hashes.lookupHash)}`
})

const end = async (body: Bytes = destroyBody(known.keys), changes = {}) => {
  const answer = await ask('/api/inbox/destroy', octets(body), changes)
  expect([answer.status, await answer.text()]).toEqual([204, ''])
}
const write = () => ({ 'oasis-write': toB64(known.keys.write) })
const followUp = () => sealed(org, { ...known.hashes, kind: KIND.followUp })

const DEAD = { lookup_hash: null, write_hash: null }

describe('a number that is ended', () => {
  test('while its report waits opens nothing when this is drained: the staff have the report and cannot answer it', async () => {
    const staff = await person('intake')
    const envelope = await sealed(org, known.hashes)
    await submitWhileDown(envelope)
    await end()
    expect(await keysIn('ended/')).toEqual([note])
    await drain()
    expect(await storedReports()).toMatchObject([DEAD])
    expect(await keysIn('overflow/')).toEqual([])
    const id = idOf(envelope)
    expect(await openedBy(staff, id)).toMatchObject({
      envelope: toB64(envelope),
      answerable: false,
    })
    const answer = await changeAs(staff, 'answer.send', id, { slot: 0, sealed: noise(4096) })
    await expectRefusal(answer, 409, 'no_return_number')
  })

  test('while a follow-up waits leaves this as a report of its own, without a number', async () => {
    await submit(await sealed(org, known.hashes))
    await submitWhileDown(await followUp(), write())
    await end()
    await drain()
    expect(await storedReports()).toMatchObject([
      { kind: 1, follow_ups: 0, ...DEAD },
      { kind: 4, lane: 'B', ...DEAD },
    ])
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('while report and follow-up wait leaves them in one thread, without a number', async () => {
    await submitWhileDown(await sealed(org, known.hashes))
    await submitWhileDown(await followUp(), write())
    await end()
    await drain()
    expect(await rowsIn('reports')).toBe(2)
    expect(await storedReports()).toMatchObject([DEAD, DEAD])
  })

  test('with another write token stays alive, and is ended by its own', async () => {
    await submitWhileDown(await sealed(org, known.hashes))
    await end(concat(known.keys.lookup, randomBytes(32)))
    await drain()
    expect(await storedReports()).not.toMatchObject([DEAD])
    await end()
    expect(await storedReports()).toMatchObject([DEAD])
  })

  test.each(['before', 'after'])(
    'at the moment at which its report is drained is dead, %s the drain looks for it',
    async (when) => {
      await submitWhileDown(await sealed(org, known.hashes))
      const looks: string[] = []
      const bucket = heardBucket(env.FILES, async (name, call) => {
        if (name !== 'head') return call()
        looks.push(name)
        if (when === 'before') await end()
        const found = await call()
        if (when === 'after') await end()
        return found
      })
      await drain({ bucket })
      expect(looks).toHaveLength(1)
      expect(await storedReports()).toMatchObject([DEAD])
      expect(await keysIn('overflow/')).toEqual([])
    },
  )

  test.each(['before', 'after'])(
    'is dead when the whole drain runs %s the note is put, and before the database is asked',
    async (when) => {
      await submitWhileDown(await sealed(org, known.hashes))
      const FILES = heardBucket(env.FILES, async (name, call) => {
        if (name !== 'put') return call()
        if (when === 'before') await drain()
        const put = await call()
        if (when === 'after') await drain()
        return put
      })
      await end(destroyBody(known.keys), { FILES })
      expect(await storedReports()).toMatchObject([DEAD])
      expect(await keysIn('overflow/')).toEqual([])
    },
  )

  test('but not in the database, which fails then, is ended by the next run of the drain', async () => {
    await submitWhileDown(await sealed(org, known.hashes))
    await end()
    // The insert is a batch of one.
    const failing = {
      prepare: (query: string) => env.DB.prepare(query),
      batch: (queries: D1PreparedStatement[]) =>
        queries.length > 1 ? Promise.reject(new Error('no')) : env.DB.batch(queries),
    } as D1Database
    await expect(drain({ db: openDatabase(failing) })).rejects.toThrow()
    expect([await rowsIn('reports'), await keysIn('overflow/')]).toMatchObject([1, { length: 1 }])
    await drain()
    expect(await storedReports()).toMatchObject([DEAD])
    expect(await keysIn('overflow/')).toEqual([])
  })

  test.each([
    ['fails', goneBucket],
    ['hangs', hangingBucket],
  ])('while R2 %s is dead in the database', async (_how, FILES) => {
    await submit(await sealed(org, known.hashes))
    await end(destroyBody(known.keys), { FILES })
    expect(await storedReports()).toMatchObject([DEAD])
  })
})

describe('the note of an ended number', () => {
  test('is not put when nothing waits', async () => {
    await submit(await sealed(org, known.hashes))
    await end()
    expect(await keysIn('')).toEqual([])
  })

  test('goes after a day, and not while anything waits', async () => {
    const later = { now: () => Date.now() + DAY_MS + 60_000 }
    const full = { fullAt: { laneB: 0, danger: 0, all: 0 } }
    await submitWhileDown(await sealed(org))
    await end()
    await drain({ ...later, ...full })
    expect(await keysIn('ended/')).toEqual([note])
    await drain()
    await drain()
    expect([await keysIn('overflow/'), await keysIn('ended/')]).toEqual([[], [note]])
    await drain(later)
    expect(await keysIn('ended/')).toEqual([])
  })
})
