// Checks that every language has the same files, the same keys and the same {placeholders}, and no
// empty text. An edition may lack files and keys. Templates of replies count as a file. Checks that
// every page of the table has a name.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEditions } from '#scripts/content/editions'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { nameKey } from '#site/i18n/paths.ts'
import { pageNames } from '#site/pages.ts'

// A key is dotted lowercase, but the code of a country or a lane keeps its capitals.
const KEY = /^[a-z][a-z0-9_-]*(\.([a-z0-9][a-z0-9_-]*|[A-Z]{1,2}))*$/

const placeholders = (text: string): string =>
  [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ')

function readStrings(path: string): Map<string, unknown> {
  const strings: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof strings !== 'object' || strings === null) throw new Error(`${path} is not an object`)
  return new Map(Object.entries(strings))
}

function faultsOf(where: string, strings: Map<string, unknown>): string[] {
  return [...strings].flatMap(([key, text]) => {
    if (!KEY.test(key)) return [`${where}: the key ${key} is not dotted lowercase`]
    if (typeof text !== 'string') return [`${where}: ${key} is not a text`]
    return text.trim() === '' ? [`${where}: ${key} is empty`] : []
  })
}

const missingKeys = (
  where: string,
  model: Map<string, unknown>,
  other: Map<string, unknown>,
): string[] =>
  [...model.keys()].filter((key) => !other.has(key)).map((key) => `${where}: ${key} is missing`)

function differences(
  where: string,
  model: Map<string, unknown>,
  other: Map<string, unknown>,
): string[] {
  const extra = [...other.keys()].filter((key) => !model.has(key))
  const unlike = [...model].filter(
    ([key, text]) =>
      other.has(key) && placeholders(String(text)) !== placeholders(String(other.get(key))),
  )
  return [
    ...extra.map((key) => `${where}: ${key} is in no other language`),
    ...unlike.map(
      ([key]) => `${where}: ${key} has other {placeholders} than in ${defaultLanguage}`,
    ),
  ]
}

/** A file that every language has. */
interface EachLanguage {
  /** the languages after the first one */
  languages: string[]
  editions: string[]
  /** the path of a file in a language, below content/ */
  pathIn: (language: string) => string
}

/** Compares one file of the first language with the same file in every other language. */
function fileFaults(folder: string, { languages, editions, pathIn }: EachLanguage): string[] {
  const whereOf = (language: string): string => pathIn(language).replace(/^strings\//, '')
  const readIn = (language: string): Map<string, unknown> =>
    readStrings(join(folder, 'content', pathIn(language)))
  const model = readIn(defaultLanguage)
  return [
    ...faultsOf(whereOf(defaultLanguage), model),
    ...[...languages, ...editions].flatMap((language) => {
      const where = whereOf(language)
      const isWhole = languages.includes(language)
      if (!existsSync(join(folder, 'content', pathIn(language))))
        return isWhole ? [`${where} is missing`] : []
      const other = readIn(language)
      return [
        ...faultsOf(where, other),
        ...(isWhole ? missingKeys(where, model, other) : []),
        ...differences(where, model, other),
      ]
    }),
  ]
}

/** Lists the faults of all strings and of the reply templates. */
export function stringFaults(folder: string): string[] {
  const home = join(folder, 'content/strings')
  if (!existsSync(join(home, defaultLanguage)))
    return [`content/strings/${defaultLanguage} is missing`]
  const others = readdirSync(home).filter((name) => name !== defaultLanguage)
  const known = readEditions(folder)
  const editions = others.filter((name) => Object.hasOwn(known, name))
  const languages = others.filter((name) => !editions.includes(name))
  const files = readdirSync(join(home, defaultLanguage))
  const extra = others.flatMap((language) =>
    readdirSync(join(home, language))
      .filter((file) => !files.includes(file))
      .map((file) => `${language}/${file}: there is no such file in ${defaultLanguage}`),
  )
  const paths = [
    ...files.map((file) => (language: string) => `strings/${language}/${file}`),
    (language: string) => `templates/${language}.json`,
  ]
  return [
    ...extra,
    ...paths.flatMap((pathIn) => fileFaults(folder, { languages, editions, pathIn })),
  ]
}

/** Lists each linked page of `site/pages.ts` that has no name in the strings. */
export function pageNameFaults(folder: string): string[] {
  const strings = readStrings(join(folder, `content/strings/${defaultLanguage}/site.json`))
  return pageNames
    .map(nameKey)
    .filter((key) => !strings.has(key))
    .map((key) => `content/strings/<lang>/site.json: ${key} is missing, the name of a page`)
}
