// The only door to contacts, links and facts: each is parsed when it is imported, so that a bad record stops the build.
import contactRecords from './contacts.json' with { type: 'json' }
import factRecords from './facts.json' with { type: 'json' }
import foundationRecord from './foundation.json' with { type: 'json' }
import networkRecords from './network.json' with { type: 'json' }
import {
  contactsSchema,
  factsSchema,
  foundationSchema,
  linksSchema,
  type Contact,
  type Fact,
  type Foundation,
  type NetworkLink,
} from './schema.ts'
import { URGENT } from './urgent.ts'

export const contacts: readonly Contact[] = contactsSchema.parse(contactRecords)
export const network: readonly NetworkLink[] = linksSchema.parse(networkRecords)
export const facts: readonly Fact[] = factsSchema.parse(factRecords)
export const foundation: Foundation = foundationSchema.parse(foundationRecord)

/** One contact. Throws when it is missing: a page that needs a number must not be built without it. */
export function contactOf(id: string, records = contacts): Contact {
  const contact = records.find((each) => each.id === id)
  if (!contact) throw new Error(`contacts.json has no ${id}, which pages show`)
  return contact
}

/** The numbers for danger now: inside the country, and for its citizens in any other. Throws as contactOf. */
export const urgentContacts = (records = contacts): Record<'inside' | 'abroad', Contact[]> => ({
  inside: URGENT.inside.map((id) => contactOf(id, records)),
  abroad: URGENT.abroad.map((id) => contactOf(id, records)),
})

/** A neutral address of a site that everybody visits. */
export const exitAddress: string = foundation.exit.value

/** What the Foundation has said, in a language, or null while it is awaited. */
export function foundationValue(key: keyof Foundation, lang: 'ky' | 'ru' | 'en'): string | null {
  const { value } = foundation[key]
  return value === null || typeof value === 'string' ? value : value[lang]
}
