// Parses contacts, links, facts and the Foundation's values for the pages. Parsing happens on
// import, so that a bad record stops the build.
import cardRecords from './cards.json' with { type: 'json' }
import contactRecords from './contacts.json' with { type: 'json' }
import { countryRecords } from './countries.ts'
import factRecords from './facts.json' with { type: 'json' }
import foundationRecord from './foundation.json' with { type: 'json' }
import type { Language } from './languages.ts'
import linkRecords from './links.json' with { type: 'json' }
import networkRecords from './network.json' with { type: 'json' }
import { organisation } from './organisation.ts'
import { parsed } from './parsed.ts'
import { cardsSchema, type Card } from './country-schema.ts'
import { foundationSchema, type Foundation } from './foundation-schema.ts'
import {
  contactsSchema,
  factsSchema,
  linksSchema,
  networksSchema,
  type Contact,
  type Fact,
  type Link,
  type NetworkLink,
} from './schema.ts'

export const contacts: readonly Contact[] = parsed('contacts.json', contactsSchema, contactRecords)
export const network: readonly NetworkLink[] = parsed(
  'network.json',
  networksSchema,
  networkRecords,
)
export const links: readonly Link[] = parsed('links.json', linksSchema, linkRecords)
export const cards: readonly Card[] = parsed('cards.json', cardsSchema, cardRecords)
export const facts: readonly Fact[] = parsed('facts.json', factsSchema, factRecords)
export const foundation: Foundation = parsed('foundation.json', foundationSchema, foundationRecord)

/**
 * The oldest of the dates on which the numbers were last checked. Every page shows this date, so
 * that no number looks more recently checked than it is.
 */
export const checkedDay: string = contacts.map(({ lastChecked }) => lastChecked).sort()[0] ?? ''

/** Returns one contact. @throws when the contact is missing, because a page needs its number */
export function contactOf(id: string, records = contacts): Contact {
  const contact = records.find((each) => each.id === id)
  if (!contact) throw new Error(`contacts.json has no ${id}, which pages show`)
  return contact
}

/** The consular department, which citizens can call from any country. */
export const consulate: Contact = contactOf(organisation.numbers.consulate)

/** Returns one fact. @throws when the fact is missing, because a text needs it */
export function factOf(id: string): Fact {
  const fact = facts.find((each) => each.id === id)
  if (fact === undefined) throw new Error(`content/facts.json has no fact ${id}`)
  return fact
}

/**
 * Returns the emergency numbers, in the groups of organisation.json.
 *
 * @throws in the same cases as contactOf
 */
export const urgentContacts = (
  records = contacts,
): Record<'inside' | 'child' | 'abroad', Contact[]> => ({
  inside: organisation.numbers.inside.map((id) => contactOf(id, records)),
  child: organisation.numbers.child.map((id) => contactOf(id, records)),
  abroad: organisation.numbers.abroad.map((id) => contactOf(id, records)),
})

export interface Country {
  country: string
  /** The emergency number. */
  danger: Contact
  /** The other telephone lines that people can call in this country. */
  lines: Contact[]
  /** True when the country has its own page. */
  hasPage: boolean
}

/**
 * Returns the countries in order.
 * @throws in the same cases as contactOf, and when a country with numbers has no emergency number
 */
export function countriesOf(records = contacts): Country[] {
  const known = countryRecords.map(({ country }) => country)
  const lost = records.find(({ country }) => !known.includes(country))
  if (lost) throw new Error(`countries.json has no number for danger now in ${lost.country}`)
  return countryRecords.map(({ country, danger, page }) => ({
    country,
    danger: contactOf(danger, records),
    lines: records.filter((each) => each.country === country && each.id !== danger),
    hasPage: page,
  }))
}

/** Returns one country. @throws when the country is missing, because a page shows it */
export function countryOf(code: string): Country {
  const found = countriesOf().find(({ country }) => country === code)
  if (!found) throw new Error(`countries.json has no ${code}, which has a page`)
  return found
}

/** Returns the cards of a country that a native speaker and the Foundation have signed. */
export const signedCards = (country: string, records = cards): Card[] =>
  records.filter(({ countries, signed }) => signed !== null && countries.includes(country))

/** The address of a neutral site that many people visit. */
export const exitAddress: string = foundation.exit.value

/** Returns a value of the Foundation in a language, or null while it is awaited. */
export function foundationValue(key: keyof Foundation, lang: Language): string | null {
  const { value } = foundation[key]
  return value === null || typeof value === 'string' ? value : value[lang]
}

/**
 * Returns who reads a report, and the time to a reply when the Foundation has stated one.
 *
 * @param general  describes the readers until the Foundation has named them
 */
export const readersOf = (lang: Language, general: string): string =>
  [foundationValue('readers', lang) ?? general, foundationValue('replyTime', lang)]
    .filter((sentence) => sentence !== null)
    .join(' ')
