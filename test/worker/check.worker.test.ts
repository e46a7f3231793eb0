import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import { concat, randomBytes, sha256, utf8, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { findProof } from '#protocol/proof'
import { makeSiteverify, SECRET, tokenFor } from '#scripts/test/siteverify'
import { runUpkeep } from '#worker/upkeep/run'
import type { Env } from '#worker/env'
import {
  ask,
  deps,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  ORIGIN,
  reporter,
  rowsIn,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from './edge.ts'
import { goneBucket, goneDb, keysIn } from './failing.ts'

const HOST = new URL(ORIGIN).hostname
const KEYS = { TURNSTILE_SITE_KEY: '0x4AAA', TURNSTILE_SECRET: SECRET }
const FLOODED: Partial<Env> = { ...KEYS, FLOOD_MODE: 'on' }

let org: Organisation
let asked: URLSearchParams[] = []
let addresses: string[] = []
const judge = makeSiteverify()

/** What siteverify does with each question in turn; afterwards it judges. */
let first: (() => Promise<Response>)[] = []
beforeEach(async () => {
  org = await freshEdge()
  asked = []
  addresses = []
  first = []
  vi.stubGlobal('fetch', async (url: string, { body: form }: { body: URLSearchParams }) => {
    asked.push(form)
    addresses.push(url)
    const instead = first.shift()
    return instead ? instead() : Response.json(judge(form))
  })
})
afterEach(() => vi.unstubAllGlobals())

const submitTo = async (envelope: Bytes, changes: Partial<Env>, headers = {}) => {
  const answer = await ask('/api/reports', octets(envelope, headers), changes)
  return [answer.status, await answer.json()]
}
const check = (
  envelope: Bytes,
  token = tokenFor(HOST),
  changes: Partial<Env> = {},
  headers: Record<string, string> = { origin: ORIGIN },
) =>
  ask('/api/check', octets(concat(envelope.slice(8, 24), utf8(token)), headers), {
    ...KEYS,
    ...changes,
  })

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
    expect(asked).toEqual([])
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
const proofOf = async (envelope: Bytes) => ({
  'oasis-proof': String(findProof(await sha256(envelope), Date.now(), 0, 2 ** 22)),
})

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
})

describe('a check', () => {
  test('lifts a report that waits: it goes in as lane A, and before all of lane B', async () => {
    const envelope = await sealed(org)
    await submitTo(envelope, FLOODED)
    expect((await check(envelope)).status).toBe(204)
    expect(await keysIn('overflow/')).toEqual([`overflow/a/${idOf(envelope)}`])
    expect((await check(envelope)).status).toBe(204)
    await runUpkeep(deps)
    expect(await storedReports()).toMatchObject([{ lane: 'A' }])
  })

  test('lifts a report in the database, and one that waits while the database fails', async () => {
    const [stored, waiting] = [await sealed(org), await sealed(org)]
    await submit(stored)
    expect((await check(stored)).status).toBe(204)
    expect(await storedReports()).toMatchObject([{ lane: 'A' }])
    await submitTo(waiting, { ...FLOODED, DB: goneDb })
    expect((await check(waiting, tokenFor(HOST), { DB: goneDb })).status).toBe(204)
    expect(await keysIn('overflow/')).toEqual([`overflow/a/${idOf(waiting)}`])
  })

  test('lifts a report that was drained in between, when it waits once more in lane A', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    await submitTo(envelope, { ...FLOODED, DB: goneDb })
    await check(envelope, tokenFor(HOST), { DB: goneDb })
    await runUpkeep(deps)
    expect(await storedReports()).toMatchObject([{ lane: 'A' }])
  })

  test('tells siteverify the secret, the token and a key of its own, and nothing of the person', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    const failing = () => Promise.resolve(new Response('no', { status: 500 }))
    first = [failing]
    expect((await check(envelope)).status).toBe(204)
    expect(asked).toHaveLength(2)
    for (const form of asked)
      expect([...form.keys()].sort()).toEqual(['idempotency_key', 'response', 'secret'])
    expect(new Set(asked.map((form) => form.get('idempotency_key'))).size).toBe(1)
    expect(new Set(addresses)).toEqual(
      new Set(['https://challenges.cloudflare.com/turnstile/v0/siteverify']),
    )
  })

  test('asks another siteverify on somebody’s own machine only', async () => {
    const TURNSTILE_VERIFY_URL = 'http://127.0.0.1:9/siteverify'
    const envelope = await sealed(org)
    await submit(envelope)
    await check(envelope, tokenFor(HOST), { TURNSTILE_VERIFY_URL })
    const body = concat(envelope.slice(8, 24), utf8(tokenFor('localhost')))
    const local = octets(body, { origin: 'http://localhost' })
    const answer = await ask('http://localhost/api/check', local, { ...KEYS, TURNSTILE_VERIFY_URL })
    expect(answer.status).toBe(204)
    expect(addresses.map((address) => new URL(address).host)).toEqual([
      'challenges.cloudflare.com',
      '127.0.0.1:9',
    ])
  })
})

describe('a check that fails changes nothing, and the report stays:', () => {
  test.each([
    ['a token that is none', 403, 'check_failed', 'XXXX.DUMMY.TOKEN.XXXX'],
    ['a token of another host', 403, 'check_failed', tokenFor('evil.example')],
    ['a token for something else', 403, 'check_failed', tokenFor(HOST, 'login')],
    ['no token', 400, 'malformed', ''],
    ['a token with a space', 400, 'malformed', 'a b'],
    ['a token that is too long', 413, 'too_large', 'x'.repeat(2049)],
  ] as const)('%s', async (_what, status, code, token) => {
    const envelope = await sealed(org)
    await submit(envelope)
    await expectRefusal(await check(envelope, token), status, code)
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
  })

  test('a token that was used before', async () => {
    const [envelope, token] = [await sealed(org), tokenFor(HOST)]
    await check(envelope, token)
    await submit(envelope)
    await expectRefusal(await check(envelope, token), 403, 'check_failed')
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
  })

  test('a siteverify that fails twice, answers nonsense, or never answers', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    const late = () => Promise.reject(new DOMException('late', 'TimeoutError'))
    for (const bad of [
      () => Promise.resolve(new Response('no', { status: 503 })),
      () => Promise.resolve(new Response('<html>')),
      () => Promise.resolve(Response.json(null)),
      () => Promise.resolve(Response.json({ success: false, 'error-codes': ['internal-error'] })),
      late,
    ]) {
      first = [bad, bad]
      await expectRefusal(await check(envelope), 503, 'check_unavailable')
    }
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
  })

  test('an unknown report, and both stores gone', async () => {
    await expectRefusal(await check(randomBytes(4096)), 404, 'not_found')
    const down = { DB: goneDb, FILES: goneBucket }
    const answer = await check(await sealed(org), tokenFor(HOST), down)
    await expectRefusal(answer, 503, 'check_unavailable')
  })

  test('a page of another site, a saved page, or a call without origin', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}])
      await expectRefusal(await check(envelope, tokenFor(HOST), {}, headers), 403, 'cross_site')
    expect(asked).toEqual([])
    expect(await storedReports()).toMatchObject([{ lane: 'B' }])
  })
})

test('every sentence about a check says that the report is there', () => {
  for (const code of ['check_failed', 'check_unavailable'] as const)
    expect(kyErrors[`error.${code}`]).toContain('Жазганыңыз бизде')
  expect(env.TURNSTILE_SITE_KEY).toBe('')
})
