import { beforeEach, expect, test } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { StoredViews } from '#protocol/staff/list/views'
import { db, expectRefusal, freshEdge, rowsIn } from '../support/edge.ts'
import { asStaff, getAs, newcomer, noise, person, type Person } from '../support/staff.ts'

const LENGTH = 9328
let reader: Person
beforeEach(async () => {
  await freshEdge()
  reader = await person('intake')
})

const keep = (who: Person, sealed: string, base: string | null = null) =>
  asStaff('me/views', 'PUT', { sealed, base }, who.cookie)
const hashOf = async (sealed: string) => toB64(await sha256(fromB64(sealed)))
const viewsOf = async (who: Person) =>
  StoredViews.parse(await (await getAs(who, 'me/views')).json()).sealed

test('A colleague gets back the views that they kept last, and nobody else does', async () => {
  const caseworker = await person('caseworker')
  expect(await viewsOf(reader)).toBeNull()
  const [first, newest] = [noise(LENGTH), noise(LENGTH)]
  expect((await keep(reader, first)).status).toBe(204)
  expect((await keep(reader, newest, await hashOf(first))).status).toBe(204)
  expect(await viewsOf(reader)).toBe(newest)
  expect(await viewsOf(caseworker)).toBeNull()
  expect((await keep(caseworker, noise(LENGTH))).status).toBe(204)
  expect(await viewsOf(reader)).toBe(newest)
})

test('Views that another device changed in the meantime are not replaced', async () => {
  const [first, other] = [noise(LENGTH), noise(LENGTH)]
  await expectRefusal(await keep(reader, first, await hashOf(other)), 409, 'record_changed')
  expect((await keep(reader, first)).status).toBe(204)
  await expectRefusal(await keep(reader, noise(LENGTH)), 409, 'record_changed')
  expect((await keep(reader, other, await hashOf(first))).status).toBe(204)
  await expectRefusal(await keep(reader, noise(LENGTH), await hashOf(first)), 409, 'record_changed')
  expect(await viewsOf(reader)).toBe(other)
})

test('Views of another length are malformed, so that the length says nothing', async () => {
  for (const length of [0, LENGTH - 1, LENGTH + 1])
    await expectRefusal(await keep(reader, noise(length)), 400, 'malformed')
  expect(await rowsIn('list_views')).toBe(0)
})

test('A person who does not read cases cannot keep views', async () => {
  for (const who of [await person('admin'), await newcomer('intake')]) {
    await expectRefusal(await keep(who, noise(LENGTH)), 403, 'not_allowed')
    await expectRefusal(await getAs(who, 'me/views'), 403, 'not_allowed')
  }
  expect(await rowsIn('list_views')).toBe(0)
})

test('The views of a person are deleted with the person', async () => {
  await keep(reader, noise(LENGTH))
  await db.prepare('DELETE FROM people WHERE id = ?').bind(fromB64(reader.id)).run()
  expect(await rowsIn('list_views')).toBe(0)
})
