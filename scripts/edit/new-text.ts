// Makes a new country or a new page in all the places that it needs, in one step. Nothing is
// written when a place does not fit.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { PAGE_NAME } from '#content/added-pages-schema.ts'
import type { CountryRecord } from '#content/country-schema.ts'
import { readMdx, writeMdx } from '#content/front-matter.ts'
import { forEachLanguage, languages, type Language } from '#content/languages.ts'
import { contactSchema, type Contact } from '#content/schema.ts'
import { inEveryLanguage, words } from '#content/schema-fields.ts'
import { writeWhole } from '#scripts/edit/files'
import { jsonText } from '#scripts/edit/stored'
import { PAGES } from '#site/pages.ts'

/** A field of a form that does not fit, and the key of the sentence about it. */
export interface FormFault {
  field: string
  key: string
}

/** The place that a new text opens, or the faults of the form. */
export type MadeText = { file: string } | { faults: FormFault[] }

const NEW_NUMBER = 'new'
const texts = { names: inEveryLanguage, descriptions: inEveryLanguage, leads: inEveryLanguage }

const pageForm = z.object({ name: z.string().regex(PAGE_NAME), ...texts })

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

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8')
const readJson = (folder: string, path: string): unknown => JSON.parse(read(folder, path))

/** Returns the fields of a form that do not fit, each once. */
const faultsOf = (schema: z.ZodType, form: unknown): FormFault[] => {
  const issues = schema.safeParse(form).error?.issues ?? []
  return [...new Set(issues.map(({ path }) => path.join('.')))].map((field) => ({
    field,
    key: ['name', 'code', 'prefix', 'tel'].includes(field) ? `form.${field}` : 'form.empty',
  }))
}

const stringsPath = (lang: Language, file: string): string => `content/strings/${lang}/${file}.json`

/** Adds a key after the last key of its kind. */
function withKey(folder: string, path: string, key: string, text: string): string {
  const entries = Object.entries(readJson(folder, path) as Record<string, string>)
  const kind = key.split('.')[0] ?? ''
  const at = entries.findLastIndex(([other]) => other.startsWith(`${kind}.`)) + 1
  return jsonText(Object.fromEntries(entries.toSpliced(at, 0, [key, text])))
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeWhole(join(folder, path), text)
}

/** Makes a page of text: its words in each language, its name in the menu, its line in the list. */
export function makePage(folder: string, form: unknown): MadeText {
  const faults = faultsOf(pageForm, form)
  if (faults.length > 0) return { faults }
  const { name, names, descriptions, leads } = pageForm.parse(form)
  const list = readJson(folder, 'content/added-pages.json') as string[]
  const paths = languages.map((lang) => `content/pages/${lang}/${name}.mdx`)
  if (Object.hasOwn(PAGES, name) || list.includes(name) || existsSync(join(folder, paths[0] ?? '')))
    return { faults: [{ field: 'name', key: 'form.taken' }] }
  const files = languages.flatMap((lang): [string, string][] => [
    [
      `content/pages/${lang}/${name}.mdx`,
      writeMdx(
        { title: names[lang], description: descriptions[lang], reviewed: false },
        `<p class="lead">${leads[lang]}</p>`,
      ),
    ],
    [
      stringsPath(lang, 'site'),
      withKey(folder, stringsPath(lang, 'site'), `nav.${name}`, names[lang]),
    ],
  ])
  writeAll(folder, {
    ...Object.fromEntries(files),
    'content/added-pages.json': jsonText([...list, name]),
  })
  return { file: paths[0] ?? '' }
}

/** Returns the facts that every text of a country names. */
function sharedFacts(folder: string, records: readonly CountryRecord[]): string[] {
  const heads = records
    .map(({ country }) => `content/countries/${languages[0]}/${country.toLowerCase()}.mdx`)
    .filter((path) => existsSync(join(folder, path)))
    .map((path) => readMdx(read(folder, path)).head['facts'])
    .map((facts) => (Array.isArray(facts) ? facts : []))
  const [first = [], ...others] = heads
  return first.filter((id) => others.every((facts) => facts.includes(id)))
}

function contactOf(code: string, form: unknown, today: string): Contact {
  const { display, tel, number, audience, scope, source, latestSource } = numberForm.parse(form)
  return contactSchema.parse({
    id: `${code}-01`,
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
 * Makes a country: its text in each language, its name and its line in the list. A new number for
 * danger now becomes a record.
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
  const records = readJson(folder, 'content/countries.json') as CountryRecord[]
  if (records.some(({ country, page }) => country === code && page))
    return { faults: [{ field: 'code', key: 'form.taken' }] }
  const contacts = readJson(folder, 'content/contacts.json') as Contact[]
  const contact = isNew ? contactOf(code, form, today) : null
  const record: CountryRecord = {
    country: code,
    danger: contact?.id ?? danger,
    page: true,
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
  return { file: `content/countries/${languages[0]}/${code.toLowerCase()}.mdx` }
}
