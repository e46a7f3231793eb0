// Checks that a number remains ended when the drain stores the number's waiting reports from R2.
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { concat, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { DAY_MS } from '#protocol/limits'
import { destroyBody } from '#protocol/report/receipt'
import { openDatabase } from '#worker/store/database'
import { openedBy, replyAs } from '../support/casework.ts'
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
} from '../support/edge.ts'
import {
  goneBucket,
  goneDb,
  hangingBucket,
  hangingDb,
  heardBucket,
  keysIn,
} from '../support/failing.ts'
import { drain, fullLookAfter, submitWhileDown, usualMinute } from '../support/overflow.ts'
import { noise, person } from '../support/staff.ts'

let org: Organisation
let known: Reporter
let note: string
beforeEach(async () => {
  org = await freshEdge()
  known = await reporter()
  note = `ended/${toB64(known.hashes.ownerHash)}/${toB64(known.hashes.writeHash)}`
})

const end = async (body: Bytes = destroyBody(known.keys), changes = {}) => {
  const answer = await ask('/api/inbox/destroy', octets(body), changes)
  expect([answer.status, await answer.text()]).toEqual([204, ''])
}
const write = () => ({ 'oasis-write': toB64(known.keys.write) })
const followUp = () => sealed(org, { ...known.hashes, kind: KIND.followUp })

const DEAD = { write_hash: null }

describe('a number that is ended', () => {
  test('A number that ends while its report waits stays ended, and gets no reply', async () => {
    const staff = await person('intake')
    const envelope = await sealed(org, known.hashes)
    await submitWhileDown(envelope)
    await end()
    expect(await keysIn('ended/')).toEqual([note])
    await drain()
    expect(await storedReports()).toMatchObject([DEAD])
    expect(await keysIn('overflow/')).toEqual([])
    const id = await idOf(envelope)
    expect(await openedBy(staff, id)).toMatchObject({
      envelope: toB64(envelope),
      answerable: false,
    })
    const answer = await replyAs(staff, id, { index: 0, sealed: noise(4096), followUps: 0 })
    await expectRefusal(answer, 409, 'no_return_number')
  })

  test('A follow-up that waits while its number ends becomes a report of its own', async () => {
    await submit(await sealed(org, known.hashes))
    await submitWhileDown(await followUp(), write())
    await end()
    for (let run = 0; run < 2; run++) await drain()
    expect(await storedReports()).toMatchObject([
      { kind: 1, follow_ups: 0, ...DEAD },
      { kind: 4, grade: 0, ...DEAD },
    ])
    expect(await keysIn('overflow/')).toEqual([])
  })

  test('A number that ends while its thread waits leaves two reports with no number', async () => {
    await submitWhileDown(await sealed(org, known.hashes))
    await submitWhileDown(await followUp(), write())
    await end()
    for (let run = 0; run < 2; run++) await drain()
    expect(await rowsIn('reports')).toBe(2)
    expect(await storedReports()).toMatchObject([DEAD, DEAD])
  })

  test('Only the write token of a number ends the number', async () => {
    await submitWhileDown(await sealed(org, known.hashes))
    await end(concat(known.keys.lookup, randomBytes(32)))
    await drain()
    expect(await storedReports()).not.toMatchObject([DEAD])
    await end()
    expect(await storedReports()).toMatchObject([DEAD])
  })

  test('A wrong write token after the right write token does not restore a number', async () => {
    await submitWhileDown(await sealed(org, known.hashes))
    await end()
    await end(concat(known.keys.lookup, randomBytes(32)))
    expect(await keysIn('ended/')).toHaveLength(2)
    await drain()
    expect(await storedReports()).toMatchObject([DEAD])
  })

  test.each(['before', 'after'])(
    'A number that ends just %s the drain looks for its note stays ended',
    async (when) => {
      await submitWhileDown(await sealed(org, known.hashes))
      const looks: string[] = []
      const bucket = heardBucket(env.FILES, async (name, call, key) => {
        if (name !== 'head' || key !== note) return call()
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
    'A number is ended even when the whole drain runs just %s its note is put',
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

  test('A number that a failing drain could not end is ended by the next run', async () => {
    await submitWhileDown(await sealed(org, known.hashes))
    await end()
    // The insert is a batch of one statement, and succeeds. The larger batch that ends the number
    // fails.
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
    ['R2 fails', { FILES: goneBucket }],
    ['R2 hangs', { FILES: hangingBucket }],
    ['the database fails', { DB: goneDb }],
    ['the database hangs', { DB: hangingDb }],
  ])('A number is not ended while %s, and is ended by the next request', async (_what, failing) => {
    await submit(await sealed(org, known.hashes))
    const asked = octets(destroyBody(known.keys))
    await expectRefusal(await ask('/api/inbox/destroy', asked, failing), 503, 'unavailable')
    expect(await storedReports()).not.toMatchObject([DEAD])
    expect(await keysIn('')).toEqual([])
    await end()
    expect(await storedReports()).toMatchObject([DEAD])
  })
})

describe('the note of an ended number', () => {
  test('Ending a number stores no note while the overflow is empty', async () => {
    await submit(await sealed(org, known.hashes))
    await end()
    expect(await keysIn('')).toEqual([])
  })

  test('The note of an ended number is deleted a day later, if the overflow is empty', async () => {
    const later = { now: () => fullLookAfter(DAY_MS + 60_000) }
    const full = { fullAt: { unproven: 0, reports: 0, all: 0 } }
    await submitWhileDown(await sealed(org))
    await end()
    await drain({ ...later, ...full })
    expect(await keysIn('ended/')).toEqual([note])
    const soon = { now: () => fullLookAfter(0) }
    await drain(soon)
    await drain(soon)
    expect([await keysIn('overflow/'), await keysIn('ended/')]).toEqual([[], [note]])
    await drain(later)
    expect(await keysIn('ended/')).toEqual([])
  })

  test('Above the rate limit all made-up numbers get one response and store no note', async () => {
    await submit(await sealed(org, known.hashes))
    await submitWhileDown(await sealed(org))
    const limit = ({ key }: { key: string }) => Promise.resolve({ success: key !== 'ends' })
    const limited = { FLOOD_MODE: 'auto', FLOOD_HIGH: { limit } }
    for (const body of [randomBytes(48), concat(known.keys.lookup, randomBytes(32))]) {
      const answer = await ask('/api/inbox/destroy', octets(body), limited)
      await expectRefusal(answer, 503, 'unavailable')
    }
    expect(await keysIn('ended/')).toEqual([])
    // The limit does not block the holder of a number that is in the database.
    await end(destroyBody(known.keys), limited)
    expect([await keysIn('ended/'), await storedReports()]).toMatchObject([[note], [DEAD]])
  })

  test.each(['auto', 'on'])('In flood mode %s a number that waits can be ended', async (mode) => {
    await submitWhileDown(await sealed(org, known.hashes))
    await end(destroyBody(known.keys), { FLOOD_MODE: mode })
    await drain()
    expect(await storedReports()).toMatchObject([DEAD])
  })

  test('A number that ends gets a note while the quarantine may release reports', async () => {
    const strange = new Uint8Array((await sealed(org, known.hashes)).fill(9, 4, 8))
    await submitWhileDown(strange)
    for (let run = 0; run < 3; run++) await drain({ now: usualMinute })
    expect(await keysIn('overflow/')).toEqual([])
    await end()
    expect(await keysIn('ended/')).toEqual([note])
    await drain({ now: () => fullLookAfter(2 * DAY_MS) })
    expect(await keysIn('ended/')).toEqual([note])
  })
})
