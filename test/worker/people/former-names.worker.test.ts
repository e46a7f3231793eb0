// Tests that the name of a person who left remains stored as long as a case contains that person's
// rows.
import { beforeEach, expect, test } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { HYBRID_ENC_BYTES } from '#protocol/limits'
import { FORMER_NAME_BYTES } from '#protocol/staff/people/former-name'
import { People } from '#protocol/staff/people/people'
import { dropSpentNames } from '#worker/store/people/former-names'
import { addEntryAs, freshCasework, makeKeyAs, openTeams } from '../support/casework.ts'
import { db, deps, expectRefusal, rowsIn } from '../support/edge.ts'
import { asStaff, getAs, noise, person, signed, type Person } from '../support/staff.ts'

let staff: Person, leaver: Person, caseworker: Person
let id: string
beforeEach(async () => {
  ;({ staff, id } = await freshCasework())
  leaver = await person('intake')
  caseworker = await person('caseworker')
  await makeKeyAs(staff, id)
})

const peopleFor = async (who: Person): Promise<People> =>
  People.parse(await (await getAs(who, 'people')).json())

async function remove({ id: subject }: Person): Promise<void> {
  const row = await db
    .prepare('SELECT sign_public, hpke_public FROM people WHERE id = ?')
    .bind(fromB64(subject))
    .first<{ sign_public: number[]; hpke_public: number[] }>()
  if (!row) throw new Error('the person has no row')
  const change = {
    signPublic: toB64(Uint8Array.from(row.sign_public)),
    hpkePublic: toB64(Uint8Array.from(row.hpke_public)),
  }
  const body = await signed(staff, 'person.remove', subject, change)
  const { status } = await asStaff(`people/${subject}/remove`, 'POST', body, staff.cookie)
  expect(status).toBe(204)
}

/** Removes the leaver, who has written in a case. */
async function removeAuthor(): Promise<void> {
  expect((await addEntryAs(leaver, id)).status).toBe(201)
  await remove(leaver)
}

interface Sealing {
  generation?: number
  to?: Person[]
  of?: string
}

const seal = (by: Person, { generation = 1, to = [], of = leaver.id }: Sealing = {}) =>
  asStaff(
    `people/${of}/former-name`,
    'PUT',
    {
      generation,
      sealed: noise(12 + FORMER_NAME_BYTES + 16),
      copies: to.map((each) => ({
        person: each.id,
        sealed: noise(HYBRID_ENC_BYTES + FORMER_NAME_BYTES + 16),
      })),
    },
    by.cookie,
  )

test('The name of a leaver who wrote in a case is kept, at first for readers only', async () => {
  await removeAuthor()
  const { names, former } = await peopleFor(staff)
  expect(names.map((each) => each.id)).toContain(leaver.id)
  expect(former).toEqual([{ id: leaver.id, sealed: null, generation: null, holders: [] }])
  const others = await peopleFor(caseworker)
  expect(others.names.map((each) => each.id)).not.toContain(leaver.id)
  expect(others.former).toEqual([])
})

test('The name of a leaver of whom no case has a row is not kept', async () => {
  await remove(leaver)
  expect(await rowsIn('former_names')).toBe(0)
  await expectRefusal(await seal(staff), 404, 'person_unknown')
})

test('A reader seals the name, and the plain one is gone', async () => {
  await removeAuthor()
  expect((await seal(staff, { to: [caseworker, staff] })).status).toBe(204)
  const { names, former } = await peopleFor(staff)
  expect(names.map((each) => each.id)).not.toContain(leaver.id)
  // A reader gets no copy, because the team key opens the name.
  expect(former).toMatchObject([{ id: leaver.id, generation: 1, holders: [caseworker.id] }])
  expect((await peopleFor(caseworker)).former).toMatchObject([
    { id: leaver.id, generation: null, holders: [] },
  ])
  expect((await seal(staff)).status).toBe(204)
  expect((await peopleFor(caseworker)).former).toEqual([])
})

test('Only a reader seals a name, and only under the newest generation', async () => {
  await removeAuthor()
  await expectRefusal(await seal(caseworker), 403, 'not_allowed')
  await expectRefusal(await seal(await person('admin')), 403, 'not_allowed')
  await openTeams(2)
  await expectRefusal(await seal(staff, { to: [caseworker] }), 404, 'person_unknown')
  expect(await rowsIn('name_copies')).toBe(0)
  expect((await peopleFor(staff)).former).toMatchObject([{ sealed: null }])
})

test('A generation that seals a name does not end', async () => {
  await removeAuthor()
  await db.prepare('DELETE FROM case_keys').run()
  await seal(staff)
  await openTeams(2)
  const end = async () =>
    asStaff(
      'teams/1/end',
      'POST',
      await signed(staff, 'team.end', '1', { generation: 1 }),
      staff.cookie,
    )
  await expectRefusal(await end(), 409, 'team_in_use')
  await seal(staff, { generation: 2 })
  expect((await end()).status).toBe(204)
})

test('A name goes with the last case that has a row of the leaver', async () => {
  await removeAuthor()
  await seal(staff, { to: [caseworker] })
  await dropSpentNames(deps.db)
  expect([await rowsIn('former_names'), await rowsIn('name_copies')]).toEqual([1, 1])
  await db.prepare('DELETE FROM reports').run()
  await dropSpentNames(deps.db)
  expect([await rowsIn('former_names'), await rowsIn('name_copies')]).toEqual([0, 0])
})
