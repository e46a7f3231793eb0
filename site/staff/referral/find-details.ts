// Finds the details in a text that could lead to a person. Numbers, dates and accounts are
// recognised by their form. Names and places come from the case, and match in every spelling and
// with endings.
import { foldWithPlaces } from '../search/fold.ts'
import { readQuery } from '../search/query-words.ts'
import type { ReferralContent } from './content.ts'
import type { DetailKind, DetailMark, MarkedText } from './cut-words.ts'
import { visibleText } from './visible-text.ts'

/** The names and places that occur in a case. */
export interface KnownDetails {
  names: readonly string[]
  places: readonly string[]
}

/** Addresses, e-mail addresses and account names. */
const ACCOUNT = new RegExp(
  [
    String.raw`(?:https?://|www\.)\S+`,
    String.raw`[\p{L}\d._+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`,
    String.raw`@[\p{L}\d_.]{2,}`,
    String.raw`(?:(?:t|wa)\.me|(?:vk|instagram|facebook|tiktok)\.com)/\S+`,
  ].join('|'),
  'giu',
)
/** The names of months in Kyrgyz and Russian, with any ending, then in English. */
const MONTH = [
  String.raw`(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}*`,
  String.raw`ма[йяюе]\p{L}{0,4}(?!\p{L})`,
  String.raw`(?:january|february|march|april|may|june|july|august)(?!\p{L})`,
  String.raw`(?:september|october|november|december)(?!\p{L})`,
].join('|')
const DATE = new RegExp(
  [
    String.raw`\p{Nd}{4}[-./]\p{Nd}{1,2}[-./]\p{Nd}{1,2}`,
    String.raw`\p{Nd}{1,2}[-./]\p{Nd}{1,2}(?:[-./]\p{Nd}{2,4})?`,
    String.raw`(?:\p{Nd}{1,4}[ -]*)?(?<!\p{L})(?:${MONTH})(?: *\p{Nd}{1,4})?`,
  ].join('|'),
  'giu',
)
const NUMBER = /\+?\p{Nd}(?:[\p{Nd} ().‐‑–/-]*\p{Nd})?/gu
const QUOTED = /[«“„"]([^«»“”„"\n]{2,60})[»”“"]/gu

/**
 * Minimum length of a word that also matches the beginning of a longer word. Shorter words match
 * only complete words.
 */
const LEAST_BEGIN = 3

/** Finds the details in a text, all of them still undecided. */
export function findDetails(text: string, known: KnownDetails): MarkedText {
  const seen = visibleText(text)
  const found = [
    ...byForm(seen, ACCOUNT, 'account'),
    ...byWords(seen, known.names, 'name'),
    ...byForm(seen, QUOTED, 'name'),
    ...byWords(seen, known.places, 'place'),
    ...byForm(seen, DATE, 'date'),
    ...byForm(seen, NUMBER, 'number'),
  ]
  return { text: seen, marks: joined(found) }
}

/** Fields that are themselves a name or an account. */
const NAMING: readonly string[] = ['name', 'contact']

/** Lists the names and accounts that occur in the other fields and would leave with them. */
export const namesInFields = (
  { fields }: Pick<ReferralContent, 'fields'>,
  known: KnownDetails,
): string[] => [
  ...new Set(
    fields
      .filter(({ field }) => !NAMING.includes(field))
      .map(({ value }) => findDetails(value, known))
      .flatMap(({ text, marks }) =>
        marks
          .filter(({ kind }) => kind === 'name' || kind === 'account')
          .map(({ from, to }) => text.slice(from, to)),
      ),
  ),
]

type Span = Pick<DetailMark, 'from' | 'to' | 'kind'>

const byForm = (text: string, form: RegExp, kind: DetailKind): Span[] =>
  [...text.matchAll(form)].map(({ 0: all, index }) => ({
    from: index,
    to: index + all.length,
    kind,
  }))

/** Returns the words of a text that equal a word of a detail, or begin with its stem. */
function byWords(text: string, details: readonly string[], kind: DetailKind): Span[] {
  const needles = new Set(details.flatMap(needlesOf))
  if (needles.size === 0) return []
  const begins = [...needles].filter((each) => each.length >= LEAST_BEGIN)
  return wordsIn(text).flatMap(({ folded, stem, from, to }) => {
    const isWhole = needles.has(folded) || needles.has(stem)
    return isWhole || begins.some((each) => folded.startsWith(each)) ? [{ from, to, kind }] : []
  })
}

/**
 * Returns the folded words of a detail and their stems. The parts around a hyphen count both as two
 * words and as one.
 */
function needlesOf(detail: string): string[] {
  const words = [detail, detail.replace(/[-‐‑–]/g, ' ')].flatMap((each) => wordsIn(each))
  return words
    .flatMap(({ folded, stem }) => [folded, stem])
    .filter((each) => each.length > 1 && !/^\d+$/.test(each))
}

interface FoldedWord {
  folded: string
  /** the word without its endings */
  stem: string
  from: number
  to: number
}

function wordsIn(text: string): FoldedWord[] {
  const { folded, places } = foldWithPlaces(text)
  return [...folded.matchAll(/[^ ]+/g)].map(({ 0: word, index }) => {
    const [from, to] = [places[index] ?? 0, places[index + word.length] ?? text.length]
    const stem = readQuery(text.slice(from, to))?.[0]?.stem?.letters ?? word
    return { folded: word, stem, from, to }
  })
}

/** Joins details that overlap. The joined detail takes the kind that comes first in the list. */
function joined(spans: readonly Span[]): DetailMark[] {
  const marks: DetailMark[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = marks.at(-1)
    if (last && span.from < last.to) last.to = Math.max(last.to, span.to)
    else marks.push({ ...span, decision: 'open' })
  }
  return marks
}
