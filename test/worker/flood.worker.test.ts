import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { findProof } from '#protocol/proof'
import { tokenFor } from '#scripts/test/siteverify'
import { runUpkeep } from '#worker/upkeep/run'
import {
  ask,
  deps,
  expectRefusal,
  freshEdge,
  idOf,
  proofOf,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from './edge.ts'
import { goneBucket, keysIn } from './failing.ts'
import {
  check,
  FLOODED,
  HOST,
  KEYS,
  stubSiteverify,
  submitTo,
  type Siteverify,
} from './turnstile.ts'

let org: Organisation
let siteverify: Siteverify
beforeEach(async () => {
  org = await freshEdge()
  siteverify = stubSiteverify()
})
afterEach(() => vi.unstubAllGlobals())

describe('in flood mode', () => {
  test('every report waits in R2, a check is offered, and a proof of work alone gives no lane A', async () => {
    const envelope = await sealed(org)
    const proof = String(findProof(await sha256(envelope), Date.now(), 0, 2 ** 22))
    const answer = await submitTo(envelope, FLOODED, { 'oasis-proof': proof })
    expect(answer).toEqual([201, { check: true }])
    expect(await keysIn('overflow/')).toEqual([`overflow/b/${idOf(envelope)}`])
    await runUpkeep(deps)
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
  })

  test('no check is offered without both keys, or with a public test key on a real host', async () => {
    for (const keys of [
      { TURNSTILE_SITE_KEY: '' },
      { TURNSTILE_SECRET: '' },
      { TURNSTILE_SITE_KEY: '1x00000000000000000000AA' },
      { TURNSTILE_SECRET: '1x0000000000000000000000000000000AA' },
    ]) {
      const changes = { ...FLOODED, ...keys }
      expect(await submitTo(await sealed(org), changes)).toEqual([201, {}])
      await expectRefusal(await ask('/api/check', {}, changes), 503, 'check_unavailable')
      const answer = await check(await sealed(org), tokenFor(HOST), changes)
      await expectRefusal(answer, 503, 'check_unavailable')
    }
    expect(siteverify.asked).toEqual([])
    const local = new URL('http://localhost/api/check').href
    const testKeys = { ...KEYS, TURNSTILE_SITE_KEY: '1x00000000000000000000AA' }
    expect((await ask(local, {}, testKeys)).status).toBe(200)
  })

  test('a follow-up joins its thread as ever, and one of an unknown number is offered no check', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const token = { 'oasis-write': btoa(String.fromCharCode(...keys.write)) }
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    expect(await submitTo(followUp, FLOODED, token)).toEqual([201, {}])
    expect(await storedReports()).toMatchObject([{ follow_ups: 1 }])
    const stray = await sealed(org, { kind: KIND.followUp })
    expect(await submitTo(stray, FLOODED, token)).toEqual([201, {}])
    await expectRefusal(await check(followUp), 404, 'not_found')
  })

  test('a report goes into the database when R2 fails, and the plain form is taken in as ever', async () => {
    const changes = { ...FLOODED, FILES: goneBucket }
    expect(await submitTo(await sealed(org), changes)).toEqual([201, { check: true }])
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = { method: 'POST', body: 'text=word', headers: form }
    expect((await ask('/api/form/ky', posted, FLOODED)).status).toBe(201)
    expect(await keysIn('overflow/b/')).toHaveLength(1)
  })
})

test('the flood is told by the rate of all reports together, under one key for everybody', async () => {
  const keys: string[] = []
  let left = 2
  const FLOOD: RateLimit = {
    limit: ({ key }) => (keys.push(key), Promise.resolve({ success: left-- > 0 })),
  }
  const auto = { ...KEYS, FLOOD, FLOOD_MODE: 'auto' }
  const answers = []
  for (let at = 0; at < 3; at++) answers.push(await submitTo(await sealed(org), auto))
  expect(answers).toEqual([
    [201, {}],
    [201, {}],
    [201, { check: true }],
  ])
  expect(new Set(keys)).toEqual(new Set(['reports']))
  const broken: RateLimit = { limit: () => Promise.reject(new Error('no')) }
  const failing = { ...auto, FLOOD: broken }
  expect(await submitTo(await sealed(org), failing)).toEqual([201, {}])
  expect([await rowsIn('reports'), (await keysIn('overflow/')).length]).toEqual([3, 1])
})

