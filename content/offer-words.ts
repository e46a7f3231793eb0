// Compiles the signs of a risky offer into regular expressions, so that the page only runs them.
// The page converts a text to one line. Each word starts with `+` and a character for the gap
// before it. The forms of the word follow, with `/` between them. `-` replaces `+` before a word
// that the text negates.
import { languages } from './languages.ts'
import { type OfferCheck } from './offer-check.ts'
import {
  everySpelling,
  foldWord,
  FOLDS,
  LOOKS,
  type Replacement,
  rewrite,
  SOUNDS,
} from './offer-spelling.ts'

const LETTERS = 'A-Za-z\\u0400-\\u04ff'
const SYMBOLS = '[$€£₽₸₺₩]'
/** A letter of a word form. */
const FORM = '[^-+ ,.]'
/** The ending of a negated verb. Kyrgyz negates inside the verb: ал-ба-йбыз. */
const DENIED_END = '[а-я]{0,4}[бп][аео](?:и|н[ыиу]|г[аеоиы]|с(?![^/+-])|с[ыиту])'
/** The beginning of a negated verb, with its stem: ал-абыз, ал-ба-йбыз. */
const DENIAL = '[^-+ ,./][бп][аео](?:г[ыиу]л|и(?:т|м(?![^/+-])|[бс][ыиу]з))'

/** Latin capitals replace these letters in the groups, because a capital takes up one byte. */
const CAPITALS = 'абвгдежзиклмнопрстухцчшыья'

/** Marks that replace longer expressions in the groups. The page expands these marks. */
const SHORTHANDS: readonly Replacement[] = [
  // alternatives in a stem
  ['\\(', '(?:'],
  // up to two words, then the word with the stem, in the same sentence
  ['__', `${FORM}*(?:[+-](?!\\.)[ ,.]${FORM}+){0,2}[+-](?!\\.)<`],
  // the word after this one, in the same sentence
  ['_', `${FORM}*[+-](?!\\.)<`],
  // the beginning of a word form
  ['<', `[ ,.](?:${FORM}*/)?`],
  // the rest of a word form, without a stem's negation
  ['>', `(?!${DENIED_END})`],
  // the end of a word form
  ['\\$', '(?![^/+-])'],
]

const expand = (group: string): string => rewrite(group, SHORTHANDS)

/** The forms that the page converts a sum to, such as `#monthhome`. */
const SUMS: readonly Replacement[] = [
  ['#day', '#(usual|day|month)'],
  ['#home', '#(low|usual|day)home'],
]

/** Returns a group's stems. A `|` in parentheses is part of the stem. */
export const splitGroup = (group: string): string[] => group.split(/\|(?![^(]*\))/)

/** Makes a short word match only before another word: `в_долг` does not find "вам долго". */
const closeShortWords = (stem: string): string =>
  stem.replace(/(^|_)(\([^)]*\)|[^_()]+)(?=_)/g, (_, before: string, word: string) =>
    before.concat(word.replace(/(^|[(|])(\p{L}{1,3})(?=$|[|)])/gu, '$1$2$')),
  )

/** Returns a group's stems, folded and without repeats: `жильё` and `жилье` are one stem. */
function stemsOf(group: string): string[] {
  const stems = splitGroup(group).map((stem) => closeShortWords(foldWord(rewrite(stem, SUMS))))
  const isFoundBy = (stem: string, other: string): boolean =>
    stem !== other && stem.startsWith(other) && !stem.slice(other.length - 1).includes('_')
  return [...new Set(stems)].filter((stem) => !stems.some((other) => isFoundBy(stem, other)))
}

/** Joins stems into one expression, and writes a shared first word only once. */
function joinStems(stems: readonly string[]): string {
  const tails = new Map<string, string[]>()
  for (const stem of stems) {
    const [, head = stem, tail] = /^([^_()]+_+)(.+)$/.exec(stem) ?? []
    tails.set(head, [...(tails.get(head) ?? []), ...(tail === undefined ? [] : [tail])])
  }
  return [...tails]
    .map(([head, ends]) => head + (ends.length > 1 ? `(${ends.join('|')})` : ends.join('')))
    .join('|')
}

/** Replaces Cyrillic letters with Latin capitals. */
const shorten = (group: string): string =>
  group.replace(/[а-я]/g, (letter) => {
    const at = CAPITALS.indexOf(letter)
    return at < 0 ? letter : String.fromCharCode(65 + at)
  })

/**
 * Compiles a group in two halves with `!` between them. The words of the first half count unless
 * the text negates them. Pairs and the words of `+group` are in the second half, and count even
 * when the text negates them.
 */
function compileGroup(group: string): string {
  const stems = stemsOf(group.replace(/^\+/, ''))
  const isAlways = (stem: string): boolean => group.startsWith('+') || stem.includes('_')
  const affirmed = joinStems(stems.filter((stem) => !isAlways(stem)))
  const always = joinStems(stems.filter(isAlways))
  return shorten(always === '' ? affirmed : `${affirmed}!${always}`)
}

