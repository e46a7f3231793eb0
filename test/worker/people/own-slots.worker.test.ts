// Tests how a person adds, renames and removes their own slots.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Challenge } from '#protocol/staff/people/sign-in'
import { MAX_OWN_SLOTS, OwnKeys, PROOF_MINUTES, type AddedSlot } from '#protocol/staff/people/slots'
import { dayOf } from '#protocol/time'
import { authenticator, type Authenticator } from '../support/authenticator.ts'
import { db, expectRefusal, freshEdge, rowsIn, STAFF_ORIGIN } from '../support/edge.ts'
import {
  asStaff,
  challengeOf,
  getAs,
  newChallenge,
  noise,
  passkeySlot,
  person,
  RP_ID,
  sheetSlot,
  userOf,
  type Person,
} from '../support/staff.ts'

let owner: Person
beforeEach(async () => {
  await freshEdge()
  owner = await person('intake')
})
afterEach(() => vi.useRealTimers())

const post = (path: string, body: object, who = owner): Promise<Response> =>
  asStaff(path, 'POST', body, who.cookie)

const keysOf = async (who = owner): Promise<OwnKeys> =>
  OwnKeys.parse(await (await getAs(who, 'me/keys')).json())

const slotOf = async (kind: 'prf' | 'passphrase', who = owner) => {
  const slot = (await keysOf(who)).slots.find((each) => each.kind === kind)
  if (!slot) throw new Error(`no slot of the kind ${kind}`)
  return slot
}

async function addSheet(name = '') {
  const { slot, paper } = await sheetSlot()
  const answer = await post('me/slots', { name, slot, passkey: null })
  return { answer, id: slot.id, paper }
}

/** Prepares the request that adds a passkey, without sending it. */
async function registration(passkey: Authenticator, who = owner): Promise<AddedSlot> {
  const offered = await post('me/slots/options', {}, who)
  const { challengeId, options } = Challenge.parse(await offered.json())
  const user = userOf(options)
  const asked = { challenge: challengeOf(options), rpId: RP_ID, origin: STAFF_ORIGIN, user }
  return {
    name: 'Ноутбук',
    slot: passkeySlot(passkey.credentialId),
    passkey: { challengeId, response: await passkey.create(asked) },
  }
}

async function signInWith(passkey: Authenticator): Promise<Response> {
  const { challengeId, challenge } = await newChallenge()
  const asked = { challenge, rpId: RP_ID, origin: STAFF_ORIGIN }
  return asStaff('sign-in', 'POST', { challengeId, response: await passkey.get(asked) })
}

const remove = (id: string, who = owner): Promise<Response> =>
  post(`me/slots/${id}/remove`, {}, who)

test('A second passkey is added with its name and its days, and signs in', async () => {
  const passkey = await authenticator()
  expect((await post('me/slots', await registration(passkey))).status).toBe(201)
  const today = dayOf(Date.now())
  expect((await keysOf()).slots).toContainEqual(
    expect.objectContaining({
      kind: 'prf',
      credentialId: passkey.credentialId,
      name: 'Ноутбук',
      addedDay: today,
      triedDay: today,
    }),
  )
  expect((await signInWith(passkey)).status).toBe(200)
})

test('The slots come in the order in which their owner added them', async () => {
  const former = (await keysOf()).slots.map(({ id }) => id)
  const added: string[] = []
  for (let n = 0; n < 4; n++) added.push((await addSheet()).id)
  expect((await keysOf()).slots.map(({ id }) => id)).toEqual([...former, ...added])
})

test('The options of a new passkey exclude the authenticators that have one', async () => {
  const { options } = Challenge.parse(await (await post('me/slots/options', {})).json())
  expect(options).toMatchObject({
    excludeCredentials: [{ id: owner.passkey.credentialId }],
    user: { id: owner.id },
  })
})

test('A new sheet signs in, and the slots list the day of its last try', async () => {
  const { answer, paper } = await addSheet('Сейф')
  expect(answer.status).toBe(201)
  await db.prepare("UPDATE slots SET tried_day = '2026-01-01'").run()
  expect((await asStaff('sign-in/paper', 'POST', paper)).status).toBe(200)
  const { slots } = await keysOf()
  expect(slots.filter(({ triedDay }) => triedDay === dayOf(Date.now()))).toMatchObject([
    { name: 'Сейф' },
  ])
})

test('A registration that is sent twice makes one slot', async () => {
  const body = await registration(await authenticator())
  expect((await post('me/slots', body)).status).toBe(201)
  const again = { ...body, slot: { ...body.slot, id: noise(16) } }
  await expectRefusal(await post('me/slots', again), 409, 'slots_full')
  expect([await rowsIn('slots'), await rowsIn('credentials')]).toEqual([3, 2])
})

test.each<[string, (added: AddedSlot) => AddedSlot]>([
  ['a slot of another passkey', (added) => ({ ...added, slot: passkeySlot(noise(32)) })],
  [
    'a passkey without its slot',
    (added) => ({ ...added, slot: { ...added.slot, kind: 'passphrase' } }),
  ],
  ['a slot without its passkey', (added) => ({ ...added, passkey: null })],
])('An addition with %s is refused, and nothing is stored', async (_what, change) => {
  const body = change(await registration(await authenticator()))
  await expectRefusal(await post('me/slots', body), 400, 'malformed')
  expect([await rowsIn('slots'), await rowsIn('credentials')]).toEqual([2, 1])
})

