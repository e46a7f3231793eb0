import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, sha256, toB64, utf8 } from '#protocol/bytes'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { MAX_CHANGE_CHARS } from '#protocol/staff/fields'
import { Me } from '#protocol/staff/people/people'
import { authenticator } from '../support/authenticator.ts'
import { countingDb } from '../support/counting-db.ts'
import { ask, expectRefusal, freshEdge, STAFF_ORIGIN, rowsIn } from '../support/edge.ts'
import {
  asStaff,
  challengeOf,
  cookieOf,
  invitation,
  joining,
  linkOf,
  newChallenge,
  noise,
  person,
  RP_ID,
  signed,
  type Person,
} from '../support/staff.ts'

beforeEach(freshEdge)

describe('an invitation', () => {
  test('An invitation makes a waiting person with slots and session, and is used up', async () => {
    const { opened, body } = await joining(await invitation(['admin', 'intake']))
    expect(opened.options).toMatchObject({
      rp: { id: RP_ID },
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
      roles: [],
      intake: [],
    })
    // The server stores the hash with which a paper sign-in is compared.
    const today = dayOf(Date.now())
    const own = { name: '', addedDay: today, triedDay: today }
    const shown = body.slots.map((slot) => ({ ...slot, ...own, paper: undefined }))
    expect(me.slots).toEqual(expect.arrayContaining(shown))
    expect(await rowsIn('invitations')).toBe(0)
    expect(await rowsIn('ledger')).toBe(1)
    const again = await asStaff('me', 'GET', undefined, cookieOf(answer))
    expect(Me.parse(await again.json())).toEqual(me)
  })

  test('Two openings of one invitation name one user handle and two new persons', async () => {
    const token = await invitation(['intake'])
    const [first, second] = [await joining(token), await joining(token)]
    expect(second.passkey.handle()).toBe(first.passkey.handle())
    expect(second.opened.personId).not.toBe(first.opened.personId)
    const other = await joining(await invitation(['intake']))
    expect(other.passkey.handle()).not.toBe(first.passkey.handle())
    // The handle is derived from the token, and the ledger contains only the hash of the token.
    const shown = fromB64(first.passkey.handle())
    const label = utf8('oasis/v1/user-handle')
    expect(shown).toEqual(await sha256(label, fromB64(token)))
    expect(shown).not.toEqual(await sha256(fromB64(token)))
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
    const link = await linkOf(token)
    await asStaff('invitations/open', 'POST', link)
    const { db: DB, tally } = countingDb(env.DB)
    const headers = { origin: STAFF_ORIGIN, 'content-type': 'application/json' }
    const asked = { method: 'POST', body: JSON.stringify(link), headers }
    expect((await ask('/api/staff/invitations/open', asked, { DB })).status).toBe(200)
    expect(tally).toEqual({ queries: 2, read: 2, written: 0 })
  })

  test('An unknown or expired invitation is refused and gets no challenge', async () => {
    await expectRefusal(
      await asStaff('invitations/open', 'POST', { token: noise(32), row: noise(32) }),
      404,
      'invitation_unknown',
    )
    const token = await invitation(['intake'], Date.now() - 1)
    await expectRefusal(
      await asStaff('invitations/open', 'POST', await linkOf(token)),
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
    for (const table of ['people', 'credentials', 'sessions', 'ledger'])
      expect([table, await rowsIn(table)]).toEqual([table, 1])
    expect(await rowsIn('slots')).toBe(2)
  })

  test.each([
    ['a weaker passphrase', 400, 'malformed', { slot: { memoryKib: 1024 } }],
    ['fewer passes', 400, 'malformed', { slot: { passes: 1 } }],
    ['one slot twice', 400, 'malformed', { sameSlot: true }],
    ['the passkey of somebody else in a slot', 400, 'malformed', { credential: noise(32) }],
    ['a sealing key of another length', 400, 'malformed', { hpkePublic: noise(65) }],
    ['keys that the signed row does not name', 400, 'malformed', { otherKeys: true }],
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
      if ('hpkePublic' in wrong) body.keys.hpkePublic = wrong.hpkePublic
      if ('otherKeys' in wrong) body.keys.hpkePublic = noise(HYBRID_KEY_BYTES)
      if ('signature' in wrong) body.signed.signature = wrong.signature
      if ('otherChallenge' in wrong) body.challengeId = (await newChallenge()).challengeId
      if ('token' in wrong) body.token = wrong.token
      await expectRefusal(await asStaff('invitations/accept', 'POST', body), status, code)
      for (const table of ['people', 'credentials', 'slots', 'sessions', 'ledger', 'intake_keys'])
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
        origin: STAFF_ORIGIN,
        ...changes,
      }
      body.response = await passkey.create(asked, falsified)
      await expectRefusal(await asStaff('invitations/accept', 'POST', body), 401, 'passkey_refused')
      expect(await rowsIn('people')).toBe(0)
    },
  )

  test('Only an admin invites, once for each token and for 48 hours at most', async () => {
    const [admin, intake] = [await person('admin'), await person('intake')]
    const tokenHash = noise(32)
    const invite = async (who: Person, change: object, subject = tokenHash) =>
      asStaff(
        'invitations',
        'POST',
        await signed(who, 'invitation.create', subject, change),
        who.cookie,
      )
    const expiresAt = Date.now() + 47 * 3_600_000
    const offer = { tokenHash, roles: ['intake'], expiresAt }
    await expectRefusal(await invite(intake, offer), 403, 'not_allowed')
    await expectRefusal(await invite(admin, offer, noise(32)), 403, 'signature_refused')
    const late = { ...offer, expiresAt: expiresAt + 2 * 3_600_000 }
    await expectRefusal(await invite(admin, late), 400, 'malformed')
    expect([await rowsIn('invitations'), await rowsIn('ledger')]).toEqual([0, 2])
    expect((await invite(admin, offer)).status).toBe(201)
    await expectRefusal(await invite(admin, offer), 400, 'malformed')
    expect([await rowsIn('invitations'), await rowsIn('ledger')]).toEqual([1, 3])
  })

  test('A change that is longer than browsers accept does not enter the ledger', async () => {
    const admin = await person('admin')
    const tokenHash = noise(32)
    const offer = { tokenHash, roles: ['intake'], expiresAt: Date.now() + 3_600_000 }
    const padded = { ...offer, padding: 'x'.repeat(MAX_CHANGE_CHARS) }
    const body = await signed(admin, 'invitation.create', tokenHash, padded)
    await expectRefusal(await asStaff('invitations', 'POST', body, admin.cookie), 400, 'malformed')
    expect([await rowsIn('invitations'), await rowsIn('ledger')]).toEqual([0, 1])
  })

  test('An admin withdraws an invitation, which then opens for nobody', async () => {
    const [admin, intake] = [await person('admin'), await person('intake')]
    const token = await invitation(['intake'])
    const tokenHash = toB64(await sha256(fromB64(token)))
    const withdraw = async (who: Person) =>
      asStaff(
        `invitations/${tokenHash}/withdraw`,
        'POST',
        await signed(who, 'invitation.withdraw', tokenHash, { tokenHash }),
        who.cookie,
      )
    const { body } = await joining(token)
    await expectRefusal(await withdraw(intake), 403, 'not_allowed')
    expect((await withdraw(admin)).status).toBe(204)
    await expectRefusal(
      await asStaff('invitations/accept', 'POST', body),
      404,
      'invitation_unknown',
    )
    await expectRefusal(await withdraw(admin), 404, 'invitation_unknown')
    expect(await rowsIn('ledger')).toBe(3)
  })

  test('A newcomer whose row follows an older head is refused with chain_moved', async () => {
    const { body } = await joining(await invitation(['intake']))
    await person('admin')
    await expectRefusal(await asStaff('invitations/accept', 'POST', body), 409, 'chain_moved')
    expect([await rowsIn('people'), await rowsIn('invitations')]).toEqual([1, 1])
  })
})
