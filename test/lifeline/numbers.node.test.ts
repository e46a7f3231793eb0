import { expect, test } from 'vitest'
import { contactOf, contacts, countriesOf, urgentContacts } from '#content/published.ts'

test('The numbers for danger are national, one for children, one for citizens abroad', () => {
  const { inside, child, abroad } = urgentContacts()
  expect(inside.map(({ tel }) => tel)).toEqual(['102', '103'])
  expect(child.map(({ id }) => id)).toEqual(['KG-05'])
  expect(abroad.map(({ id }) => id)).toEqual(['KG-09'])
})

test.each(['KG-01', 'KG-02', 'KG-05', 'KG-09'])(
  'A missing contact %s stops the build of every page that needs it',
  (id) => {
    const without = contacts.filter((contact) => contact.id !== id)
    expect(() => contactOf(id, without)).toThrow(id)
    expect(() => urgentContacts(without)).toThrow(id)
  },
)

test('Every country has one number for danger, or that of the EU, and shows every contact', () => {
  const countries = countriesOf()
  expect(countries.map(({ danger }) => danger.tel)).toEqual(
    '102 112 102 112 999 112 999 112 112 112 911'.split(' '),
  )
  for (const { country, danger } of countries) expect([country, 'EU']).toContain(danger.country)
  const shown = countries.flatMap(({ danger, lines }) => [danger, ...lines])
  expect(new Set(shown)).toEqual(new Set(contacts))
})

test('A contact in a country without a number for danger stops the build', () => {
  const [contact] = contacts
  const lost = { ...contact, id: 'FR-01', country: 'FR' } as (typeof contacts)[number]
  expect(() => countriesOf([...contacts, lost])).toThrow('FR')
})