/** A limiter with room for a few, that notes under which keys it was asked. */
function limiter(room: number) {
  const asked: string[] = []
  const limit = ({ key }: { key: string }) => Promise.resolve({ success: asked.push(key) <= room })
  return { asked, limit }
}

describe('the flood', () => {
  test('is not made by one report that comes again and again, stored or waiting', async () => {
    const FLOOD = limiter(1)
    const auto = { ...KEYS, FLOOD, FLOOD_MODE: 'auto' }
    const [stored, waiting] = [await sealed(org), await sealed(org)]
    for (let at = 0; at < 5; at++) expect(await submitTo(stored, auto)).toEqual([201, {}])
    for (let at = 0; at < 5; at++)
      expect(await submitTo(waiting, auto)).toEqual([201, { check: true }])
    expect(FLOOD.asked).toHaveLength(2)
  })

  test('of reports without a proof takes lane A from nobody who has one; both have their own rate', async () => {
    const [FLOOD, FLOOD_HIGH] = [limiter(0), limiter(1)]
    const auto = { ...KEYS, FLOOD, FLOOD_HIGH, FLOOD_MODE: 'auto' }
    const envelopes = [await sealed(org), await sealed(org), await sealed(org)]
    const [plain, proven, late] = envelopes as [Bytes, Bytes, Bytes]
    expect(await submitTo(plain, auto)).toEqual([201, { check: true }])
    expect(await submitTo(proven, auto, await proofOf(proven))).toEqual([201, {}])
    expect(await submitTo(late, auto, await proofOf(late))).toEqual([201, { check: true }])
    expect(await storedReports()).toMatchObject([{ lane: 'A' }])
    expect((await keysIn('overflow/')).sort()).toEqual(
      [`overflow/b/${idOf(plain)}`, `overflow/b/${idOf(late)}`].sort(),
    )
    expect([FLOOD.asked, FLOOD_HIGH.asked]).toEqual([['reports'], ['proven', 'proven']])
  })

  test('of follow-ups is counted by itself, and what is over its rate waits and joins its thread', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const FLOOD_HIGH = limiter(1)
    const auto = { ...KEYS, FLOOD_HIGH, FLOOD_MODE: 'auto' }
    const token = { 'oasis-write': btoa(String.fromCharCode(...keys.write)) }
    for (let at = 0; at < 3; at++) {
      const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
      expect(await submitTo(followUp, auto, token)).toEqual([201, {}])
    }
    expect(FLOOD_HIGH.asked).toEqual(['followUps', 'followUps', 'followUps'])
    expect([await rowsIn('follow_ups'), await keysIn('overflow/f/')]).toMatchObject([
      1,
      { length: 2 },
    ])
    await runUpkeep(deps)
    expect(await rowsIn('follow_ups')).toBe(3)
  })

  test('of reports is also one of follow-ups that find no thread: over its rate they wait, and who joins a thread is not counted', async () => {
    const { keys, hashes } = await reporter()
    await submit(await sealed(org, hashes))
    const [FLOOD, FLOOD_HIGH] = [limiter(1), limiter(9)]
    const auto = { ...KEYS, FLOOD, FLOOD_HIGH, FLOOD_MODE: 'auto' }
    const token = { 'oasis-write': toB64(keys.write) }
    const joining = () => sealed(org, { ...hashes, kind: KIND.followUp })
    const [stray, late] = [
      await sealed(org, { kind: KIND.followUp }),
      await sealed(org, { kind: KIND.followUp }),
    ]
    for (const followUp of [await joining(), stray, late, await joining()])
      expect(await submitTo(followUp, auto, token)).toEqual([201, {}])
    expect([FLOOD.asked, FLOOD_HIGH.asked]).toEqual([
      ['reports', 'reports'],
      Array(4).fill('followUps'),
    ])
    expect(await storedReports()).toMatchObject([
      { kind: 1, follow_ups: 2 },
      { kind: 4, lane: 'B' },
    ])
    expect(await keysIn('overflow/')).toEqual([`overflow/f/${idOf(late)}`])
    await runUpkeep(deps)
    expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([3, []])
  })
})
