// Tests how a person replaces keys that somebody else may have.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { Challenge } from '#protocol/staff/people/sign-in'
import { Me } from '#protocol/staff/people/people'
import { PROOF_MINUTES, type ReplacedKeys } from '#protocol/staff/people/slots'
import { signingPair, type SigningPair } from '#test/protocol/support/organisation.ts'
import { LeftCases } from '#protocol/staff/list/case-pages'
import { authenticator, type Authenticator } from '../support/authenticator.ts'
import { addEntryAs, freshCasework, makeKeyAs } from '../support/casework.ts'
import { db, expectRefusal, freshEdge, rowsIn, STAFF_ORIGIN } from '../support/edge.ts'
import {
  asStaff,
  challengeOf,
  cookieOf,
  getAs,
  invitation,
  joining,
  newChallenge,
  newcomer,
  noise,
  passkeySlot,
  person,
  RP_ID,
  sheetSlot,
  signed,
  userOf,
  type Person,
  RESTART,
} from '../support/staff.ts'
import { assignAs, giveTo } from '../support/teamwork.ts'

let owner: Person, colleague: Person
beforeEach(async () => {
  await freshEdge()
  owner = await person('admin', 'intake')
  colleague = await person('intake')
})
afterEach(() => vi.useRealTimers())

interface Prepared extends Person {
  handle: string
  body: ReplacedKeys
}

const post = (body: ReplacedKeys, { cookie } = owner): Promise<Response> =>
  asStaff('me/new-keys', 'POST', body, cookie)

/** Signs the row again with the old key, after the test has changed the body. */
const signedFor = (keys: { signPublic: string; hpkePublic: string }, who = owner) =>
  signed(who, 'person.rekey', who.id, {
    signPublic: keys.signPublic,
    hpkePublic: keys.hpkePublic,
  })

/** Prepares new keys with a passkey and a sheet, without sending them. */
async function prepare(who = owner): Promise<Prepared> {
  const offered = await asStaff('me/new-keys/options', 'POST', {}, who.cookie)
  const { challengeId, options } = Challenge.parse(await offered.json())
  const handle = userOf(options)
  const passkey: Authenticator = await authenticator()
  const signing: SigningPair = await signingPair()
  const challenge = challengeOf(options)
  const asked = { challenge, rpId: RP_ID, origin: STAFF_ORIGIN, user: handle }
  const keys = {
    hpkePublic: noise(HYBRID_KEY_BYTES),
    signPublic: toB64(signing.publicKey),
    sealedPrivate: noise(2048),
  }
  const sheet = await sheetSlot()
  const body: ReplacedKeys = {
    passkey: { challengeId, response: await passkey.create(asked) },
    keys,
    slots: [passkeySlot(passkey.credentialId), sheet.slot],
    signed: await signedFor(keys, who),
  }
  return { ...who, passkey, paper: sheet.paper, signing, handle, body }
}

async function signInWith(passkey: Authenticator, user = passkey.handle()): Promise<Response> {
  const { challengeId, challenge } = await newChallenge()
  const asked = { challenge, rpId: RP_ID, origin: STAFF_ORIGIN, user }
  return asStaff('sign-in', 'POST', { challengeId, response: await passkey.get(asked) })
}

const rowOf = ({ id }: Person) =>
  db
    .prepare('SELECT roles, offered, keeper_last_day FROM people WHERE id = ?')
    .bind(fromB64(id))
    .first()

const everything = async () =>
  JSON.stringify([
    await Promise.all(
      ['credentials', 'slots', 'sessions', 'intake_keys', 'ledger', 'invitations'].map(rowsIn),
    ),
    await rowOf(owner),
  ])

test('R35: After new keys, the old passkey, sheet and sessions let nobody in', async () => {
  const stolen = await signInWith(owner.passkey)
  const made = await prepare()
  const answer = await post(made.body)
  expect(answer.status).toBe(200)
  const me = Me.parse(await answer.json())
  expect(me).toMatchObject({ id: owner.id, roles: [], keys: made.body.keys, intake: [], team: [] })
  expect(me.slots).toHaveLength(2)

  for (const cookie of [owner.cookie, cookieOf(stolen)])
    await expectRefusal(await getAs({ ...owner, cookie }, 'me'), 401, 'signed_out')
  await expectRefusal(await signInWith(owner.passkey), 401, 'passkey_unknown')
  await expectRefusal(await asStaff('sign-in/paper', 'POST', owner.paper), 404, 'paper_unknown')
  expect((await signInWith(made.passkey)).status).toBe(200)
  expect((await asStaff('sign-in/paper', 'POST', made.paper)).status).toBe(200)
})

