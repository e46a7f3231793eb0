import { beforeEach, describe, expect, test } from 'vitest'
import { Challenge, Me } from '#protocol/staff'
import { dayOf } from '#protocol/report'
import worker from '#worker/index'
import { expireOld } from '#worker/upkeep/expire'
import { authenticator, type Falsified, type Options } from './authenticator.ts'
import { ask, db, deps, expectRefusal, freshEdge, ORIGIN, rowsIn } from './edge.ts'
import {
  asStaff,
  challengeOf,
  cookieOf,
  invitation,
  joining,
  noise,
  person,
  RP_ID,
  signatureOf,
  signed,
  statementOf,
  type Person,
} from './staff.ts'

beforeEach(freshEdge)

const HOUR = 3_600_000

async function newChallenge() {
  const answer = await asStaff('sign-in/options', 'POST', {})
  const { challengeId, options } = Challenge.parse(await answer.json())
  return { challengeId, challenge: challengeOf(options), options }
}

async function signInAs(who: Person, changes: Partial<Options> = {}, falsified: Falsified = {}) {
  const { challengeId, challenge } = await newChallenge()
  const asked = { challenge, rpId: RP_ID, origin: ORIGIN, user: who.id, ...changes }
  const body = { challengeId, response: await who.passkey.get(asked, falsified) }
  return { body, answer: await asStaff('sign-in', 'POST', body) }
}

