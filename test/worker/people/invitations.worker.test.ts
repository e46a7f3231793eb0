import { dayOf } from '#protocol/time'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Me } from '#protocol/staff/people'
import { authenticator } from '../support/authenticator.ts'
import { countingDb } from '../support/counting-db.ts'
import { ask, expectRefusal, freshEdge, ORIGIN, rowsIn } from '../support/edge.ts'
import {
  asStaff,
  challengeOf,
  cookieOf,
  invitation,
  joining,
  newChallenge,
  noise,
  person,
  RP_ID,
  signatureOf,
  signed,
  statementOf,
  type Person,
} from '../support/staff.ts'

beforeEach(freshEdge)

describe('an invitation', () => {
  test('An invitation makes a person with slots, keys and session, and is used up', async () => {
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

  test('R22: A passkey response that joined a person is refused when sent again', async () => {
    const { body } = await joining(await invitation(['intake']))
    const answers = [
      await asStaff('invitations/accept', 'POST', body),
      await asStaff('invitations/accept', 'POST', body),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 404])
    expect([await rowsIn('people'), await rowsIn('sessions')]).toEqual([1, 1])
  })

  test('R22: A newcomer whose challenge is older than an hour is refused', async () => {
    const { body } = await joining(await invitation(['intake']))
    vi.setSystemTime(Date.now() + 60 * 60_000)
    const answer = await asStaff('invitations/accept', 'POST', body)
    vi.useRealTimers()
    await expectRefusal(answer, 401, 'challenge_unknown')
    expect(await rowsIn('people')).toBe(0)
  })

  test('Opening an invitation writes no row', async () => {
    const token = await invitation(['intake'])
    await asStaff('invitations/open', 'POST', { token })
    const { db: DB, tally } = countingDb(env.DB)
    const headers = { origin: ORIGIN, 'content-type': 'application/json' }
    const asked = { method: 'POST', body: JSON.stringify({ token }), headers }
    expect((await ask('/api/staff/invitations/open', asked, { DB })).status).toBe(200)
    expect(tally).toEqual({ queries: 1, read: 1, written: 0 })
  })

  test('An unknown or expired invitation is refused and gets no challenge', async () => {
    await expectRefusal(
      await asStaff('invitations/open', 'POST', { token: noise(32) }),
      404,
      'invitation_unknown',
    )
    const token = await invitation(['intake'], dayOf(Date.now() - 86_400_000))
    await expectRefusal(
      await asStaff('invitations/open', 'POST', { token }),
      410,
      'invitation_expired',
    )
  })

  test('An invitation that two newcomers accept at once adds one person only', async () => {
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
  ] as const)(
    'An invitation that is accepted with %s is refused and nothing is stored',
    async (_what, status, code, wrong) => {
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
    },
  )

  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}],
    ['another RP id', { rpId: 'evil.example' }, {}],
    ['another challenge', { challenge: noise(32) }, {}],
    ['no user verification', {}, { verified: false }],
    ['the type for signing in', {}, { type: 'webauthn.get' }],
  ])(
    'R22: An invitation that is accepted with a passkey of %s is refused',
    async (_what, changes, falsified) => {
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
    },
  )

  test('Only an admin invites, and only an admin with intake invites for intake', async () => {
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

test('A newcomer with a statement about other keys is refused with signature_refused', async () => {
  const { opened, signing, body } = await joining(await invitation(['intake']))
  body.statement = await statementOf(opened.personId, 'person.join', opened.personId, '["a","b"]')
  body.signature = await signatureOf(signing, body.statement)
  await expectRefusal(await asStaff('invitations/accept', 'POST', body), 403, 'signature_refused')
})
