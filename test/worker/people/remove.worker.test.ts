import { beforeEach, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { db, expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import {
  asStaff,
  getAs,
  invitation,
  joining,
  noise,
  person,
  signed,
  type Person,
} from '../support/staff.ts'

beforeEach(freshEdge)

async function keysOf({ id }: Person) {
  const row = await db
    .prepare('SELECT sign_public, hpke_public FROM people WHERE id = ?')
    .bind(fromB64(id))
    .first<{ sign_public: number[]; hpke_public: number[] }>()
  if (!row) throw new Error('the person has no row')
  return {
    signPublic: toB64(Uint8Array.from(row.sign_public)),
    hpkePublic: toB64(Uint8Array.from(row.hpke_public)),
  }
}

async function remove(by: Person, leaver: Person, changes: object = {}): Promise<Response> {
  const change = { ...(await keysOf(leaver)), ...changes }
  const body = await signed(by, 'person.remove', leaver.id, change)
  return asStaff(`people/${leaver.id}/remove`, 'POST', body, by.cookie)
}

test('R24: A removed colleague is signed out at once and cannot sign in again', async () => {
  const [staying, leaver] = [await person('intake'), await person('intake')]
  expect((await getAs(leaver, 'reports')).status).toBe(200)
  expect((await remove(staying, leaver)).status).toBe(204)
  for (const path of ['reports', 'me', 'ledger'])
    await expectRefusal(await getAs(leaver, path), 401, 'signed_out')
  const left = await Promise.all(
    ['people', 'credentials', 'sessions', 'intake_keys'].map((table) => rowsIn(table)),
  )
  expect(left).toEqual([1, 1, 1, 1])
  expect(await rowsIn('ledger')).toBe(3)
})

test('The open invitations of a removed colleague end', async () => {
  const [staying, leaver] = [await person('intake'), await person('admin')]
  const token = await invitation(['intake'])
  await db.prepare('UPDATE invitations SET created_by = ?').bind(fromB64(leaver.id)).run()
  const { body } = await joining(token)
  expect((await remove(staying, leaver)).status).toBe(204)
  await expectRefusal(await asStaff('invitations/accept', 'POST', body), 404, 'invitation_unknown')
})

test('The last keeper cannot be removed, and another keeper can', async () => {
  const [staying, leaver] = [await person('intake'), await person('intake')]
  const certify = ({ id }: Person) =>
    db.prepare('UPDATE people SET keeper_last_day = 30000 WHERE id = ?').bind(fromB64(id)).run()
  await certify(leaver)
  await expectRefusal(await remove(staying, leaver), 409, 'last_keeper')
  await certify(staying)
  expect((await remove(staying, leaver)).status).toBe(204)
})

test('The last reader cannot be removed', async () => {
  const [admin, reader] = [await person('admin'), await person('intake')]
  await expectRefusal(await remove(admin, reader), 409, 'last_reader')
  expect((await getAs(reader, 'reports')).status).toBe(200)
  expect(await rowsIn('ledger')).toBe(2)
})

test('A removal that names other keys than those of the colleague is refused', async () => {
  const [staying, leaver] = [await person('intake'), await person('intake')]
  await expectRefusal(
    await remove(staying, leaver, { signPublic: noise(65) }),
    404,
    'person_unknown',
  )
  expect((await getAs(leaver, 'reports')).status).toBe(200)
})
