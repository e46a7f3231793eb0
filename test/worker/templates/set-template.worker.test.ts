import { beforeEach, expect, test } from 'vitest'
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { TemplateList } from '#protocol/staff/templates'
import { db, expectRefusal, freshEdge } from '../support/edge.ts'
import { asStaff, getAs, person, signed, type Person } from '../support/staff.ts'

let admin: Person
beforeEach(async () => {
  await freshEdge()
  admin = await person('admin')
})

const NAME = 'ky.first'
/** Counts the ledger rows about templates. */
const signedRows = async (): Promise<number> => {
  const { results } = await db
    .prepare("SELECT 1 FROM ledger WHERE json_extract(statement, '$.action') = 'template.set'")
    .all()
  return results.length
}

const hashOf = async (text: string): Promise<string> => toB64(await sha256(utf8(text)))

/** Sets a template. `signedText` is the text whose hash the admin signs. */
async function set(
  text: string | null,
  { who = admin, name = NAME, path = NAME, subject = NAME, signedText = text } = {},
): Promise<Response> {
  const textHash = signedText === null ? null : await hashOf(signedText)
  const change = await signed(who, 'template.set', subject, { name, textHash })
  return asStaff(`templates/${path}`, 'PUT', { signed: change, text }, who.cookie)
}

const listed = async (who = admin) =>
  TemplateList.parse(await (await getAs(who, 'templates')).json()).templates

test('An admin stores a template, changes it, and takes the text of the app again', async () => {
  expect((await set('Катыңызды окудук')).status).toBe(204)
  expect(await listed()).toEqual([{ name: NAME, text: 'Катыңызды окудук' }])
  expect((await set('Кабарыңызды окудук')).status).toBe(204)
  expect(await listed(await person('intake'))).toEqual([{ name: NAME, text: 'Кабарыңызды окудук' }])
  expect((await set(null)).status).toBe(204)
  expect(await listed()).toEqual([])
  expect(await signedRows()).toBe(3)
})

test('A caseworker reads the templates and cannot change one', async () => {
  const caseworker = await person('caseworker')
  expect(await listed(caseworker)).toEqual([])
  await expectRefusal(await set('Окудук', { who: caseworker }), 403, 'not_allowed')
  expect(await signedRows()).toBe(0)
})

test.each([
  ['a text with another hash than the signed one', () => set('Башка', { signedText: 'Окудук' })],
  ['a name that was not signed', () => set('Окудук', { path: 'ky.closing' })],
] as const)('%s is refused with signature_refused and nothing is stored', async (_of, send) => {
  await expectRefusal(await send(), 403, 'signature_refused')
  expect(await listed()).toEqual([])
  expect(await signedRows()).toBe(0)
})

test.each([
  ['a change about another template', () => set('Окудук', { name: 'ky.closing' })],
  ['a text beside a change without a hash', () => set('Окудук', { signedText: null })],
  ['a hash without a text', () => set(null, { signedText: 'Окудук' })],
  ['an unknown purpose', () => set('А', { name: 'ky.x', path: 'ky.x', subject: 'ky.x' })],
  ['an empty text', () => set('')],
  ['a text of 1,701 characters', () => set('а'.repeat(1701))],
] as const)('%s is refused with malformed and nothing is stored', async (_of, send) => {
  await expectRefusal(await send(), 400, 'malformed')
  expect(await listed()).toEqual([])
  expect(await signedRows()).toBe(0)
})

test('The end of a template that does not exist is refused with not_found', async () => {
  await expectRefusal(await set(null), 404, 'not_found')
  expect(await signedRows()).toBe(0)
})

test('A change that was signed for an older head is refused with chain_moved', async () => {
  const textHash = await hashOf('Окудук')
  const change = await signed(admin, 'template.set', NAME, { name: NAME, textHash })
  await set('Башка')
  const body = { signed: change, text: 'Окудук' }
  await expectRefusal(
    await asStaff(`templates/${NAME}`, 'PUT', body, admin.cookie),
    409,
    'chain_moved',
  )
  expect(await listed()).toEqual([{ name: NAME, text: 'Башка' }])
})
