// Tests proofs of presence: which actions need a proof, how long a proof is valid, and who can give
// one.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Challenge, PAPER_TRIES } from '#protocol/staff/people/sign-in'
import { OwnKeys, PROOF_MINUTES } from '#protocol/staff/people/slots'
import { dayOf } from '#protocol/time'
import { type Falsified, type Options } from '../support/authenticator.ts'
import { db, expectRefusal, freshEdge, ORIGIN, STAFF_ORIGIN } from '../support/edge.ts'
import {
  asStaff,
  challengeOf,
  cookieOf,
  getAs,
  newChallenge,
  noise,
  person,
  RP_ID,
  signed,
  type Person,
} from '../support/staff.ts'

let owner: Person
beforeEach(async () => {
  await freshEdge()
  owner = await person('admin', 'intake')
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + PROOF_MINUTES * 60_000)
})
afterEach(() => vi.useRealTimers())

const post = (path: string, body: object, cookie = owner.cookie): Promise<Response> =>
  asStaff(path, 'POST', body, cookie)

const isFresh = async (cookie = owner.cookie): Promise<boolean> => {
  const answer = await asStaff('prove', 'GET', undefined, cookie)
  if (answer.status !== 200) await expectRefusal(answer, 403, 'prove_again')
  return answer.status === 200
}

/** Prepares a passkey's response to the challenge of a session. */
async function touched(
  by: Person = owner,
  changes: Partial<Options> = {},
  { cookie = owner.cookie, falsified = {} }: { cookie?: string; falsified?: Falsified } = {},
) {
  const offered = await post('prove/options', {}, cookie)
  const { challengeId, options } = Challenge.parse(await offered.json())
  const asked = { challenge: challengeOf(options), rpId: RP_ID, origin: STAFF_ORIGIN }
  return { challengeId, response: await by.passkey.get({ ...asked, ...changes }, falsified) }
}

/** Signs in the owner with paper. @returns the cookie of the new session */
const signInByPaper = async (): Promise<string> =>
  cookieOf(await asStaff('sign-in/paper', 'POST', owner.paper))

async function invite(): Promise<Response> {
  const tokenHash = noise(32)
  const change = { tokenHash, roles: ['intake'], expiresAt: Date.now() + 3_600_000 }
  const body = await signed(owner, 'invitation.create', tokenHash, change)
  return post('invitations', body)
}

test('R51: An old proof invites and removes nobody, and the passkey renews it', async () => {
  await expectRefusal(await invite(), 403, 'prove_again')
  const colleague = await person('intake')
  const gone = await signed(owner, 'person.remove', colleague.id, {
    signPublic: noise(65),
    hpkePublic: noise(65),
  })
  await expectRefusal(await post(`people/${colleague.id}/remove`, gone), 403, 'prove_again')
  expect((await post('prove', await touched())).status).toBe(204)
  expect((await invite()).status).toBe(201)
})

test('A proof counts for PROOF_MINUTES', async () => {
  expect(await isFresh()).toBe(false)
  expect((await post('prove', await touched())).status).toBe(204)
  vi.setSystemTime(Date.now() + PROOF_MINUTES * 60_000 - 1)
  expect(await isFresh()).toBe(true)
  vi.setSystemTime(Date.now() + 1)
  expect(await isFresh()).toBe(false)
})

test('A sheet and its passphrase renew the proof too, and the slot notes the day', async () => {
  await db.prepare("UPDATE slots SET tried_day = '2026-01-01'").run()
  expect((await post('prove/paper', owner.paper)).status).toBe(204)
  expect(await isFresh()).toBe(true)
  const { slots } = OwnKeys.parse(await (await getAs(owner, 'me/keys')).json())
  const tried = Object.fromEntries(slots.map(({ kind, triedDay }) => [kind, triedDay]))
  expect(tried).toEqual({ passphrase: dayOf(Date.now()), prf: '2026-01-01' })
})

test('A new sign-in counts as a proof, for its own session only', async () => {
  expect(await isFresh(await signInByPaper())).toBe(true)
  expect(await isFresh()).toBe(false)
})

test("A colleague's passkey or sheet proves nothing", async () => {
  const colleague = await person('intake')
  for (const user of [colleague, owner].map(({ passkey }) => passkey.handle()))
    await expectRefusal(
      await post('prove', await touched(colleague, { user })),
      401,
      'passkey_refused',
    )
  await expectRefusal(await post('prove/paper', colleague.paper), 404, 'paper_unknown')
  expect(await isFresh()).toBe(false)
})

test.each<[string, Partial<Options>, Falsified]>([
  ['another origin', { origin: 'https://evil.example' }, {}],
  ['the origin of the public site', { origin: ORIGIN }, {}],
  ['another challenge', { challenge: noise(32) }, {}],
  ['no user verification', {}, { verified: false }],
])('A proof with %s is refused', async (_what, changes, falsified) => {
  const body = await touched(owner, changes, { falsified })
  await expectRefusal(await post('prove', body), 401, 'passkey_refused')
  expect(await isFresh()).toBe(false)
})

test('A response proves presence once, and only in the session that asked', async () => {
  const other = await signInByPaper()
  await expectRefusal(
    await post('prove', await touched(owner, {}, { cookie: other })),
    401,
    'challenge_unknown',
  )
  const body = await touched()
  expect((await post('prove', body)).status).toBe(204)
  await db.prepare('UPDATE credentials SET counter = 0').run()
  await expectRefusal(await post('prove', body), 401, 'challenge_unknown')
})

test('A response for signing in proves nothing, and a proof signs nobody in', async () => {
  const { challengeId, challenge } = await newChallenge()
  const asked = { challenge, rpId: RP_ID, origin: STAFF_ORIGIN }
  const signIn = { challengeId, response: await owner.passkey.get(asked) }
  await expectRefusal(await post('prove', signIn), 401, 'challenge_unknown')
  await expectRefusal(await asStaff('sign-in', 'POST', await touched()), 401, 'challenge_unknown')
})

test('Wrong passphrases count as tries of the sheet', async () => {
  const wrong = { ...owner.paper, proof: noise(32) }
  for (let tried = 0; tried < PAPER_TRIES; tried++)
    await expectRefusal(await post('prove/paper', wrong), 401, 'wrong_passphrase')
  await expectRefusal(await post('prove/paper', owner.paper), 429, 'too_many_tries')
  expect(await isFresh()).toBe(false)
})