test('A sheet below the lowest cost of stretching is refused', async () => {
  const { slot } = await sheetSlot()
  const weak = { name: '', slot: { ...slot, memoryKib: 1024 }, passkey: null }
  await expectRefusal(await post('me/slots', weak), 400, 'malformed')
})

test("A challenge for a colleague's new passkey, or for signing in, adds nothing", async () => {
  const colleague = await person('intake')
  const foreign = await registration(await authenticator(), colleague)
  await expectRefusal(await post('me/slots', foreign), 401, 'challenge_unknown')
  const passkey = await authenticator()
  const { challengeId, challenge } = await newChallenge()
  const asked = { challenge, rpId: RP_ID, origin: STAFF_ORIGIN }
  const body = {
    name: '',
    slot: passkeySlot(passkey.credentialId),
    passkey: { challengeId, response: await passkey.create(asked) },
  }
  await expectRefusal(await post('me/slots', body), 401, 'challenge_unknown')
})

test('A person has at most MAX_OWN_SLOTS slots', async () => {
  for (let have = 2; have < MAX_OWN_SLOTS; have++)
    expect((await addSheet()).answer.status).toBe(201)
  await expectRefusal((await addSheet()).answer, 409, 'slots_full')
  const body = await registration(await authenticator())
  await expectRefusal(await post('me/slots', body), 409, 'slots_full')
  expect([await rowsIn('slots'), await rowsIn('credentials')]).toEqual([MAX_OWN_SLOTS, 1])
})

test('R35: Of two slots none is removed, and of three the last sheet stays', async () => {
  for (const kind of ['prf', 'passphrase'] as const)
    await expectRefusal(await remove((await slotOf(kind)).id), 409, 'last_slot')
  expect((await post('me/slots', await registration(await authenticator()))).status).toBe(201)
  await expectRefusal(await remove((await slotOf('passphrase')).id), 409, 'last_slot')
  expect([await rowsIn('slots'), await rowsIn('credentials')]).toEqual([3, 2])
})

test('Two removals at once leave two slots', async () => {
  const { id } = await addSheet()
  const answers = await Promise.all([remove(id), remove((await slotOf('prf')).id)])
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
  expect(await rowsIn('slots')).toBe(2)
})

test('R35: A removed passkey no longer signs anybody in', async () => {
  const passkey = await authenticator()
  await post('me/slots', await registration(passkey))
  const lost = (await keysOf()).slots.find(
    ({ credentialId }) => credentialId === owner.passkey.credentialId,
  )
  expect((await remove(lost?.id ?? '')).status).toBe(204)
  await expectRefusal(await signInWith(owner.passkey), 401, 'passkey_unknown')
  expect((await signInWith(passkey)).status).toBe(200)
  expect(await rowsIn('credentials')).toBe(1)
})

test('R35: A removed sheet no longer signs anybody in', async () => {
  const { id, paper } = await addSheet()
  expect((await remove(id)).status).toBe(204)
  await expectRefusal(await asStaff('sign-in/paper', 'POST', paper), 404, 'paper_unknown')
  expect((await asStaff('sign-in/paper', 'POST', owner.paper)).status).toBe(200)
})

test('A passkey without a slot is listed apart, and goes by its own id', async () => {
  await db.prepare("DELETE FROM slots WHERE kind = 'prf'").run()
  const { credentialId } = owner.passkey
  expect((await keysOf()).signInOnly).toEqual([credentialId])
  expect((await remove(credentialId)).status).toBe(204)
  await expectRefusal(await signInWith(owner.passkey), 401, 'passkey_unknown')
})

test("Nobody renames or removes a colleague's slot", async () => {
  const colleague = await person('intake')
  const { id } = await slotOf('passphrase', colleague)
  for (const path of [`me/slots/${id}/remove`, `me/slots/${colleague.passkey.credentialId}/remove`])
    await expectRefusal(await post(path, {}), 404, 'slot_unknown')
  await expectRefusal(await post(`me/slots/${id}/name`, { name: 'x' }), 404, 'slot_unknown')
  expect((await slotOf('passphrase', colleague)).name).toBe('')
  expect([await rowsIn('slots'), await rowsIn('credentials')]).toEqual([4, 2])
})

test('A slot is renamed, and a name over 60 letters is refused', async () => {
  const { id } = await slotOf('prf')
  expect((await post(`me/slots/${id}/name`, { name: ' Телефон ' })).status).toBe(204)
  expect((await slotOf('prf')).name).toBe('Телефон')
  const long = { name: 'x'.repeat(61) }
  await expectRefusal(await post(`me/slots/${id}/name`, long), 400, 'malformed')
})

test('Slots are added and removed only with a fresh proof of presence', async () => {
  const body = await registration(await authenticator())
  const { id } = await addSheet()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + PROOF_MINUTES * 60_000)
  await expectRefusal(await post('me/slots', body), 403, 'prove_again')
  await expectRefusal(await post('me/slots/options', {}), 403, 'prove_again')
  await expectRefusal((await addSheet()).answer, 403, 'prove_again')
  await expectRefusal(await remove(id), 403, 'prove_again')
  expect([await rowsIn('slots'), await rowsIn('credentials')]).toEqual([3, 1])
  expect((await post(`me/slots/${id}/name`, { name: 'x' })).status).toBe(204)
})
