import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { Challenge } from '#protocol/staff/people/sign-in'
import { InvitationOpened, Me } from '#protocol/staff/people/people'
import worker from '#worker/index'
import { expireOld } from '#worker/scheduled/run-chores'
import { authenticator, type Falsified, type Options } from '../support/authenticator.ts'
import { countingDb } from '../support/counting-db.ts'
import {
  ask,
  db,
  deps,
  expectRefusal,
  freshEdge,
  ORIGIN,
  rowsIn,
  STAFF_HOST,
  STAFF_ORIGIN,
} from '../support/edge.ts'
import { runUntil } from '../support/overflow.ts'
import {
  asStaff,
  challengeOf,
  cookieOf,
  invitation,
  linkOf,
  newChallenge,
  noise,
  person,
  RP_ID,
  type Person,
} from '../support/staff.ts'

beforeEach(freshEdge)
afterEach(() => vi.useRealTimers())

const HOUR = 3_600_000

async function signInAs(who: Person, changes: Partial<Options> = {}, falsified: Falsified = {}) {
  const { challengeId, challenge } = await newChallenge()
  const asked = { challenge, rpId: RP_ID, origin: STAFF_ORIGIN, ...changes }
  const body = { challengeId, response: await who.passkey.get(asked, falsified) }
  return { body, answer: await asStaff('sign-in', 'POST', body) }
}

describe('signing in', () => {
  test("A sign-in starts a session of 8 hours, and only its token's hash is stored", async () => {
    const who = await person('intake')
    const { answer } = await signInAs(who)
    expect(answer.status).toBe(200)
    expect(Me.parse(await answer.json()).id).toBe(who.id)
    const cookie = cookieOf(answer)
    const stored = await db
      .prepare('SELECT hex(token_hash) AS hash, expires_at AS ends FROM sessions')
      .all()
    expect(JSON.stringify(stored.results)).not.toContain(cookie.split('=')[1])
    for (const { ends } of stored.results) {
      expect(Math.abs(Number(ends) - Date.now() - 8 * HOUR)).toBeLessThan(60_000)
    }
    await db
      .prepare('UPDATE sessions SET expires_at = ?')
      .bind(Date.now() - 1)
      .run()
    await expectRefusal(await asStaff('me', 'GET', undefined, cookie), 401, 'signed_out')
  })

  test('R22: A used sign-in response is refused, even of a passkey without counter', async () => {
    const who = await person('intake')
    const { body, answer } = await signInAs(who)
    expect(answer.status).toBe(200)
    await expectRefusal(await asStaff('sign-in', 'POST', body), 401, 'passkey_refused')
    // A stored counter of zero means that the passkey does not use a counter.
    await db.prepare('UPDATE credentials SET counter = 0').run()
    await expectRefusal(await asStaff('sign-in', 'POST', body), 401, 'challenge_unknown')
  })

  test('R22: A sign-in response that is sent 10 times at once starts one session', async () => {
    const who = await person('intake')
    const { challengeId, challenge } = await newChallenge()
    const response = await who.passkey.get({
      challenge,
      rpId: RP_ID,
      origin: STAFF_ORIGIN,
    })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => asStaff('sign-in', 'POST', { challengeId, response })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 401),
    ])
    for (const answer of answers.filter(({ status }) => status === 401))
      await expectRefusal(answer, 401, 'challenge_unknown')
    // Joining started one session, and signing in started another.
    expect([await rowsIn('sessions'), await rowsIn('spent_challenges')]).toEqual([2, 1])
  })

  test('R22: A challenge that two passkeys sign starts one session only', async () => {
    const [first, second] = [await person('intake'), await person('intake')]
    const { challengeId, challenge } = await newChallenge()
    const send = async (who: Person) => {
      const asked = { challenge, rpId: RP_ID, origin: STAFF_ORIGIN }
      return asStaff('sign-in', 'POST', { challengeId, response: await who.passkey.get(asked) })
    }
    expect((await send(first)).status).toBe(200)
    await expectRefusal(await send(second), 401, 'challenge_unknown')
  })

  test('R22: A challenge with a changed id, end or HMAC is refused before a query', async () => {
    const who = await person('intake')
    const { challengeId, challenge } = await newChallenge()
    const response = await who.passkey.get({
      challenge,
      rpId: RP_ID,
      origin: STAFF_ORIGIN,
    })
    for (const at of [0, 15, 16, 23, 24, 55]) {
      const changed = fromB64(challengeId)
      changed[at] = (changed[at] ?? 0) ^ 1
      const { db: DB, tally } = countingDb(env.DB)
      const body = JSON.stringify({ challengeId: toB64(changed), response })
      const headers = { origin: STAFF_ORIGIN, 'content-type': 'application/json' }
      const answer = await ask('/api/staff/sign-in', { method: 'POST', body, headers }, { DB })
      await expectRefusal(answer, 401, 'challenge_unknown')
      expect(tally).toEqual({ queries: 0, read: 0, written: 0 })
    }
    expect((await asStaff('sign-in', 'POST', { challengeId, response })).status).toBe(200)
  })

  test('R22: A sign-in with the challenge of an invitation is refused', async () => {
    const who = await person('intake')
    const link = await linkOf(await invitation(['intake']))
    const opened = await asStaff('invitations/open', 'POST', link)
    const { challengeId, options } = InvitationOpened.parse(await opened.json())
    const asked = {
      challenge: challengeOf(options),
      rpId: RP_ID,
      origin: STAFF_ORIGIN,
    }
    const body = { challengeId, response: await who.passkey.get(asked) }
    await expectRefusal(await asStaff('sign-in', 'POST', body), 401, 'challenge_unknown')
  })

  test('Asking for a challenge reads and writes no row', async () => {
    await newChallenge()
    const { db: DB, tally } = countingDb(env.DB)
    const headers = { origin: STAFF_ORIGIN, 'content-type': 'application/json' }
    const asked = { method: 'POST', body: '{}', headers }
    const challenges = new Set<string>()
    for (let at = 0; at < 20; at++) {
      const answer = await ask('/api/staff/sign-in/options', asked, { DB })
      challenges.add(Challenge.parse(await answer.json()).challengeId)
    }
    expect([challenges.size, tally]).toEqual([20, { queries: 0, read: 0, written: 0 }])
  })

  test('A sign-in response that is refused writes no row', async () => {
    const who = await person('intake')
    const { answer } = await signInAs(who, { origin: 'https://evil.example' })
    await expectRefusal(answer, 401, 'passkey_refused')
    expect([await rowsIn('sessions'), await rowsIn('spent_challenges')]).toEqual([1, 0])
  })

  test('R22: A sign-in with an expired challenge is refused with challenge_unknown', async () => {
    const who = await person('intake')
    const { challengeId, challenge } = await newChallenge()
    vi.setSystemTime(Date.now() + 5 * 60_000)
    const response = await who.passkey.get({
      challenge,
      rpId: RP_ID,
      origin: STAFF_ORIGIN,
    })
    await expectRefusal(
      await asStaff('sign-in', 'POST', { challengeId, response }),
      401,
      'challenge_unknown',
    )
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}],
    ['another RP id', { rpId: 'evil.example' }, {}],
    ['another challenge', { challenge: noise(32) }, {}],
    ['another owner', { user: noise(16) }, {}],
    ['no owner', { user: '' }, {}],
    ['no user verification', {}, { verified: false }],
    ['the type for registering', {}, { type: 'webauthn.create' }],
  ])(
    'R22: A sign-in with %s is refused and starts no session',
    async (_what, changes, falsified) => {
      const who = await person('intake')
      const { answer } = await signInAs(who, changes, falsified)
      await expectRefusal(answer, 401, 'passkey_refused')
      expect(await rowsIn('sessions')).toBe(1)
    },
  )

  test('R22: A sign-in with an unknown passkey, or with no passkey, is refused', async () => {
    const stranger = await authenticator()
    const { challengeId, challenge } = await newChallenge()
    const response = await stranger.get({
      challenge,
      rpId: RP_ID,
      origin: STAFF_ORIGIN,
      user: noise(16),
    })
    await expectRefusal(
      await asStaff('sign-in', 'POST', { challengeId, response }),
      401,
      'passkey_unknown',
    )
    const none = { challengeId: (await newChallenge()).challengeId, response: { id: 7 } }
    await expectRefusal(await asStaff('sign-in', 'POST', none), 401, 'passkey_refused')
    await expectRefusal(await asStaff('sign-in', 'POST', { challengeId: 'x' }), 400, 'malformed')
  })

  test('R22: A sign-in with a copied passkey, whose counter is lower, is refused', async () => {
    const who = await person('intake')
    await db.prepare('UPDATE credentials SET counter = 100').run()
    await expectRefusal((await signInAs(who)).answer, 401, 'passkey_refused')
  })

  test('Signing out ends the session on the server too', async () => {
    const who = await person('intake')
    const out = await asStaff('sign-out', 'POST', {}, who.cookie)
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toMatch(
      /^__Host-oasis=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    await expectRefusal(await asStaff('me', 'GET', undefined, who.cookie), 401, 'signed_out')
  })

  test('A made-up, cut or missing cookie is not a session', async () => {
    await person('intake')
    for (const cookie of [
      '',
      '__Host-oasis=',
      '__Host-oasis=abc',
      `__Host-oasis=${noise(32)}`,
      `oasis=${noise(32)}`,
    ])
      await expectRefusal(await asStaff('me', 'GET', undefined, cookie), 401, 'signed_out')
  })
})

