// Writes the steps from Help as Markdown for docs/operations/. Also finds documents whose steps
// differ from those in the app, missing sentences and unknown labels.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages, type Language } from '#content/languages.ts'
import { readJson } from '#scripts/content/read-file'
import { LABEL_VALUES, piecesOf, QUOTED_FILES } from '#site/staff/i18n/quoted-labels.ts'
import { HELP_PAGES, helpParts, type HelpPageId } from '#site/staff/help/pages.ts'

type Strings = Record<string, string>

/** For each Help page, the document in docs/operations/ that contains the page's steps. */
const DOCUMENTS: Record<HelpPageId, string> = {
  phone: 'lost-phone.md',
  leaves: 'somebody-leaves.md',
  nobody: 'everybody-lost.md',
  flood: 'flood.md',
  outage: 'outage.md',
  first: 'first-member.md',
  invite: 'invite-somebody.md',
  alerts: 'alerts.md',
  answer: 'answer-letters.md',
  given: 'write-down-help.md',
  shift: 'hand-over.md',
  classify: 'classify.md',
  refer: 'what-leaves.md',
  figures: 'yearly-figures.md',
  renew: 'renew-keys.md',
}
/** The language of the documents. */
const WRITTEN_IN = 'en'

export const readStrings = (folder: string, lang: Language, file: string): Strings =>
  readJson(folder, `strings/${lang}/${file}.json`) as Strings

/** Reads the labels of all screens that the help quotes. */
const readLabels = (folder: string, lang: Language): Strings =>
  Object.assign(
    {},
    ...['staff', ...QUOTED_FILES].map((file) => readStrings(folder, lang, file)),
  ) as Strings

export const documentOf = (page: HelpPageId): string => `docs/operations/${DOCUMENTS[page]}`

/** The keys of a page, in reading order. */
export const helpKeysOf = (page: HelpPageId): string[] => [
  `staff-help.${page}`,
  `staff-help.${page}.lead`,
  ...helpParts(page).flatMap(({ id, steps }) => [
    ...(id === null ? [] : [`staff-help.${page}.${id}`]),
    ...steps.map((step) => `staff-help.${page}.${step.id}`),
  ]),
]

/**
 * Returns a sentence with the text of the labels that it quotes. Three dots replace a value inside
 * a label.
 */
function spoken(sentence: string, labels: Strings): string {
  const filled = (label: string): string =>
    label.replace(/\{(\w+)\}/g, (_, name: keyof typeof LABEL_VALUES) => LABEL_VALUES[name])
  return piecesOf(sentence)
    .map((piece) => ('words' in piece ? piece.words : filled(labels[piece.key] ?? '')))
    .join('')
}

/** Writes the steps of a page, without line breaks inside a step. */
function stepsOf(folder: string, page: HelpPageId): string {
  const words = readStrings(folder, WRITTEN_IN, 'staff-help')
  const labels = readLabels(folder, WRITTEN_IN)
  const say = (key: string): string => spoken(words[key] ?? '', labels)
  return helpParts(page)
    .map(({ id, steps }) => {
      const lines = steps.map((step, n) => {
        const key = `staff-help.${page}.${step.id}`
        return `${n + 1}. ${[say(key), say(`${key}.more`)].filter(Boolean).map(ended).join(' ')}`
      })
      return [...(id === null ? [] : [`**${say(`staff-help.${page}.${id}`)}**\n`]), ...lines].join(
        '\n',
      )
    })
    .join('\n\n')
}

/** Adds a full stop to a step's title when the title ends without punctuation. */
const ended = (words: string): string => (/[.?…”]$/.test(words) ? words : `${words}.`)

const begin = (page: HelpPageId): string => `<!-- The steps of Help, page "${page}": begin -->`
const END = '<!-- The steps of Help: end -->'

/**
 * Inserts the steps of a page into a document; null when the document lacks the comments that mark
 * the position.
 */
export function withSteps(folder: string, page: HelpPageId, document: string): string | null {
  const from = document.indexOf(begin(page))
  const to = document.indexOf(END, from)
  if (from < 0 || to < 0) return null
  const before = document.slice(0, from)
  return `${before}${begin(page)}\n\n${stepsOf(folder, page)}\n\n${document.slice(to)}`
}

/** Prettier breaks lines, so only the words are compared. */
const wordsIn = (text: string): string => text.replace(/\s+/g, ' ')

const keysQuotedIn = (sentence: string): string[] =>
  piecesOf(sentence).flatMap((piece) => ('key' in piece ? [piece.key] : []))

function languageFaults(folder: string, lang: Language): string[] {
  const where = `${lang}/staff-help.json`
  const words = readStrings(folder, lang, 'staff-help')
  const model = readStrings(folder, WRITTEN_IN, 'staff-help')
  const labels = readLabels(folder, lang)
  const known = Object.keys(LABEL_VALUES)
  return [
    ...HELP_PAGES.flatMap(helpKeysOf)
      .filter((key) => !words[key])
      .map((key) => `${where}: ${key} is missing`),
    ...Object.entries(words).flatMap(([key, sentence]) => {
      const quoted = keysQuotedIn(sentence)
      const unknown = quoted.filter((each) => labels[each] === undefined)
      const valued = quoted.filter((each) =>
        [...(labels[each] ?? '').matchAll(/\{(\w+)\}/g)].some(
          ([, name = '']) => !known.includes(name),
        ),
      )
      const isUnlike =
        JSON.stringify(quoted.toSorted()) !==
        JSON.stringify(keysQuotedIn(model[key] ?? '').toSorted())
      return [
        ...unknown.map((each) => `${where}: ${key} quotes ${each}, which no screen has`),
        ...valued.map((each) => `${where}: ${key} quotes ${each}, whose value is open`),
        ...(isUnlike ? [`${where}: ${key} quotes other labels than in ${WRITTEN_IN}`] : []),
      ]
    }),
  ]
}

/** Lists the faults in the help texts, and the documents whose steps differ. */
export const helpFaults = (folder: string): string[] => [
  ...languages.flatMap((lang) => languageFaults(folder, lang)),
  ...HELP_PAGES.flatMap((page) => {
    const path = documentOf(page)
    const document = readFileSync(join(folder, path), 'utf8')
    const wanted = withSteps(folder, page, document)
    if (wanted === null) return [`${path} has no place for the steps of Help: ${begin(page)}`]
    if (wordsIn(wanted) === wordsIn(document)) return []
    return [`${path} has other steps than Help: vitest -u test/scripts/help.node.test.ts mends it`]
  }),
]
