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

export const contacts: readonly Contact[] = contactsSchema.parse(contactRecords)
export const network: readonly NetworkLink[] = linksSchema.parse(networkRecords)
export const facts: readonly Fact[] = factsSchema.parse(factRecords)
export const foundation: Foundation = foundationSchema.parse(foundationRecord)

/** What the Foundation has said, in a language, or null while it is awaited. */
export function foundationValue(key: keyof Foundation, lang: 'ky' | 'ru' | 'en'): string | null {
  const { value } = foundation[key]
  return value === null || typeof value === 'string' ? value : value[lang]
}
