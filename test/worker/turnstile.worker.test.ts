import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import kyErrors from '#content/strings/ky/errors.json' with { type: 'json' }
import { randomBytes } from '#protocol/bytes'
import { tokenFor } from '#scripts/test/siteverify'
import { runChores } from '#worker/scheduled/run-chores'
import {
  ask,
  deps,
  expectRefusal,
  freshEdge,
  idOf,
  octets,
  sealed,
  storedReports,
  submit,
  type Organisation,
} from './support/edge.ts'
import { goneBucket, goneDb, keysIn } from './support/failing.ts'
import {
  check,
  checkBody,
  FLOODED,
  HOST,
  KEYS,
  stubSiteverify,
  submitTo,
  type Siteverify,
} from './support/turnstile.ts'

let org: Organisation
let siteverify: Siteverify
beforeEach(async () => {
  org = await freshEdge()
  siteverify = stubSiteverify()
})
afterEach(() => vi.unstubAllGlobals())

describe('a check by Turnstile', () => {
  test('A check raises a waiting report to grade 2, and a second check succeeds', async () => {
    const envelope = await sealed(org)
    await submitTo(envelope, FLOODED)
    expect((await check(envelope)).status).toBe(204)
    expect(await keysIn('overflow/')).toEqual([`overflow/2/check-${await idOf(envelope)}`])
    expect((await check(envelope)).status).toBe(204)
    await runChores(deps)
    expect(await storedReports()).toMatchObject([{ grade: 2 }])
  })

  test('A check promotes a stored report, and a waiting one while the database fails', async () => {
    const [stored, waiting] = [await sealed(org), await sealed(org)]
    await submit(stored)
    expect((await check(stored)).status).toBe(204)
    expect(await storedReports()).toMatchObject([{ grade: 2 }])
    await submitTo(waiting, { ...FLOODED, DB: goneDb })
    expect((await check(waiting, tokenFor(HOST), { DB: goneDb })).status).toBe(204)
    expect(await keysIn('overflow/')).toEqual([`overflow/2/check-${await idOf(waiting)}`])
  })

  test('A check while the database fails promotes the stored report later', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    await submitTo(envelope, { ...FLOODED, DB: goneDb })
    await check(envelope, tokenFor(HOST), { DB: goneDb })
    await runChores(deps)
    expect(await storedReports()).toMatchObject([{ grade: 2 }])
  })

  test('Siteverify gets secret, token and one idempotency key for both tries', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    const failing = () => Promise.resolve(new Response('no', { status: 500 }))
    siteverify.first = [failing]
    expect((await check(envelope)).status).toBe(204)
    expect(siteverify.asked).toHaveLength(2)
    for (const form of siteverify.asked)
      expect([...form.keys()].sort()).toEqual(['idempotency_key', 'response', 'secret'])
    expect(new Set(siteverify.asked.map((form) => form.get('idempotency_key'))).size).toBe(1)
    expect(new Set(siteverify.addresses)).toEqual(
      new Set(['https://challenges.cloudflare.com/turnstile/v0/siteverify']),
    )
  })

  test('Only on a local machine the edge calls a siteverify of another address', async () => {
    const TURNSTILE_VERIFY_URL = 'http://127.0.0.1:9/siteverify'
    const envelope = await sealed(org)
    await submit(envelope)
    await check(envelope, tokenFor(HOST), { TURNSTILE_VERIFY_URL })
    const body = await checkBody(envelope, tokenFor('localhost'))
    const local = octets(body, { origin: 'http://localhost' })
    const answer = await ask('http://localhost/api/check', local, { ...KEYS, TURNSTILE_VERIFY_URL })
    expect(answer.status).toBe(204)
    expect(siteverify.addresses.map((address) => new URL(address).host)).toEqual([
      'challenges.cloudflare.com',
      '127.0.0.1:9',
    ])
  })
})

describe('a check that fails', () => {
  test.each([
    ['a wrong token', 403, 'check_failed', 'XXXX.DUMMY.TOKEN.XXXX'],
    ['a token of another host', 403, 'check_failed', tokenFor('evil.example')],
    ['a token for another action', 403, 'check_failed', tokenFor(HOST, 'login')],
    ['no token', 400, 'malformed', ''],
    ['a token with a space', 400, 'malformed', 'a b'],
    ['a token that is too long', 413, 'too_large', 'x'.repeat(2049)],
  ] as const)(
    'A check with %s is refused and the report keeps grade 0',
    async (_what, status, code, token) => {
      const envelope = await sealed(org)
      await submit(envelope)
      await expectRefusal(await check(envelope, token), status, code)
      expect(await storedReports()).toMatchObject([{ grade: 0 }])
    },
  )

  test('A used token is refused with check_failed and promotes nothing', async () => {
    const [envelope, token] = [await sealed(org), tokenFor(HOST)]
    await check(envelope, token)
    await submit(envelope)
    await expectRefusal(await check(envelope, token), 403, 'check_failed')
    expect(await storedReports()).toMatchObject([{ grade: 0 }])
  })

  test('A siteverify that fails twice or times out gives check_unavailable', async () => {
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
      siteverify.first = [bad, bad]
      await expectRefusal(await check(envelope), 503, 'check_unavailable')
    }
    expect(await storedReports()).toMatchObject([{ grade: 0 }])
  })

  test('A check of an unknown report, or while both stores fail, is refused', async () => {
    await expectRefusal(await check(randomBytes(4096)), 404, 'not_found')
    const down = { DB: goneDb, FILES: goneBucket }
    const answer = await check(await sealed(org), tokenFor(HOST), down)
    await expectRefusal(answer, 503, 'check_unavailable')
  })

  test('A check from another site, a saved page or no origin gets cross_site', async () => {
    const envelope = await sealed(org)
    await submit(envelope)
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}])
      await expectRefusal(await check(envelope, tokenFor(HOST), {}, headers), 403, 'cross_site')
    expect(siteverify.asked).toEqual([])
    expect(await storedReports()).toMatchObject([{ grade: 0 }])
  })
})

test('Both error sentences about a check say that the report has arrived', () => {
  for (const code of ['check_failed', 'check_unavailable'] as const)
    expect(kyErrors[`error.${code}`]).toContain('Жазганыңыз бизде')
  expect(env.TURNSTILE_SITE_KEY).toBe('')
})
