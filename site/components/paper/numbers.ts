// Numbers that go on paper, by id: a number that content/contacts.json does not hold stops the build.
import { contacts } from '#content/published.ts'
import { type Contact } from '#content/schema.ts'

export function contactOf(id: string): Contact {
  const contact = contacts.find((each) => each.id === id)
  if (contact === undefined) throw new Error(`content/contacts.json has no contact ${id}`)
  return contact
}

/** For citizens, from any country. */
export const consul = contactOf('KG-09')

export const atHome: readonly Contact[] = ['KG-01', 'KG-02', 'KG-05'].map(contactOf)

/** Lines abroad that listen, rather than emergency services. */
export const lines: readonly Contact[] = [
  'KZ-02',
  'TR-02',
  'AE-02',
  'KR-02',
  'GB-02',
  'DE-01',
  'US-02',
].map(contactOf)