test('A person with new keys waits without rights, keys or certificate', async () => {
  await db.prepare('UPDATE people SET keeper_last_day = 99999').run()
  const cookie = cookieOf(await post((await prepare()).body))
  expect(await rowOf(owner)).toEqual({
    roles: '[]',
    offered: '["admin","intake"]',
    keeper_last_day: null,
  })
  expect(await rowsIn('intake_keys')).toBe(1)
  for (const path of ['reports', 'people', 'ledger/head'])
    await expectRefusal(await getAs({ ...owner, cookie }, path), 403, 'not_allowed')
  expect((await getAs({ ...owner, cookie }, 'ledger')).status).toBe(200)
  expect((await getAs(colleague, 'reports')).status).toBe(200)
  expect(await rowOf(colleague)).toMatchObject({ keeper_last_day: 99999 })
})

test('New keys of a caseworker end the copies of case keys, and the key in use', async () => {
  const { staff, id } = await freshCasework()
  const caseworker = await person('caseworker')
  await makeKeyAs(staff, id)
  expect((await giveTo(staff, id, caseworker)).status).toBe(204)
  expect((await post((await prepare(caseworker)).body, caseworker)).status).toBe(200)
  expect(await rowsIn('case_grants')).toBe(0)
  await expectRefusal(await addEntryAs(staff, id), 409, 'case_key_changed')
  const { cases } = LeftCases.parse(await (await getAs(staff, 'cases/left')).json())
  expect(cases).toMatchObject([{ id, assignee: caseworker.id }])
  const back = { from: caseworker.id, to: null }
  expect((await assignAs(staff, id, back)).status).toBe(204)
  await makeKeyAs(staff, id, { keyNo: 2 })
  expect((await addEntryAs(staff, id, { keyNo: 2 })).status).toBe(201)
})

test('A reader with new keys keeps their cases', async () => {
  const { staff, id } = await freshCasework()
  const reader = await person('intake')
  await makeKeyAs(staff, id)
  await assignAs(staff, id, { to: reader.id })
  expect((await post((await prepare(reader)).body, reader)).status).toBe(200)
  expect(await (await getAs(staff, 'cases/left')).json()).toEqual({ cases: [] })
})

test('A former keeper with confirmed new keys cannot restart a ledger or open epochs', async () => {
  await db.prepare('UPDATE people SET keeper_last_day = 99999').run()
  const made = await prepare()
  const renewed = { ...made, cookie: cookieOf(await post(made.body)) }
  await db.prepare('UPDATE people SET roles = offered').run()
  const restart = await signed(renewed, 'ledger.restart', owner.id, RESTART)
  await expectRefusal(
    await asStaff('ledger/restart', 'POST', restart, renewed.cookie),
    403,
    'not_allowed',
  )
  const retire = await signed(renewed, 'epoch.retire', '1', { epoch: 1, day: '2026-11-26' })
  await expectRefusal(
    await asStaff('epochs/1/retire', 'POST', retire, renewed.cookie),
    403,
    'not_allowed',
  )
})

test('Each try of new keys has one user handle, and the old passkey has another', async () => {
  const [first, second] = [await prepare(), await prepare()]
  expect(first.handle).toBe(second.handle)
  expect(first.handle).not.toBe(owner.passkey.handle())
  expect((await signInWith(owner.passkey)).status).toBe(200)
  // Another person's handle does not sign anyone in.
  await post(second.body)
  const foreign = colleague.passkey.handle()
  await expectRefusal(await signInWith(second.passkey, foreign), 401, 'passkey_refused')
  // A further set of new keys does not replace this passkey until those keys take effect.
  await db.prepare('UPDATE people SET roles = offered').run()
  const signedIn = cookieOf(await signInWith(second.passkey))
  expect((await prepare({ ...second, cookie: signedIn })).handle).not.toBe(second.handle)
})

test('R35: A device that a thief added for alerts is no longer called after new keys', async () => {
  const device = db.prepare("INSERT INTO devices VALUES (?, ?, x'00', '2026-11-30')")
  for (const { id } of [owner, colleague]) await device.bind(fromB64(id), fromB64(id)).run()
  expect((await post((await prepare()).body)).status).toBe(200)
  const { results } = await db.prepare('SELECT person FROM devices').all<{ person: number[] }>()
  expect(results.map((row) => toB64(Uint8Array.from(row.person)))).toEqual([colleague.id])
})

test('The open invitations of a person with new keys end', async () => {
  const token = await invitation(['intake'])
  await db.prepare('UPDATE invitations SET created_by = ?').bind(fromB64(owner.id)).run()
  const { body } = await joining(token)
  expect((await post((await prepare()).body)).status).toBe(200)
  await expectRefusal(await asStaff('invitations/accept', 'POST', body), 404, 'invitation_unknown')
})

