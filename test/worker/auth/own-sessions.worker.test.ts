// Tests how a person sees and ends their own sessions.
import { beforeEach, expect, test } from 'vitest'
import { OwnKeys } from '#protocol/staff/people/slots'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import { asStaff, cookieOf, getAs, person, type Person } from '../support/staff.ts'

let owner: Person
beforeEach(async () => {
  await freshEdge()
  owner = await person('intake')
})

/** Signs in the owner with paper on an additional device. @returns the cookie */
const elsewhere = async (): Promise<string> =>
  cookieOf(await asStaff('sign-in/paper', 'POST', owner.paper))

const sessionsOf = async (who: Person) =>
  OwnKeys.parse(await (await getAs(who, 'me/keys')).json()).sessions

const statusOf = async (cookie: string): Promise<number> =>
  (await asStaff('me', 'GET', undefined, cookie)).status

const post = (path: string): Promise<Response> => asStaff(path, 'POST', {}, owner.cookie)

test('The list has each open session of the person and marks this one', async () => {
  await elsewhere()
  await person('intake')
  const sessions = await sessionsOf(owner)
  expect(sessions.map(({ beganBy, isThis }) => [beganBy, isThis])).toEqual([
    ['paper', false],
    ['passkey', true],
  ])
  for (const { beganAt } of sessions) expect(Math.abs(beganAt - Date.now())).toBeLessThan(60_000)
})

test('The id of a session is neither its token nor the hash of the token', async () => {
  const token = fromB64(owner.cookie.split('=')[1] ?? '')
  const [{ id } = { id: '' }] = await sessionsOf(owner)
  for (const secret of [token, await sha256(token)])
    expect(toB64(secret.slice(0, fromB64(id).length))).not.toBe(id)
  await expectRefusal(
    await asStaff('me', 'GET', undefined, `__Host-oasis=${id}`),
    401,
    'signed_out',
  )
})

test('R35: A stolen session is dead at the next request after a sign-out elsewhere', async () => {
  const stolen = await elsewhere()
  const second = await elsewhere()
  expect(await statusOf(stolen)).toBe(200)
  expect((await post('me/sessions/end-others')).status).toBe(204)
  for (const cookie of [stolen, second])
    await expectRefusal(await asStaff('me', 'GET', undefined, cookie), 401, 'signed_out')
  expect(await statusOf(owner.cookie)).toBe(200)
})

test('A session is ended by its id, and the other sessions go on', async () => {
  const lost = await elsewhere()
  const [{ id } = { id: '' }] = await sessionsOf(owner)
  const kept = await elsewhere()
  expect((await post(`me/sessions/${id}/end`)).status).toBe(204)
  expect(await Promise.all([lost, kept, owner.cookie].map(statusOf))).toEqual([401, 200, 200])
  expect((await post(`me/sessions/${id}/end`)).status).toBe(204)
})

test('This session does not end by the list, because its cookie would stay', async () => {
  const own = (await sessionsOf(owner)).find(({ isThis }) => isThis)
  await expectRefusal(await post(`me/sessions/${own?.id ?? ''}/end`), 400, 'malformed')
  expect(await statusOf(owner.cookie)).toBe(200)
})

test("Nobody ends a colleague's session", async () => {
  const colleague = await person('intake')
  const [{ id } = { id: '' }] = await sessionsOf(colleague)
  await post(`me/sessions/${id}/end`)
  await post('me/sessions/end-others')
  expect(await statusOf(colleague.cookie)).toBe(200)
  expect(await rowsIn('sessions')).toBe(2)
})
