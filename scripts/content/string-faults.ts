// Checks that every language has the same files, the same keys and the same {placeholders}, and no
// empty text. An edition may lack files and keys. Reply templates count as one file.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEditions } from '#scripts/content/editions'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { fault, lineOfKey, type ContentFault } from '#scripts/content/fault'

// A key is in lowercase with dots, except that the code of a country or a lane keeps its capitals.
const KEY = /^[a-z][a-z0-9_-]*(\.([a-z0-9][a-z0-9_-]*|[A-Z]{1,2}))*$/

const placeholders = (text: string): string =>
  [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ')

type Strings = Map<string, unknown>

/** The text of a string file, and its path inside content/. */
interface StringsFile {
  path: string
  text: string
  strings: Strings
}

function readStrings(folder: string, path: string): StringsFile {
  const text = readFileSync(join(folder, 'content', path), 'utf8')
  const strings: unknown = JSON.parse(text)
  const isObject = typeof strings === 'object' && strings !== null
  return { path, text, strings: new Map(isObject ? Object.entries(strings) : []) }
}

const say = ({ path, text }: StringsFile, key: string, kind: string, more = {}): ContentFault =>
  fault(path, lineOfKey(text, key), kind, { key, ...more })

const faultsOf = (file: StringsFile): ContentFault[] =>
  [...file.strings].flatMap(([key, text]) => {
    if (!KEY.test(key)) return [say(file, key, 'key-form')]
    if (typeof text !== 'string') return [say(file, key, 'key-text')]
    return text.trim() === '' ? [say(file, key, 'key-empty')] : []
  })

const missingKeys = (model: StringsFile, other: StringsFile): ContentFault[] =>
  [...model.strings.keys()]
    .filter((key) => !other.strings.has(key))
    .map((key) => say(other, key, 'key-missing', { lang: defaultLanguage }))

function differences(model: StringsFile, other: StringsFile): ContentFault[] {
  const extra = [...other.strings.keys()].filter((key) => !model.strings.has(key))
  const unlike = [...model.strings].filter(
    ([key, text]) =>
      other.strings.has(key) &&
      placeholders(String(text)) !== placeholders(String(other.strings.get(key))),
  )
  const values = { lang: defaultLanguage }
  return [
    ...extra.map((key) => say(other, key, 'key-extra', values)),
    ...unlike.map(([key, text]) =>
      say(other, key, 'key-places', { ...values, places: placeholders(String(text)) || '—' }),
    ),
  ]
}

/** A file that every language has. */
interface EachLanguage {
  /** all languages except the first */
  languages: string[]
  editions: string[]
  /** the path of a language's file, relative to content/ */
  pathIn: (language: string) => string
}

/** Compares one file of the first language with the same file in every other language. */
function fileFaults(folder: string, { languages, editions, pathIn }: EachLanguage): ContentFault[] {
  const model = readStrings(folder, pathIn(defaultLanguage))
  return [
    ...faultsOf(model),
    ...[...languages, ...editions].flatMap((language) => {
      const path = pathIn(language)
      const isWhole = languages.includes(language)
      if (!existsSync(join(folder, 'content', path)))
        return isWhole ? [fault(path, null, 'strings-missing', { lang: defaultLanguage })] : []
      const other = readStrings(folder, path)
      return [
        ...faultsOf(other),
        ...(isWhole ? missingKeys(model, other) : []),
        ...differences(model, other),
      ]
    }),
  ]
}

/** The files whose keys share one table in a page. */
const SHARED = ['site', 'tell', 'more', 'errors', 'offer', 'check', 'paper']

/** Lists each key that occurs in two files of the same table. */
function twiceFaults(folder: string, language: string): ContentFault[] {
  const seen = new Map<string, string>()
  return SHARED.map((name) => `strings/${language}/${name}.json`)
    .filter((path) => existsSync(join(folder, 'content', path)))
    .flatMap((path) => {
      const file = readStrings(folder, path)
      return [...file.strings.keys()].flatMap((key) => {
        const other = seen.get(key)
        seen.set(key, path)
        return other === undefined ? [] : [say(file, key, 'key-twice', { other })]
      })
    })
}

/** Lists the faults of all strings and of the reply templates. */
export function stringFaults(folder: string): ContentFault[] {
  const home = join(folder, 'content/strings')
  if (!existsSync(join(home, defaultLanguage)))
    return [fault(`strings/${defaultLanguage}`, null, 'folder', { lang: defaultLanguage })]
  const others = readdirSync(home).filter((name) => name !== defaultLanguage)
  const known = readEditions(folder)
  const editions = others.filter((name) => Object.hasOwn(known, name))
  const languages = others.filter((name) => !editions.includes(name))
  const files = readdirSync(join(home, defaultLanguage))
  const extra = others.flatMap((language) =>
    readdirSync(join(home, language))
      .filter((file) => !files.includes(file))
      .map((file) =>
        fault(`strings/${language}/${file}`, null, 'strings-extra', { lang: defaultLanguage }),
      ),
  )
  const paths = [
    ...files.map((file) => (language: string) => `strings/${language}/${file}`),
    (language: string) => `templates/${language}.json`,
  ]
  return [
    ...extra,
    ...paths.flatMap((pathIn) => fileFaults(folder, { languages, editions, pathIn })),
    ...[defaultLanguage, ...others].flatMap((language) => twiceFaults(folder, language)),
  ]
}
