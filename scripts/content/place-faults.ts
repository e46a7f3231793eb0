// Finds texts that no page leads to, and pages, countries and facts that lack a text or a name.
import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CountryRecord } from '#content/country-schema.ts'
import { languages, type Language } from '#content/languages.ts'
import { fault, lineOfKey, lineOfRecord, type ContentFault } from '#scripts/content/fault'
import { readContentJson, recordsOf } from '#scripts/content/json-file'
import type { Text } from '#scripts/content/text-faults'
import { nameKey } from '#site/i18n/paths.ts'
import { countryPage, PAGES, pageNames, storyPage, type PageName } from '#site/pages.ts'

/** Returns the names of the pages that an editor added. */
const addedIn = (folder: string): string[] => {
  const { value } = readContentJson(folder, 'added-pages.json')
  return Array.isArray(value)
    ? value.filter((name): name is string => typeof name === 'string')
    : []
}

/** Lists the pages that a text can link to. */
export function linkablePages(folder: string): string[] {
  const countries = recordsOf<CountryRecord>(readContentJson(folder, 'countries.json'))
  const stories = join(folder, 'content/stories')
  return [
    ...pageNames,
    ...addedIn(folder),
    ...countries.filter(({ page }) => page).map(({ country }) => countryPage(country)),
    ...(existsSync(stories) ? readdirSync(stories) : []).map((name) =>
      storyPage(name.replace('.json', '')),
    ),
  ]
}

/** True when the page of this name is made by code, or was added by an editor. */
const isListed = (name: string, added: readonly string[]): boolean =>
  Object.hasOwn(PAGES, name) || added.includes(name)

/** Lists the languages that lack a text which another language has. */
const missingFaults = (texts: readonly Text[]): ContentFault[] => {
  const names = [...new Set(texts.map(({ folder, name }) => `${folder}/${name}`))]
  return names.flatMap((each) => {
    const having = texts.filter(({ folder, name }) => `${folder}/${name}` === each)
    const [folder = '', name = ''] = each.split('/')
    return languages
      .filter((lang) => !having.some((text) => text.lang === lang))
      .map((lang) =>
        fault(`${folder}/${lang}/${name}.mdx`, null, 'text-missing', {
          other: having[0]?.lang ?? '',
        }),
      )
  })
}

function pageFaults(folder: string, texts: readonly Text[]): ContentFault[] {
  const added = addedIn(folder)
  const { text } = readContentJson(folder, 'added-pages.json')
  const inPages = texts.filter((each) => each.folder === 'pages')
  const line = (name: string): number => text.slice(0, text.indexOf(`"${name}"`)).split('\n').length
  const linked = [...pageNames, ...added.filter((name) => !Object.hasOwn(PAGES, name))]
  return [
    ...inPages
      .filter(({ name }) => !isListed(name, added))
      .map(({ lang, name }) => fault(`pages/${lang}/${name}.mdx`, null, 'page-orphan', { name })),
    ...added
      .filter((name) => !inPages.some((each) => each.name === name))
      .map((name) => fault('added-pages.json', line(name), 'page-lost', { name })),
    // The type of a page name does not include pages that exist only in a folder.
    ...nameFaults(
      folder,
      'site',
      linked.map((name) => nameKey(name as PageName)),
      'page-name',
    ),
  ]
}

/** Lists the keys that a file of strings lacks, in each language. */
function nameFaults(folder: string, file: string, keys: string[], kind: string): ContentFault[] {
  return languages.flatMap((lang: Language) => {
    const path = `strings/${lang}/${file}.json`
    const strings = readContentJson(folder, path).value as Record<string, unknown> | null
    return keys
      .filter((key) => strings?.[key] === undefined)
      .map((key) => fault(path, null, kind, { key, name: key.replace(/^\w+\./, '') }))
  })
}

function countryFaults(folder: string, texts: readonly Text[]): ContentFault[] {
  const { text, value } = readContentJson(folder, 'countries.json')
  const records = recordsOf<CountryRecord>({ path: '', text, value })
  const having = texts.filter((each) => each.folder === 'countries')
  return [
    ...having.flatMap(({ lang, name }) => {
      const path = `countries/${lang}/${name}.mdx`
      const code = name.toUpperCase()
      const record = records.find(({ country }) => country === code)
      if (record === undefined) return [fault(path, null, 'country-orphan', { code })]
      return record.page ? [] : [fault(path, null, 'country-hidden', { code })]
    }),
    ...records
      .filter(({ page, country }) => page && !having.some(({ name }) => name === lower(country)))
      .map(({ country }) =>
        fault('countries.json', lineOfRecord(text, country, 'page'), 'country-text', {
          code: country,
          file: `${lower(country)}.mdx`,
        }),
      ),
    ...nameFaults(
      folder,
      'tell',
      records.map(({ country }) => `country.${country}`),
      'country-name',
    ),
  ]
}

const lower = (code: string): string => code.toLowerCase()

function factFaults(folder: string): ContentFault[] {
  const { text, value } = readContentJson(folder, 'facts.json')
  const facts = recordsOf<{ id: string; text: string }>({ path: '', text, value })
  const organisation = readContentJson(folder, 'organisation.json')
  const { ownFacts = {} } = organisation.value as { ownFacts?: Record<string, string> }
  return [
    ...languages.flatMap((lang) => {
      const strings = readContentJson(folder, `strings/${lang}/site.json`).value as object | null
      return facts
        .filter((fact) => strings !== null && !(fact.text in strings))
        .map((fact) =>
          fault('facts.json', lineOfRecord(text, fact.id, 'text'), 'fact-words', {
            id: fact.id,
            key: fact.text,
            lang,
          }),
        )
    }),
    ...Object.entries(ownFacts)
      .filter(([, id]) => !facts.some((fact) => fact.id === id))
      .map(([field, id]) =>
        fault('organisation.json', lineOfKey(organisation.text, field), 'fact-unknown', { id }),
      ),
  ]
}

export const placeFaults = (folder: string, texts: readonly Text[]): ContentFault[] => [
  ...missingFaults(texts),
  ...pageFaults(folder, texts),
  ...countryFaults(folder, texts),
  ...factFaults(folder),
]
