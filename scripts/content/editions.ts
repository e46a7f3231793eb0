// Checks the texts of the editions, and lists the editions that a deployment leaves out. Reads all
// files from a folder, without checking them against the build's schemas.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { EDGE_SENTENCES } from '#content/edge-sentences.ts'
import { editionsSchema, pagesOfEdition, type EditionRecord } from '#content/editions.ts'
import { answersKey } from '#content/foundation-schema.ts'
import { readJson, readPageText, type PageText } from '#scripts/content/read-file'
import { defaultLanguage } from '#site/i18n/languages.ts'

type Editions = Readonly<Record<string, EditionRecord>>

/**
 * Returns the editions listed in a folder's content/editions.json; none when that file is missing
 * or faulty.
 */
export function readEditions(folder: string): Editions {
  if (!existsSync(join(folder, 'content/editions.json'))) return {}
  return editionsSchema.safeParse(readJson(folder, 'editions.json')).data ?? {}
}

/** The folders that contain texts, each with the prefix for the names of its pages. */
const FOLDERS = [
  ['pages', ''],
  ['countries', 'country/'],
] as const

/** Reads the texts of the pages that an edition lists. Files for other pages are not read. */
export function textsOfEdition(
  folder: string,
  lang: string,
  edition: EditionRecord,
): PageText<string>[] {
  return FOLDERS.flatMap(([texts, prefix]) => {
    const path = `${texts}/${lang}`
    const home = join(folder, 'content', path)
    const names = existsSync(home) ? readdirSync(home).filter((name) => name.endsWith('.mdx')) : []
    return names
      .sort()
      .map((name) => readPageText(folder, lang, `${path}/${name}`, prefix + name))
      .filter(({ page }) => pagesOfEdition(edition).includes(page))
  })
}

type Strings = Readonly<Record<string, unknown>>

function readStrings(folder: string, lang: string, file: string): Strings {
  const path = `strings/${lang}/${file}`
  return existsSync(join(folder, 'content', path)) ? (readJson(folder, path) as Strings) : {}
}

/**
 * Lists the missing texts of an edition that the edge needs and no page shows. The build reports
 * the missing texts of pages.
 */
function edgeFaults(folder: string, lang: string, { pages }: EditionRecord): string[] {
  if (!pages.includes('tell')) return []
  const lacking = (file: string, keys: readonly string[]): string[] => {
    const own = readStrings(folder, lang, file)
    return keys
      .filter((key) => own[key] === undefined)
      .map((key) => `strings/${lang}/${file}: ${key} is missing`)
  }
  return [
    ...lacking('errors.json', Object.keys(readStrings(folder, defaultLanguage, 'errors.json'))),
    ...lacking('tell.json', EDGE_SENTENCES),
  ]
}

/** Lists the faults of the editions: records, missing texts of pages, and missing strings. */
export function editionFaults(folder: string): string[] {
  const read = editionsSchema.safeParse(readJson(folder, 'editions.json'))
  if (!read.success)
    return read.error.issues.map(
      ({ path, message }) => `editions.json ${path.join('.')}: ${message}`,
    )
  return Object.entries(read.data).flatMap(([lang, edition]) => {
    const written = textsOfEdition(folder, lang, edition).map(({ page }) => page)
    const isText = (page: string): boolean =>
      FOLDERS.some(([texts, prefix]) =>
        existsSync(
          join(folder, 'content', texts, defaultLanguage, `${page.slice(prefix.length)}.mdx`),
        ),
      )
    const unwritten = edition.pages.filter((page) => isText(page) && !written.includes(page))
    return [
      ...unwritten.map((page) => `editions.json ${lang}: ${page} has no text`),
      ...edgeFaults(folder, lang, edition),
    ]
  })
}

/** Returns true when a value of a record contains a text in a language. */
const hasTextIn = (value: unknown, lang: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (typeof (value as Record<string, unknown>)[lang] === 'string' ||
    Object.values(value).some((each) => hasTextIn(each, lang)))

/** Files with lists for the project, which contain no sentence of a page. */
const WORDLESS = ['native-readers.json', 'reviewed.json', 'adverts.json', 'recordings.json']

const isReviewed = (story: unknown, lang: string): boolean =>
  (story as { reviewed?: Record<string, boolean> }).reviewed?.[lang] === true

/** Returns the names of the JSON files of a folder in content/. */
function filesIn(folder: string, path: string): string[] {
  const home = join(folder, 'content', path)
  return existsSync(home)
    ? readdirSync(home)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : []
}

/** Lists the pages, strings and records of an edition that no native speaker has signed. */
function unsignedOf(folder: string, lang: string, edition: EditionRecord): string[] {
  const reviewed = (readJson(folder, 'reviewed.json') as Partial<Record<string, string[]>>)[lang]
  const questions = (readJson(folder, 'native-readers.json') as Record<string, unknown[]>)[lang]
  const pages = textsOfEdition(folder, lang, edition).filter((text) => !text.reviewed)
  const stories = filesIn(folder, 'stories').filter((file) => {
    const isShown = edition.pages.some((page) =>
      ['stories', `stories/${basename(file, '.json')}`].includes(page),
    )
    return isShown && !isReviewed(readJson(folder, `stories/${file}`), lang)
  })
  const records = filesIn(folder, '')
    .filter((file) => !WORDLESS.includes(file))
    .filter((file) => file === 'editions.json' || hasTextIn(readJson(folder, file), lang))
  return [
    ...pages.map(({ page }) => page),
    ...stories.map((file) => `stories/${file}`),
    ...[...filesIn(folder, `strings/${lang}`), ...records].filter(
      (file) => !(reviewed ?? []).includes(file),
    ),
    ...((questions ?? []).length > 0 ? ['native-readers.json'] : []),
  ]
}

const isAnswered = (folder: string, lang: string): boolean =>
  (readJson(folder, 'foundation.json') as Record<string, { status: string } | undefined>)[
    answersKey(lang)
  ]?.status === 'green'

interface LeftOut {
  lang: string
  /** The reason, as a sentence. */
  why: string
}

/**
 * Lists the editions that a deployment leaves out. A deployment includes an edition only when a
 * native speaker has signed every sentence and somebody answers in its language.
 */
export const leftOutOf = (folder: string): LeftOut[] =>
  Object.entries(readEditions(folder)).flatMap(([lang, edition]) => {
    const unsigned = unsignedOf(folder, lang, edition)
    const reasons = [
      ...(unsigned.length > 0 ? [`no native speaker has signed ${unsigned.join(', ')}`] : []),
      ...(isAnswered(folder, lang)
        ? []
        : [`foundation.json does not say who answers (${answersKey(lang)})`]),
    ]
    if (reasons.length === 0) return []
    return [{ lang, why: `The edition ${lang} is left out: ${reasons.join(', and ')}.` }]
  })
