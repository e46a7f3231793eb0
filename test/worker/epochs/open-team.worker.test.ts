import { beforeEach, expect, test } from 'vitest'
import { fromB64 } from '#protocol/bytes'
import { Me } from '#protocol/staff/people/people'
import { freshCasework, openTeams } from '../support/casework.ts'
import { db, expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'

let reader: Person, colleague: Person, admin: Person
beforeEach(async () => {
  await freshEdge()
  reader = await person('intake')
  colleague = await person('admin', 'intake')
  admin = await person('admin')
})

async function open(
  by: Person,
  { generation = 2, people = [reader, colleague] }: { generation?: number; people?: Person[] } = {},
): Promise<Response> {
  const change = { generation, commitment: noise(32) }
  const body = {
    signed: await signed(by, 'team.open', String(generation), change),
    sealed: people.map(({ id }) => ({ person: id, sealed: noise(1168) })),
    sealedForRecovery: noise(1168),
  }
  return asStaff('teams', 'POST', body, by.cookie)
}

async function end(by: Person, generation: number): Promise<Response> {
  const body = await signed(by, 'team.end', String(generation), { generation })
  return asStaff(`teams/${generation}/end`, 'POST', body, by.cookie)
}

const generationsOf = async (who: Person) =>
  Me.parse(await (await getAs(who, 'me')).json()).team.map(({ generation }) => generation)

test('A reader opens a generation, and every reader gets a copy', async () => {
  expect((await open(reader)).status).toBe(201)
  expect(await generationsOf(reader)).toEqual([2])
  expect(await generationsOf(colleague)).toEqual([2])
  expect(await generationsOf(admin)).toEqual([])
})

test('A generation without a copy for each reader is refused, and nothing is stored', async () => {
  for (const people of [[reader], [reader, colleague, admin], [reader, reader]])
    await expectRefusal(await open(reader, { people }), 409, 'chain_moved')
  expect([await rowsIn('teams'), await rowsIn('team_keys')]).toEqual([1, 0])
})

test('Of two colleagues who open the same generation the second is refused', async () => {
  expect((await open(reader)).status).toBe(201)
  await expectRefusal(await open(colleague), 409, 'chain_moved')
  await expectRefusal(await open(colleague, { generation: 4 }), 409, 'chain_moved')
  expect([await rowsIn('teams'), await rowsIn('team_keys')]).toEqual([2, 2])
})

test('An admin without intake opens and ends no generation', async () => {
  await expectRefusal(await open(admin), 403, 'not_allowed')
  await expectRefusal(await end(admin, 1), 403, 'not_allowed')
})

test('The end of an older generation deletes every copy, and the newest stays', async () => {
  await expectRefusal(await end(reader, 1), 409, 'chain_moved')
  await open(reader)
  await open(reader, { generation: 3 })
  expect((await end(colleague, 2)).status).toBe(204)
  expect(await generationsOf(reader)).toEqual([3])
  expect(await rowsIn('team_keys')).toBe(2)
  await expectRefusal(await end(reader, 3), 409, 'chain_moved')
})

test('R24: A generation does not end while a case key is under it', async () => {
  const { staff, id } = await freshCasework()
  await openTeams(2)
  await db
    .prepare('INSERT INTO case_keys (case_id, key_no, generation, sealed) VALUES (?, 1, 1, ?)')
    .bind(fromB64(id), fromB64(noise(88)))
    .run()
  await expectRefusal(await end(staff, 1), 409, 'team_in_use')
  await db.prepare('UPDATE case_keys SET generation = 2').run()
  expect((await end(staff, 1)).status).toBe(204)
})

test('The copies of a person who leaves are deleted', async () => {
  await open(reader)
  await db.prepare('DELETE FROM people WHERE id = ?').bind(fromB64(colleague.id)).run()
  expect(await rowsIn('team_keys')).toBe(1)
})
