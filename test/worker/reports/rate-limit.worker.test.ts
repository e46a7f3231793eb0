import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { tokenFor } from '#scripts/test/siteverify'
import { runChores } from '#worker/scheduled/run-chores'
import {
  ask,
  deps,
  expectRefusal,
  freshEdge,
  headerOf,
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
import { gradedProof } from '../support/proofs.ts'
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
  test('In flood mode a report waits under its grade, and below grade 2 gets a check', async () => {
    const envelope = await sealed(org)
    const answer = await submitTo(envelope, FLOODED, proofOf(envelope))
    expect(answer).toEqual([201, { check: true }])
    const [headerId, proof] = gradedProof(2)
    const graded = await sealed(org, { headerId })
    expect(await submitTo(graded, FLOODED, proof)).toEqual([201, {}])
    expect(await keysIn('overflow/')).toEqual([
      `overflow/1/${headerOf(envelope)}`,
      `overflow/2/${headerOf(graded)}`,
    ])
    await runChores(deps)
    expect((await storedReports()).map(({ grade }) => grade).sort()).toEqual([1, 2])
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
    expect(await storedReports()).toMatchObject([{ grade: 0 }])
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = { method: 'POST', body: 'text=word', headers: form }
    expect((await ask('/api/form/ky', posted, FLOODED)).status).toBe(201)
    expect(await keysIn('overflow/0/')).toHaveLength(1)
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
  expect(new Set(keys)).toEqual(new Set(['grade0']))
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
  test('A report that is sent again and again, stored or waiting, is not a flood', async () => {
    const FLOOD = limiter(1)
    const auto = { ...KEYS, FLOOD, FLOOD_MODE: 'auto' }
    const [stored, waiting] = [await sealed(org), await sealed(org)]
    for (let at = 0; at < 5; at++) expect(await submitTo(stored, auto)).toEqual([201, {}])
    for (let at = 0; at < 5; at++)
      expect(await submitTo(waiting, auto)).toEqual([201, { check: true }])
    expect(FLOOD.asked).toHaveLength(2)
  })

  test('Reports of one grade do not use up the rate limit of another grade', async () => {
    const [FLOOD, FLOOD_HIGH] = [limiter(2), limiter(1)]
    const auto = { ...KEYS, FLOOD, FLOOD_HIGH, FLOOD_MODE: 'auto' }
    const [headerId, proof] = gradedProof(2)
    const unproven = await sealed(org)
    const proven = await sealed(org)
    const late = await sealed(org)
    const graded = await sealed(org, { headerId })
    expect(await submitTo(unproven, auto)).toEqual([201, {}])
    expect(await submitTo(proven, auto, proofOf(proven))).toEqual([201, {}])
    expect(await submitTo(late, auto, proofOf(late))).toEqual([201, { check: true }])
    expect(await submitTo(graded, auto, proof)).toEqual([201, {}])
    expect((await storedReports()).map(({ grade }) => grade).sort()).toEqual([0, 1, 2])
    expect(await keysIn('overflow/')).toEqual([`overflow/1/${headerOf(late)}`])
    expect([FLOOD.asked, FLOOD_HIGH.asked]).toEqual([['grade0', 'grade1', 'grade1'], ['grade2']])
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
      ['grade0', 'grade0'],
      Array(4).fill('followUps'),
    ])
    expect(await storedReports()).toMatchObject([
      { kind: 1, follow_ups: 2 },
      { kind: 4, grade: 0 },
    ])
    expect(await keysIn('overflow/')).toEqual([`overflow/followup/${await idOf(late)}`])
    for (let run = 0; run < 2; run++) await runChores(deps)
    expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([3, []])
  })
})
