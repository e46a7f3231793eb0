import { expect, test } from 'vitest'
import { contactOf, contacts, urgentContacts } from '#content/published.ts'

test('the numbers for danger now are those of the country, and one for its citizens abroad', () => {
  const { inside, abroad } = urgentContacts()
  expect(inside.map(({ tel }) => tel)).toEqual(['102', '103'])
  expect(abroad.map(({ id }) => id)).toEqual(['KG-09'])
})

test.each(['KG-01', 'KG-02', 'KG-09'])('no page is built when %s is missing', (id) => {
  const without = contacts.filter((contact) => contact.id !== id)
  expect(() => contactOf(id, without)).toThrow(id)
  expect(() => urgentContacts(without)).toThrow(id)
})
