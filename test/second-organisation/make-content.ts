// Makes the content folder of a made-up organisation from our English texts. The languages are
// Uzbek and Urdu, which is written from right to left. A third language is an edition with only
// four pages.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { headingIds } from '#scripts/content/heading-faults'
import { root } from '#scripts/shared/paths'
import {
  EDITION,
  EDITION_FILES,
  EDITION_RECORD,
  inLanguage,
  LANGUAGES,
  OWN,
  renamed,
  TRANSLATED,
  type SecondLanguage,
} from './words.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type Texts = Record<string, string>

const OURS = join(root, 'content')
const readOurs = (path: string): string => renamed(readFileSync(join(OURS, path), 'utf8'))
const parse = (text: string): Json => JSON.parse(text) as Json

const ALL: readonly SecondLanguage[] = [...LANGUAGES, EDITION]

/** Returns a value for each language of the organisation, or for each language in a list. */
const forEach = <T>(
  valueOf: (lang: SecondLanguage) => T,
  languages: readonly SecondLanguage[] = ALL,
): Record<string, T> => Object.fromEntries(languages.map((lang) => [lang, valueOf(lang)]))

/** Replaces our three languages in a value with the made-up organisation's languages. */
function translated(value: Json): Json {
  if (Array.isArray(value)) return value.map(translated)
  if (typeof value !== 'object' || value === null) return value
  const { ky, ru, en } = value
  if (ky !== undefined && ru !== undefined && en !== undefined)
    return typeof en === 'string'
      ? forEach((lang) => inLanguage(lang, en))
      : forEach(() => en, LANGUAGES)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translated(each)]))
}

/** Points the links to headings at the translated headings, which have different ids. */
const withHeadingLinks = (lang: SecondLanguage, body: string): string =>
  body.replace(/(?<=\]\((?:\/en\/[^#)]*)?)#([^)]+)(?=\))/g, (_, id: string) => {
    const words = id.replace(/-/g, ' ')
    const [other = id] = headingIds(`---\n---\n## ${inLanguage(lang, words)}`)
    return `#${other}`
  })

/** Translates the title and the description of a page, and its text. */
function pageIn(lang: SecondLanguage, source: string): string {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? []
  const inHead = head.replace(
    /^(title|description): (.*)$/gm,
    (_, name: string, text: string) => `${name}: ${inLanguage(lang, text)}`,
  )
  const inBody = withHeadingLinks(lang, inLanguage(lang, body)).replaceAll('](/en/', `](/${lang}/`)
  return `---\n${inHead}\n---\n${inBody.replaceAll('href="/en/', `href="/${lang}/`)}`
}

/**
 * Writes strings.ts, which imports the strings of each language by its code. For the edition, the
 * edge needs only the two files with which the edge fills in pages.
 */
function writeStrings(folder: string): void {
  const ours = readFileSync(join(OURS, 'strings.ts'), 'utf8')
  const lines = ours.split('\n').flatMap((line) => {
    if (/^(import ky|  ky: )/.test(line))
      return (/ky(Errors|Tell)/.test(line) ? ALL : LANGUAGES).map((lang) =>
        line
          .replace(/^import ky/, `import ${lang}`)
          .replace(/\/ky(\/|\.json)/, `/${lang}$1`)
          .replace(/^ {2}ky: ky/, `  ${lang}: ${lang}`),
      )
    return /^(import (ru|en)[A-Z]|  (ru|en): )/.test(line)
      ? []
      : [line.replace(/\bky(?=[A-Z])/g, 'uz')]
  })
  writeFileSync(join(folder, 'strings.ts'), lines.join('\n'))
}

/** Writes the organisation's `content` folder to this folder. */
export function writeSecondContent(into: string): void {
  const folder = join(into, 'content')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const write = (path: string, value: unknown): void =>
    writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`)

  for (const name of readdirSync(OURS).filter((file) => file.endsWith('.ts')))
    cpSync(join(OURS, name), join(folder, name))
  writeStrings(folder)
  for (const name of readdirSync(OURS).filter((file) => file.endsWith('.json')))
    write(name, translated(parse(readOurs(name))))
  write('organisation.json', { ...(parse(readOurs('organisation.json')) as object), ...OWN })
  write(
    'native-readers.json',
    forEach(() => []),
  )
  write(
    'reviewed.json',
    forEach(() => []),
  )
  write('editions.json', { [EDITION]: EDITION_RECORD })
  const foundation = parse(readOurs('foundation.json')) as object
  write('foundation.json', {
    ...(translated(foundation as Json) as object),
    [`answers-${EDITION}`]: { note: 'Who answers.', value: null, status: 'awaiting' },
  })
  const { adverts } = parse(readOurs('adverts.json')) as { adverts: { lang: string }[] }
  const ofEnglish = adverts.filter(({ lang }) => lang === 'en')
  write('adverts.json', {
    adverts: LANGUAGES.flatMap((lang) => ofEnglish.map((advert) => ({ ...advert, lang }))),
  })

  mkdirSync(join(folder, 'stories'), { recursive: true })
  for (const name of readdirSync(join(OURS, 'stories')))
    write(`stories/${name}`, translated(parse(readOurs(`stories/${name}`))))

  for (const lang of ALL) {
    const isWhole = lang !== EDITION
    const inTexts = (texts: Texts): Texts =>
      Object.fromEntries(
        Object.entries(texts).map(([key, text]) => [
          key,
          TRANSLATED[lang][key] ?? inLanguage(lang, text),
        ]),
      )
    for (const kind of ['strings', 'pages', 'countries', 'templates'])
      mkdirSync(join(folder, kind === 'templates' ? kind : join(kind, lang)), { recursive: true })
    for (const name of readdirSync(join(OURS, 'strings/en')))
      if (isWhole || EDITION_FILES.includes(basename(name, '.json')))
        write(`strings/${lang}/${name}`, inTexts(parse(readOurs(`strings/en/${name}`)) as Texts))
    if (isWhole)
      write(`templates/${lang}.json`, inTexts(parse(readOurs('templates/en.json')) as Texts))
    // The edition also contains a translator's draft: the text of one page that its record does not
    // list.
    const isWritten = (name: string): boolean => isWhole || /^(signs|rights)/.test(name)
    for (const kind of ['pages', 'countries'])
      for (const name of readdirSync(join(OURS, kind, 'en')).filter(isWritten))
        writeFileSync(
          join(folder, kind, lang, basename(name)),
          pageIn(lang, readOurs(join(kind, 'en', name))),
        )
  }
}
