// Adds a country in one step: its texts, its name and its entry in the list. Writes nothing when a
// field is invalid or the country already exists.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { CountryRecord } from '#content/country-schema.ts'
import { readMdx, writeMdx } from '#content/front-matter.ts'
import { forEachLanguage, languages, type Language } from '#content/languages.ts'
import { contactSchema, type Contact } from '#content/schema.ts'
import { inEveryLanguage, words } from '#content/schema-fields.ts'
import { readJson } from '#scripts/content/read-file'
import {
  faultsOf,
  hasOne,
  stringsPath,
  texts,
  withKey,
  writeAll,
  type MadeText,
} from '#scripts/edit/new-text'
import { jsonText } from '#scripts/edit/stored'

const NEW_NUMBER = 'new'
const countryForm = z.object({
  code: z.string().regex(/^[A-Z]{2}$/),
  prefix: z.union([z.literal(''), z.string().regex(/^\+\d{1,4}$/)]),
  danger: words,
  ...texts,
})

const numberForm = z.object({
  display: words,
  tel: z.string().regex(/^\+?\d{2,15}$/),
  number: inEveryLanguage,
  audience: inEveryLanguage,
  scope: inEveryLanguage,
  source: words,
  latestSource: words,
})

/** Returns the facts that the text of every country cites. */
function sharedFacts(folder: string, records: readonly CountryRecord[]): string[] {
  const heads = records
    .map(({ country }) => `content/countries/${languages[0]}/${country.toLowerCase()}.mdx`)
    .filter((path) => existsSync(join(folder, path)))
    .map((path) => readMdx(readFileSync(join(folder, path), 'utf8')).head['facts'])
    .map((facts) => (Array.isArray(facts) ? facts : []))
  const [first = [], ...others] = heads
  return first.filter((id) => others.every((facts) => facts.includes(id)))
}

/** Returns the first contact id for a country that no contact uses yet. */
function freeId(code: string, contacts: readonly Contact[]): string {
  const idOf = (n: number): string => `${code}-${String(n).padStart(2, '0')}`
  let n = 1
  while (contacts.some(({ id }) => id === idOf(n))) n++
  return idOf(n)
}

function contactOf(id: string, code: string, form: unknown, today: string): Contact {
  const { display, tel, number, audience, scope, source, latestSource } = numberForm.parse(form)
  return contactSchema.parse({
    id,
    country: code,
    name: number,
    display,
    tel,
    audience,
    scope,
    sources: [source],
    latestSource,
    certainty: 'V2',
    status: 'GREEN',
    launchTest: 'pending',
    lastChecked: today,
  })
}

/**
 * Adds a country: its text in each language, its name and its line in the list. A new emergency
 * number becomes a contact record.
 *
 * @param headings  the headings of the two passages that countries share
 */
export function makeCountry(
  folder: string,
  form: unknown,
  headings: (lang: Language) => Record<'police' | 'passport', string>,
  today: string,
): MadeText {
  const isNew = countryForm.safeParse(form).data?.danger === NEW_NUMBER
  const faults = [...faultsOf(countryForm, form), ...(isNew ? faultsOf(numberForm, form) : [])]
  if (faults.length > 0) return { faults }
  const { code, prefix, danger, names, descriptions, leads } = countryForm.parse(form)
  const records = readJson(folder, 'countries.json') as CountryRecord[]
  const paths = languages.map((lang) => `content/countries/${lang}/${code.toLowerCase()}.mdx`)
  if (records.some(({ country, page }) => country === code && page) || hasOne(folder, paths))
    return { faults: [{ field: 'code', key: 'form.taken' }] }
  const contacts = readJson(folder, 'contacts.json') as Contact[]
  const contact = isNew ? contactOf(freeId(code, contacts), code, form, today) : null
  const record: CountryRecord = {
    country: code,
    danger: contact?.id ?? danger,
    page: true,
    names: [...new Set(languages.map((lang) => names[lang]))],
    ...(prefix === '' ? {} : { prefix }),
  }
  const facts = sharedFacts(folder, records)
  const bodies = forEachLanguage((lang) => {
    const { police, passport } = headings(lang)
    const passages = `## ${police}\n\n<Passage name="police" />\n\n## ${passport}\n\n`
    return `<p class="lead">${leads[lang]}</p>\n\n${passages}<Passage name="passport" />`
  })
  const files = languages.flatMap((lang): [string, string][] => [
    [
      `content/countries/${lang}/${code.toLowerCase()}.mdx`,
      writeMdx(
        { country: code, description: descriptions[lang], reviewed: false, facts },
        bodies[lang],
      ),
    ],
    [
      stringsPath(lang, 'tell'),
      withKey(folder, stringsPath(lang, 'tell'), `country.${code}`, names[lang]),
    ],
  ])
  writeAll(folder, {
    ...Object.fromEntries(files),
    'content/countries.json': jsonText([
      ...records.filter(({ country }) => country !== code),
      record,
    ]),
    ...(contact === null ? {} : { 'content/contacts.json': jsonText([...contacts, contact]) }),
  })
  return { file: paths[0] ?? '' }
}
