// Tests how a person changes their name, and that no name enters the table without its hash.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fromB64 } from '#protocol/bytes'
import { People } from '#protocol/staff/people/people'
import { nameHashOf } from '#protocol/staff/people/person-name'
import { PROOF_MINUTES } from '#protocol/staff/people/slots'
import { db, expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import {
  asStaff,
  getAs,
  invitation,
  joining,
  linkOf,
  newcomer,
  noise,
  person,
  signed,
  type Person,
} from '../support/staff.ts'

let owner: Person
beforeEach(async () => {
  await freshEdge()
  owner = await person('intake')
})
afterEach(() => vi.useRealTimers())

const NAME = 'Айгүл Асанова'

async function rename(who = owner, salt = noise(16), signedName = NAME): Promise<Response> {
  const nameHash = await nameHashOf({ name: signedName, salt })
  const body = {
    name: NAME,
    salt,
    signed: await signed(who, 'person.rename', who.id, { nameHash }),
  }
  return asStaff('me/name', 'POST', body, who.cookie)
}

const nameOf = async (who = owner) => {
  const { names } = People.parse(await (await getAs(owner, 'people')).json())
  return names.find(({ id }) => id === who.id)
}

test('A person takes another name, which is stored beside its salt, and adds one row', async () => {
  const rows = await rowsIn('ledger')
  const salt = noise(16)
  expect((await rename(owner, salt)).status).toBe(204)
  expect(await nameOf()).toEqual({ id: owner.id, name: NAME, salt })
  expect(await rowsIn('ledger')).toBe(rows + 1)
})

test('R50: A name that does not fit the signed hash is refused and nothing changes', async () => {
  const before = await nameOf()
  const rows = await rowsIn('ledger')
  await expectRefusal(await rename(owner, noise(16), 'Бермет'), 400, 'malformed')
  expect([await nameOf(), await rowsIn('ledger')]).toEqual([before, rows])
})

test('Nobody renames another person, and a person who waits takes no other name', async () => {
  const other = await person('admin')
  const salt = noise(16)
  const nameHash = await nameHashOf({ name: NAME, salt })
  const stranger = await signed(owner, 'person.rename', other.id, { nameHash })
  await expectRefusal(
    await asStaff('me/name', 'POST', { name: NAME, salt, signed: stranger }, owner.cookie),
    403,
    'signature_refused',
  )
  await expectRefusal(await rename(await newcomer('intake')), 403, 'not_allowed')
  expect((await nameOf(other))?.name).toBe('Айгүл')
})

test('A name needs a fresh proof of presence', async () => {
  vi.setSystemTime(Date.now() + (PROOF_MINUTES + 1) * 60_000)
  await expectRefusal(await rename(), 403, 'prove_again')
})

test('A person whose role ends during the request keeps the name', async () => {
  await db
    .prepare(`CREATE TRIGGER ends BEFORE UPDATE OF name ON people
    BEGIN SELECT RAISE(IGNORE); END`)
    .run()
  await expectRefusal(await rename(), 404, 'person_unknown')
  await db.prepare('DROP TRIGGER ends').run()
})

test('R50: A newcomer whose name does not fit the signed hash is refused', async () => {
  const { body } = await joining(await invitation(['intake']))
  const people = await rowsIn('people')
  for (const other of [{ name: 'Бермет' }, { nameSalt: noise(16) }])
    await expectRefusal(
      await asStaff('invitations/accept', 'POST', { ...body, ...other }),
      400,
      'malformed',
    )
  expect(await rowsIn('people')).toBe(people)
})

test('R33: A link to another row opens nothing, and nobody joins by another row', async () => {
  const token = await invitation(['intake'])
  const link = await linkOf(token)
  await expectRefusal(
    await asStaff('invitations/open', 'POST', { ...link, row: noise(32) }),
    404,
    'invitation_unknown',
  )
  const { body } = await joining(token)
  await db
    .prepare('UPDATE invitations SET row_hash = ? WHERE row_hash = ?')
    .bind(fromB64(noise(32)), fromB64(link.row))
    .run()
  await expectRefusal(await asStaff('invitations/accept', 'POST', body), 400, 'malformed')
})
