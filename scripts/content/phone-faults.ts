// Finds faults in the telephone numbers in content/, because a wrong number may cost a life.
import type { OrganisationNumbers } from '#content/organisation.ts'
import type { Contact } from '#content/schema.ts'
import type { CountryRecord } from '#content/country-schema.ts'
import { fault, lineOfKey, lineOfRecord, type ContentFault } from '#scripts/content/fault'
import { readContentJson, recordsOf } from '#scripts/content/json-file'

/** The letters on a phone's keys, because a number may be printed as a word. */
const KEYS = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']
const digitsOf = (text: string): string =>
  [...text.toLowerCase()]
    .map((sign) => {
      const key = KEYS.findIndex((letters) => letters.includes(sign))
      return key < 0 ? sign : String(key + 2)
    })
    .join('')
    .replace(/\D/g, '')

/** True when the printed number equals the dialled number, with or without the prefix. */
const isAsPrinted = ({ display, tel }: Contact, prefix = ''): boolean => {
  const printed = digitsOf(display)
  const dialled = digitsOf(tel)
  const inside = dialled.replace(new RegExp(`^${digitsOf(prefix)}`), '')
  return [dialled, inside, `0${inside}`].includes(printed)
}

function contactFaults(
  contact: Contact,
  countries: readonly CountryRecord[],
): { kind: string; field: string; values: ContentFault['values'] }[] {
  const { id, country, tel, display } = contact
  const own = countries.find((each) => each.country === country)
  const prefix = own?.prefix ?? ''
  const values = { id, country, tel, display, prefix }
  return [
    ...(own === undefined ? [{ kind: 'number-country', field: 'country', values }] : []),
    ...(tel.startsWith('+') && own !== undefined && prefix === ''
      ? [{ kind: 'number-prefixless', field: 'tel', values }]
      : []),
    ...(tel.startsWith('+') && prefix !== '' && !tel.startsWith(prefix)
      ? [{ kind: 'number-prefix', field: 'tel', values }]
      : []),
    ...(isAsPrinted(contact, prefix) ? [] : [{ kind: 'number-display', field: 'display', values }]),
  ]
}

const NUMBER = /\+?\d[\d ]+\d/g
const YEAR = /^(19|20)\d\d$/

/**
 * Lists the numbers in a note that are missing from the records. A page converts each number in a
 * note to a link.
 */
function noteFaults(contact: Contact, known: ReadonlySet<string>): string[] {
  const notes = Object.values(contact.note ?? {})
  const numbers = notes.flatMap((note) => note.match(NUMBER) ?? [])
  return [...new Set(numbers)].filter((text) => !YEAR.test(text) && !known.has(digitsOf(text)))
}

const isWhole = ({ id, tel, display, country }: Partial<Contact>): boolean =>
  [id, tel, display, country].every((field) => typeof field === 'string')

export function phoneFaults(folder: string): ContentFault[] {
  const contactFile = readContentJson(folder, 'contacts.json')
  const countryFile = readContentJson(folder, 'countries.json')
  const organisation = readContentJson(folder, 'organisation.json')
  const contacts = recordsOf<Contact>(contactFile).filter(isWhole)
  const countries = recordsOf<CountryRecord>(countryFile)
  const ids = contacts.map(({ id }) => id)
  const known = new Set(
    contacts.flatMap(({ tel, display, sms, codes }) =>
      [tel, display, sms ?? '', ...(codes ?? []).map((code) => code.tel)].map(digitsOf),
    ),
  )
  const say = (
    id: string,
    field: string,
    kind: string,
    values: ContentFault['values'],
  ): ContentFault => fault('contacts.json', lineOfRecord(contactFile.text, id, field), kind, values)
  const { numbers = {} } = organisation.value as { numbers?: Partial<OrganisationNumbers> }
  return [
    ...contacts.flatMap((contact) => [
      ...contactFaults(contact, countries).map(({ kind, field, values }) =>
        say(contact.id, field, kind, values),
      ),
      ...noteFaults(contact, known).map((number) =>
        say(contact.id, 'note', 'number-note', { id: contact.id, number }),
      ),
    ]),
    ...countries
      .filter(({ danger }) => !ids.includes(danger))
      .map(({ country, danger }) =>
        fault(
          'countries.json',
          lineOfRecord(countryFile.text, country, 'danger'),
          'number-danger',
          { country, id: danger },
        ),
      ),
    ...Object.entries(numbers).flatMap(([group, named]) =>
      [named]
        .flat()
        .filter((id) => !ids.includes(id))
        .map((id) =>
          fault('organisation.json', lineOfKey(organisation.text, group), 'number-unknown', { id }),
        ),
    ),
  ]
}