test('The clock deletes expired sessions, spent challenges and invitations only', async () => {
  const who = await person('intake')
  expect((await signInAs(who)).answer.status).toBe(200)
  await invitation(['intake'])
  await expireOld(deps)
  expect([
    await rowsIn('sessions'),
    await rowsIn('spent_challenges'),
    await rowsIn('invitations'),
  ]).toEqual([2, 1, 1])
  const later = Date.now() + 9 * 24 * HOUR
  await runUntil(later)
  await expireOld({ ...deps, now: () => later })
  expect([
    await rowsIn('sessions'),
    await rowsIn('spent_challenges'),
    await rowsIn('invitations'),
  ]).toEqual([0, 0, 0])
  await expectRefusal(await asStaff('me', 'GET', undefined, who.cookie), 401, 'signed_out')
  expect(worker.scheduled).toBeTypeOf('function')
})

test('Passkeys belong to the staff host, on which alone a sign-in begins', async () => {
  const begin = (host: string, sender: string) =>
    ask(`${host}/api/staff/sign-in/options`, {
      method: 'POST',
      body: '{}',
      headers: { origin: sender, 'content-type': 'application/json' },
    })
  await expectRefusal(await begin(ORIGIN, ORIGIN), 404, 'not_found')
  await expectRefusal(await begin(ORIGIN, STAFF_ORIGIN), 404, 'not_found')
  await expectRefusal(await begin(STAFF_ORIGIN, ORIGIN), 403, 'cross_site')
  const answer = await begin(STAFF_ORIGIN, STAFF_ORIGIN)
  expect(Challenge.parse(await answer.json()).options).toMatchObject({
    rpId: STAFF_HOST,
    userVerification: 'required',
  })
})