test('The last reader cannot replace keys, because nobody could confirm them', async () => {
  await db.prepare("UPDATE people SET roles = '[]' WHERE id = ?").bind(fromB64(colleague.id)).run()
  const { body } = await prepare()
  const before = await everything()
  await expectRefusal(await post(body), 409, 'last_reader')
  expect(await everything()).toBe(before)
})

test('New keys that are sent twice count once', async () => {
  const { body } = await prepare()
  expect((await post(body)).status).toBe(200)
  await expectRefusal(await post(body), 401, 'signed_out')
  expect([await rowsIn('slots'), await rowsIn('credentials')]).toEqual([4, 2])
})

test('New keys at the head of an older ledger are refused, and nothing changes', async () => {
  const { body } = await prepare()
  expect((await post((await prepare(colleague)).body, colleague)).status).toBe(200)
  const before = await rowOf(owner)
  // The colleague is waiting now. Without another reader, the refusal would have a different
  // reason.
  await person('intake')
  await expectRefusal(await post(body), 409, 'chain_moved')
  expect(await rowOf(owner)).toEqual(before)
})

const withKeys = async (made: Prepared, changes: Partial<ReplacedKeys['keys']>) => {
  const keys = { ...made.body.keys, ...changes }
  return { ...made.body, keys, signed: await signedFor(keys) }
}

test.each<[string, (made: Prepared) => ReplacedKeys | Promise<ReplacedKeys>]>([
  [
    'without a sheet',
    ({ body, passkey }) => ({
      ...body,
      slots: [passkeySlot(passkey.credentialId), passkeySlot(passkey.credentialId)],
    }),
  ],
  [
    'with the same slot twice',
    ({ body }) => ({ ...body, slots: [1, 1].map((at) => body.slots[at]!) }),
  ],
  [
    'with a slot of another passkey',
    ({ body }) => ({ ...body, slots: [passkeySlot(noise(32)), body.slots[1]!] }),
  ],
  ['with one slot', ({ body }) => ({ ...body, slots: body.slots.slice(1) })],
  [
    'other than the signed ones',
    ({ body }) => ({ ...body, keys: { ...body.keys, hpkePublic: noise(HYBRID_KEY_BYTES) } }),
  ],
  [
    'with the old signing key',
    (made) => withKeys(made, { signPublic: toB64(owner.signing.publicKey) }),
  ],
  [
    'with the old sealing key',
    async (made) => {
      const me = Me.parse(await (await getAs(owner, 'me')).json())
      return withKeys(made, { hpkePublic: me.keys.hpkePublic })
    },
  ],
])('New keys %s are refused, and nothing changes', async (_what, change) => {
  const body = await change(await prepare())
  const before = await everything()
  await expectRefusal(await post(body), 400, 'malformed')
  expect(await everything()).toBe(before)
})

test('Only the old key signs new keys, for their own person', async () => {
  const made = await prepare()
  const before = await everything()
  for (const row of [
    await signedFor(made.body.keys, made),
    await signedFor(made.body.keys, colleague),
  ])
    await expectRefusal(await post({ ...made.body, signed: row }), 403, 'signature_refused')
  expect(await everything()).toBe(before)
})

test('A challenge for another purpose or another person makes no new keys', async () => {
  const made = await prepare()
  const foreign = await prepare(colleague)
  const other = Challenge.parse(
    await (await asStaff('me/slots/options', 'POST', {}, owner.cookie)).json(),
  )
  for (const challengeId of [foreign.body.passkey.challengeId, other.challengeId]) {
    const passkey = { ...made.body.passkey, challengeId }
    await expectRefusal(await post({ ...made.body, passkey }), 401, 'challenge_unknown')
  }
  const passkey = { ...made.body.passkey, response: foreign.body.passkey.response }
  await expectRefusal(await post({ ...made.body, passkey }), 401, 'passkey_refused')
})

test('New keys need a fresh proof of presence, and a role', async () => {
  const { body } = await prepare()
  const waiting = await newcomer('intake')
  await expectRefusal(await post(body, waiting), 403, 'not_allowed')
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + PROOF_MINUTES * 60_000)
  await expectRefusal(await post(body), 403, 'prove_again')
  const options = await asStaff('me/new-keys/options', 'POST', {}, owner.cookie)
  await expectRefusal(options, 403, 'prove_again')
  expect([await rowsIn('ledger'), await rowOf(owner)]).toEqual([
    3,
    { roles: '["admin","intake"]', offered: '["admin","intake"]', keeper_last_day: null },
  ])
})