/**
 * Returns an expression for words that mean money: a symbol, a complete word (`тг$`), or a
 * beginning. `before` is inserted before each word, but not before a symbol.
 */
function unitOf(words: readonly string[], before = ''): string {
  const units = words.map((word) => {
    if (new RegExp(`^${SYMBOLS}$`).test(word)) return `[${word}]`
    return word.endsWith('$')
      ? `${before}${everySpelling(word.slice(0, -1))}(?![${LETTERS}])`
      : `${before}${everySpelling(word)}[${LETTERS}]*`
  })
  return `(?:${units.join('|')})`
}

/** Returns the expressions that read a sum: "2500$", "3 млн рубль", "2-3 тысячи долларов". */
function compileMoney({ currencies, times }: OfferCheck['money']) {
  const range = '(?:\\d+(?:[.,]\\d+)?\\s?[-–—]\\s?)?'
  const apart = "[ \\u00a0.,’']"
  const number = `(\\d{1,3}(?:${apart}\\d{3})+(?!\\d)|\\d+(?:[.,]\\d+)?)`
  const space = '[ \\u00a0.]*'
  const many = `(?:${space}${unitOf(times.flatMap(([, words]) => words))})?`
  const currency = unitOf(currencies.flatMap(({ words }) => words))
  const isIn = (words: readonly string[]): string => unitOf(words, `(?:^|[^${LETTERS}])`)
  return {
    /**
     * A word or a sum. The two groups capture the number of a sum, after and before its currency.
     */
    word: [
      `${currency}\\s?${range}${number}${many}`,
      `${range}${number}${many}${space}${currency}`,
      `[0-9${LETTERS}]+`,
      SYMBOLS,
    ].join('|'),
    /** Converts a number to JavaScript's notation: "2 500" becomes 2500, and "2,5" becomes 2.5. */
    numbers: [[`${apart}(?=\\d{3}(?!\\d))`, ''] as const, [',', '.'] as const],
    /** Words in a sum, each with the number that divides the sum and a mark for its form. */
    units: [
      ...times.map(([value, words]) => [isIn(words), 1 / value, ''] as const),
      ...currencies.map(
        ({ words, from, isHome }) => [isIn(words), from, isHome ? 'home' : ''] as const,
      ),
    ],
  }
}

/** Returns the replacements that write `-` before a negated word and keep the line length. */
function compileDenials({ before, after }: OfferCheck['denials']): Replacement[] {
  const word = (stems: string): string => expand(`(${stemsOf(stems).join('|')})>`)
  return [
    [`([ ,.](?:${FORM}*/)?${word(before)}${FORM}*)\\+(?= )`, '$1-'],
    [`\\+(?=[ ,.]${FORM}+[+-] (?:(?:${FORM}*/)?${word(after)}|${FORM}*${DENIAL}))`, '-'],
  ]
}

/** Replaces each `@name` with its list of words. A list may refer to another list. */
const fillLists = (pattern: string, lists: OfferCheck['words']): string =>
  pattern.replace(/@([a-z]+)/g, (_, name: string) => {
    const list = lists[name]
    if (list === undefined) throw new Error(`offer-check.json has no list "${name}"`)
    return fillLists(list, lists)
  })

/**
 * Fills the lists into a pattern. Nested parentheses stop the build, because splitGroup cannot
 * split them.
 */
function fillPattern(pattern: string, lists: OfferCheck['words']): string {
  const filled = fillLists(pattern, lists)
  if (/(?:^| )(?!(?:[-~=]|--|==)?[^-~= ])/.test(filled))
    throw new Error(`offer-check.json has a mark without a reach: ${pattern}`)
  if (/\([^)]*\(/.test(filled)) throw new Error(`offer-check.json nests parentheses: ${pattern}`)
  return filled
}

/** Returns the patterns of each sign in all languages, because many offers mix two. */
export const patternsOf = ({ flags, beside, words }: OfferCheck): [string, string[]][] =>
  [...flags, ...beside].map(({ id, patterns }) => [
    id,
    languages.flatMap((lang) => patterns[lang].map((pattern) => fillPattern(pattern, words))),
  ])

/** Compiles each group of a pattern. The reach mark remains before the group. */
const compilePattern = (pattern: string): string =>
  pattern.replace(
    /([-~=]*)([^ ]+)/g,
    (_, mark: string, group: string) => mark + compileGroup(group),
  )

/** Returns the expressions that the page fetches to search a text. */
export const wordListOf = (offer: OfferCheck) => ({
  ...compileMoney(offer.money),
  folds: FOLDS,
  looks: LOOKS,
  sounds: SOUNDS,
  denials: compileDenials(offer.denials),
  shorthands: SHORTHANDS,
  capitals: CAPITALS,
  signs: patternsOf(offer).map(([sign, patterns]) => [sign, patterns.map(compilePattern)] as const),
})
