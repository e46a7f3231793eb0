import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { findProof } from '#protocol/crypto/proof-of-work'
import { tokenFor } from '#scripts/test/siteverify'
import { runChores } from '#worker/scheduled/run-chores'
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
} from '../support/edge.ts'
import { goneBucket, keysIn } from '../support/failing.ts'
import {
  check,
  FLOODED,
  HOST,
  KEYS,
  stubSiteverify,
  submitTo,
  type Siteverify,
} from '../support/turnstile.ts'

let org: Organisation
let siteverify: Siteverify
beforeEach(async () => {
  org = await freshEdge()
  siteverify = stubSiteverify()
})
afterEach(() => vi.unstubAllGlobals())

describe('flood mode', () => {
  test('In flood mode every report waits in lane B and is offered a check', async () => {
    const envelope = await sealed(org)
    const proof = String(findProof(await sha256(envelope), Date.now(), 0, 2 ** 22))
    const answer = await submitTo(envelope, FLOODED, { 'oasis-proof': proof })
    expect(answer).toEqual([201, { check: true }])
    expect(await keysIn('overflow/')).toEqual([`overflow/b/${await idOf(envelope)}`])
    await runChores(deps)
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
  })

  test('Flood mode offers no check without both keys, or with a test key', async () => {
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

  test('In flood mode a follow-up joins its thread and is offered no check', async () => {
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

  test('In flood mode a report is stored when R2 fails, and a form waits in R2', async () => {
    const changes = { ...FLOODED, FILES: goneBucket }
    expect(await submitTo(await sealed(org), changes)).toEqual([201, { check: true }])
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = { method: 'POST', body: 'text=word', headers: form }
    expect((await ask('/api/form/ky', posted, FLOODED)).status).toBe(201)
    expect(await keysIn('overflow/b/')).toHaveLength(1)
  })
})

test('The rate of all reports together makes a flood, and a failing limiter does not', async () => {
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

/** Makes a rate limiter that accepts `room` calls and records their keys. */
function limiter(room: number) {
  const asked: string[] = []
  const limit = ({ key }: { key: string }) => Promise.resolve({ success: asked.push(key) <= room })
  return { asked, limit }
}

describe('the rate limits', () => {
  test('One report that is sent again and again, stored or waiting, makes no flood', async () => {
    const FLOOD = limiter(1)
    const auto = { ...KEYS, FLOOD, FLOOD_MODE: 'auto' }
    const [stored, waiting] = [await sealed(org), await sealed(org)]
    for (let at = 0; at < 5; at++) expect(await submitTo(stored, auto)).toEqual([201, {}])
    for (let at = 0; at < 5; at++)
      expect(await submitTo(waiting, auto)).toEqual([201, { check: true }])
    expect(FLOOD.asked).toHaveLength(2)
  })

  test('A flood without proofs leaves lane A to proofs, which have their own limit', async () => {
    const [FLOOD, FLOOD_HIGH] = [limiter(0), limiter(1)]
    const auto = { ...KEYS, FLOOD, FLOOD_HIGH, FLOOD_MODE: 'auto' }
    const envelopes = [await sealed(org), await sealed(org), await sealed(org)]
    const [unproven, proven, late] = envelopes as [Bytes, Bytes, Bytes]
    expect(await submitTo(unproven, auto)).toEqual([201, { check: true }])
    expect(await submitTo(proven, auto, proofOf(proven))).toEqual([201, {}])
    expect(await submitTo(late, auto, proofOf(late))).toEqual([201, { check: true }])
    expect(await storedReports()).toMatchObject([{ lane: 'A' }])
    expect((await keysIn('overflow/')).sort()).toEqual(
      [`overflow/b/${await idOf(unproven)}`, `overflow/b/${await idOf(late)}`].sort(),
    )
    expect([FLOOD.asked, FLOOD_HIGH.asked]).toEqual([['reports'], ['proven', 'proven']])
  })

  test('A follow-up above the rate limit of follow-ups joins its thread later', async () => {
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
    expect([await rowsIn('follow_ups'), await keysIn('overflow/followup/')]).toMatchObject([
      1,
      { length: 2 },
    ])
    await runChores(deps)
    expect(await rowsIn('follow_ups')).toBe(3)
  })

  test('The rate limit of reports counts stray follow-ups, but no joining follow-ups', async () => {
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
    expect(await keysIn('overflow/')).toEqual([`overflow/followup/${await idOf(late)}`])
    await runChores(deps)
    expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([3, []])
  })
})
