import { beforeEach, describe, expect, test } from 'vitest'
import { Challenge, Me } from '#protocol/staff'
import worker from '#worker/index'
import { expireOld } from '#worker/upkeep/expire'
import { authenticator, type Falsified, type Options } from './authenticator.ts'
import { ask, db, deps, expectRefusal, freshEdge, ORIGIN, rowsIn } from './edge.ts'
import {
  asStaff,
  cookieOf,
  invitation,
  newChallenge,
  noise,
  person,
  RP_ID,
  type Person,
} from './staff.ts'

beforeEach(freshEdge)

const HOUR = 3_600_000

async function signInAs(who: Person, changes: Partial<Options> = {}, falsified: Falsified = {}) {
  const { challengeId, challenge } = await newChallenge()
  const asked = { challenge, rpId: RP_ID, origin: ORIGIN, user: who.id, ...changes }
  const body = { challengeId, response: await who.passkey.get(asked, falsified) }
  return { body, answer: await asStaff('sign-in', 'POST', body) }
}

describe('signing in', () => {
  test('opens a session of eight hours and no longer, of which only the hash is stored', async () => {
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

  test('R22: with an answer that was used before is refused', async () => {
    const who = await person('intake')
    const { body, answer } = await signInAs(who)
    expect(answer.status).toBe(200)
    await expectRefusal(await asStaff('sign-in', 'POST', body), 401, 'challenge_unknown')
  })

  test('R22: with an answer that was refused once is not possible either: the challenge is spent', async () => {
    const who = await person('intake')
    const { body, answer } = await signInAs(who, { origin: 'https://evil.example' })
    await expectRefusal(answer, 401, 'passkey_refused')
    await expectRefusal(await asStaff('sign-in', 'POST', body), 401, 'challenge_unknown')
  })

  test('R22: with a challenge that is too old is refused', async () => {
    const who = await person('intake')
    const { challengeId, challenge } = await newChallenge()
    await db
      .prepare('UPDATE challenges SET expires_at = ?')
      .bind(Date.now() - 1)
      .run()
    const response = await who.passkey.get({ challenge, rpId: RP_ID, origin: ORIGIN, user: who.id })
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
    ['the type of registering', {}, { type: 'webauthn.create' }],
  ])('R22: with %s is refused', async (_what, changes, falsified) => {
    const who = await person('intake')
    const { answer } = await signInAs(who, changes, falsified)
    await expectRefusal(answer, 401, 'passkey_refused')
    expect(await rowsIn('sessions')).toBe(1)
  })

  test('R22: with an unknown passkey, or with something that is none, is refused', async () => {
    const stranger = await authenticator()
    const { challengeId, challenge } = await newChallenge()
    const response = await stranger.get({ challenge, rpId: RP_ID, origin: ORIGIN, user: noise(16) })
    await expectRefusal(
      await asStaff('sign-in', 'POST', { challengeId, response }),
      401,
      'passkey_refused',
    )
    const none = { challengeId: (await newChallenge()).challengeId, response: { id: 7 } }
    await expectRefusal(await asStaff('sign-in', 'POST', none), 401, 'passkey_refused')
    await expectRefusal(await asStaff('sign-in', 'POST', { challengeId: 'x' }), 400, 'malformed')
  })

  test('R22: with a passkey whose counter goes backwards (a copy) is refused', async () => {
    const who = await person('intake')
    await db.prepare('UPDATE credentials SET counter = 100').run()
    await expectRefusal((await signInAs(who)).answer, 401, 'passkey_refused')
  })

  test('out ends the session on the server too', async () => {
    const who = await person('intake')
    const out = await asStaff('sign-out', 'POST', {}, who.cookie)
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toMatch(
      /^__Host-oasis=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    await expectRefusal(await asStaff('me', 'GET', undefined, who.cookie), 401, 'signed_out')
  })

  test('with a made-up, cut or missing cookie is no session', async () => {
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

test('the clock clears what has served its time, and nothing else', async () => {
  const who = await person('intake')
  await newChallenge()
  await invitation(['intake'])
  await expireOld(deps)
  expect([
    await rowsIn('sessions'),
    await rowsIn('challenges'),
    await rowsIn('invitations'),
  ]).toEqual([1, 1, 1])
  await expireOld({ ...deps, now: () => Date.now() + 9 * 24 * HOUR })
  expect([
    await rowsIn('sessions'),
    await rowsIn('challenges'),
    await rowsIn('invitations'),
  ]).toEqual([0, 0, 0])
  await expectRefusal(await asStaff('me', 'GET', undefined, who.cookie), 401, 'signed_out')
  expect(worker.scheduled).toBeTypeOf('function')
})

test('with a staff host, the staff API is on that host only, and passkeys belong to it', async () => {
  const host = 'staff.oasis.example'
  const onHost = (origin: string, sender = origin) =>
    ask(
      `${origin}/api/staff/sign-in/options`,
      {
        method: 'POST',
        body: '{}',
        headers: { origin: sender, 'content-type': 'application/json' },
      },
      { STAFF_HOST: host },
    )
  await expectRefusal(await onHost(ORIGIN), 404, 'not_found')
  await expectRefusal(await onHost(`https://${host}`, ORIGIN), 403, 'cross_site')
  const answer = await onHost(`https://${host}`)
  expect(Challenge.parse(await answer.json()).options).toMatchObject({
    rpId: host,
    userVerification: 'required',
  })
})