describe('an invitation', () => {
  test('makes a person with two slots, an intake key, a session and a signed audit row, and is used up', async () => {
    const { opened, body } = await joining(await invitation(['admin', 'intake']))
    expect(opened.options).toMatchObject({
      rp: { id: RP_ID },
      user: { id: opened.personId },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const answer = await asStaff('invitations/accept', 'POST', body)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-oasis=[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const me = Me.parse(await answer.json())
    expect(me).toMatchObject({
      id: opened.personId,
      name: 'Айгүл',
      roles: ['admin', 'intake'],
      intake: body.intake,
    })
    expect(me.slots).toEqual(expect.arrayContaining(body.slots))
    expect(await rowsIn('invitations')).toBe(0)
    expect(await rowsIn('audit')).toBe(1)
    const again = await asStaff('me', 'GET', undefined, cookieOf(answer))
    expect(Me.parse(await again.json())).toEqual(me)
  })

  test('that is unknown or expired is refused on opening', async () => {
    await expectRefusal(
      await asStaff('invitations/open', 'POST', { token: noise(32) }),
      404,
      'invitation_unknown',
    )
    const token = await invitation(['intake'], dayOf(Date.now() - 24 * HOUR))
    await expectRefusal(
      await asStaff('invitations/open', 'POST', { token }),
      410,
      'invitation_expired',
    )
    expect(await rowsIn('challenges')).toBe(0)
  })

  test('opened twice lets in one person only', async () => {
    const token = await invitation(['intake'])
    const [first, second] = [await joining(token), await joining(token)]
    const answers = await Promise.all(
      [first, second].map(({ body }) => asStaff('invitations/accept', 'POST', body)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
    for (const table of ['people', 'credentials', 'sessions', 'audit', 'intake_keys'])
      expect([table, await rowsIn(table)]).toEqual([table, 1])
    expect(await rowsIn('slots')).toBe(2)
  })

  test.each([
    ['a weaker passphrase', 400, 'malformed', { slot: { memoryKib: 1024 } }],
    ['fewer passes', 400, 'malformed', { slot: { passes: 1 } }],
    ['one slot twice', 400, 'malformed', { sameSlot: true }],
    ['the passkey of somebody else in a slot', 400, 'malformed', { credential: noise(32) }],
    [
      'keys that were not offered',
      400,
      'malformed',
      { intake: [{ epoch: 9, sealed: noise(100) }] },
    ],
    ['a key that is no point', 400, 'malformed', { hpkePublic: noise(65) }],
    ['a signature of another key', 403, 'signature_refused', { signature: noise(64) }],
    ['the challenge of somebody who signs in', 401, 'challenge_unknown', { otherChallenge: true }],
    ['another token', 404, 'invitation_unknown', { token: noise(32) }],
  ] as const)('with %s is refused and nothing is stored', async (_what, status, code, wrong) => {
    const { body } = await joining(await invitation(['intake']))
    const [prf, passphrase] = body.slots
    if (!prf || !passphrase) throw new Error('two slots')
    if ('slot' in wrong) Object.assign(passphrase, wrong.slot)
    if ('sameSlot' in wrong) passphrase.id = prf.id
    if ('credential' in wrong) prf.credentialId = wrong.credential
    if ('intake' in wrong) body.intake = [...wrong.intake]
    if ('hpkePublic' in wrong) body.keys.hpkePublic = wrong.hpkePublic
    if ('signature' in wrong) body.signature = wrong.signature
    if ('otherChallenge' in wrong) body.challengeId = (await newChallenge()).challengeId
    if ('token' in wrong) body.token = wrong.token
    await expectRefusal(await asStaff('invitations/accept', 'POST', body), status, code)
    for (const table of ['people', 'credentials', 'slots', 'sessions', 'audit', 'intake_keys'])
      expect([table, await rowsIn(table)]).toEqual([table, 0])
    expect(await rowsIn('invitations')).toBe(1)
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}],
    ['another RP id', { rpId: 'evil.example' }, {}],
    ['another challenge', { challenge: noise(32) }, {}],
    ['no user verification', {}, { verified: false }],
    ['the type of signing in', {}, { type: 'webauthn.get' }],
  ])('R22: with a passkey of %s is refused', async (_what, changes, falsified) => {
    const { opened, body } = await joining(await invitation(['intake']))
    const passkey = await authenticator()
    const asked = {
      challenge: challengeOf(opened.options),
      rpId: RP_ID,
      origin: ORIGIN,
      ...changes,
    }
    body.response = await passkey.create(asked, falsified)
    await expectRefusal(await asStaff('invitations/accept', 'POST', body), 401, 'passkey_refused')
    expect(await rowsIn('people')).toBe(0)
  })

  test('is made by an admin, and for intake only by somebody who holds intake', async () => {
    const [both, admin, intake] = [
      await person('admin', 'intake'),
      await person('admin'),
      await person('intake'),
    ]
    const tokenHash = noise(32)
    const sealedIntake = [{ epoch: 1, sealed: noise(180) }]
    const invite = async (who: Person, change: object, subject = tokenHash) =>
      asStaff(
        'invitations',
        'POST',
        await signed(who, 'invitation.create', subject, change),
        who.cookie,
      )
    const forIntake = { tokenHash, roles: ['intake'], sealedIntake }
    const forAdmin = { tokenHash, roles: ['admin'], sealedIntake: [] }
    await expectRefusal(await invite(intake, forAdmin), 403, 'not_allowed')
    await expectRefusal(await invite(admin, forIntake), 403, 'not_allowed')
    await expectRefusal(await invite(both, { ...forIntake, sealedIntake: [] }), 400, 'malformed')
    await expectRefusal(await invite(both, forAdmin, noise(32)), 403, 'signature_refused')
    expect([await rowsIn('invitations'), await rowsIn('audit')]).toEqual([0, 3])
    expect((await invite(admin, forAdmin)).status).toBe(201)
    await expectRefusal(await invite(admin, forAdmin), 400, 'malformed')
    expect((await invite(both, { ...forIntake, tokenHash: noise(32) }, tokenHash)).status).toBe(403)
    expect([await rowsIn('invitations'), await rowsIn('audit')]).toEqual([1, 4])
  })
})

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

test('a statement about the wrong keys does not let a newcomer in', async () => {
  const { opened, signing, body } = await joining(await invitation(['intake']))
  body.statement = await statementOf(opened.personId, 'person.join', opened.personId, '["a","b"]')
  body.signature = await signatureOf(signing, body.statement)
  await expectRefusal(await asStaff('invitations/accept', 'POST', body), 403, 'signature_refused')
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
