// Compiles the signs of a risky offer into regular expressions, so that the page only runs them.
// The page reads a text as one line. Before each word stand `+` and a sign of the gap. The forms of
// the word follow with `/` between them. `-` stands for `+` before a word that the text denies.
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

/**
 * The reach of a forbidden group, in words from a find. The page puts 10 000 words between
 * sentences. `~` thus reaches to the end of the sentence, and `--` through the text.
 */
const REACHES: Readonly<Record<string, number>> = { '-': 3, '~': 9_999, '--': 1e9 }

const LETTERS = 'A-Za-z\\u0400-\\u04ff'
const SYMBOLS = '[$€£₽₸₺₩]'
/** A letter of a form. */
const FORM = '[^-+ ,.]'
/** Kyrgyz denies inside the verb: ал-ба-йбыз. The end of such a word follows its stem. */
const DENIED_END = '[а-я]{0,4}[бп][аео](?:и|н[ыиу]|г[аеоиы]|с(?![^/+-])|с[ыиту])'
/** The beginning of a denied verb, with its stem: ал-абыз, ал-ба-йбыз. */
const DENIAL = '[^-+ ,./][бп][аео]и(?:т|м(?![^/+-])|[бс][ыиу]з)'

/** Marks that stand in the groups for longer expressions. The page puts these in their place. */
const SHORTHANDS: readonly Replacement[] = [
  // the word after this one, in the same sentence
  ['_', `${FORM}*[+-](?!\\.)<`],
  // the beginning of a form
  ['<', `[ ,.](?:${FORM}*/)?`],
  // the rest of a form, which does not deny the stem
  ['>', `(?!${DENIED_END})`],
  // the end of a form
  ['\\$', '(?![^/+-])'],
]

const expand = (group: string): string => rewrite(group, SHORTHANDS)

/** The forms that the page gives to a sum, as in `#monthhome`. */
const SUMS: Readonly<Record<string, string>> = {
  '#day': '#(?:day|month)',
  '#home': '#(?:low|day)home',
}

/** Returns the stems of a group, each once: `жильё` and `жилье` are one stem. */
const stemsOf = (group: string): string[] => [
  ...new Set(group.split('|').map((stem) => SUMS[stem] ?? foldWord(stem))),
]

/** Compiles a group. A single word counts if the text does not deny it, and in `+group` always. */
function compileGroup(group: string): string {
  const stems = stemsOf(group.replace('+', ''))
  const isPair = (stem: string): boolean => stem.includes('_')
  const always = group.startsWith('+') ? stems : stems.filter(isPair)
  const affirmed = stems.filter((stem) => !always.includes(stem))
  return [
    always.length > 0 ? `[+-]<(?:${always.join('|')})>` : '',
    affirmed.length > 0 ? `\\+<(?:${affirmed.join('|')})>` : '',
  ]
    .filter((part) => part !== '')
    .join('|')
}

/**
 * Returns an expression for words for money: a symbol, the whole of `тг$`, or a beginning. `before`
 * stands before each word, but not before a symbol.
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
    /** A word or a sum. The two groups are the number of a sum behind and before its currency. */
    word: [
      `${currency}\\s?${range}${number}${many}`,
      `${range}${number}${many}${space}${currency}`,
      `[0-9${LETTERS}]+`,
      SYMBOLS,
    ].join('|'),
    /** Makes a number that JavaScript reads: "2 500" is 2500, and "2,5" is 2.5. */
    numbers: [[`${apart}(?=\\d{3}(?!\\d))`, ''] as const, [',', '.'] as const],
    /** Words in a sum, each with the number that divides the sum, and with a mark of its form. */
    units: [
      ...times.map(([value, words]) => [isIn(words), 1 / value, ''] as const),
      ...currencies.map(
        ({ words, from, isHome }) => [isIn(words), from, isHome ? 'home' : ''] as const,
      ),
    ],
  }
}

/** Returns the replacements that write `-` before a denied word, and keep the line's length. */
function compileDenials({ before, after }: OfferCheck['denials']): Replacement[] {
  const word = (stems: string): string => expand(`(?:${stemsOf(stems).join('|')})>`)
  return [
    [`([ ,.](?:${FORM}*/)?${word(before)}${FORM}*)\\+(?= )`, '$1-'],
    [`\\+(?=[ ,.]${FORM}+[+-] (?:(?:${FORM}*/)?${word(after)}|${FORM}*${DENIAL}))`, '-'],
  ]
}

/** Puts a list of words in the place of each `@name`. */
const fillLists = (pattern: string, lists: OfferCheck['words']): string =>
  pattern.replace(/@(\w+)/g, (_, name: string) => {
    const list = lists[name]
    if (list === undefined) throw new Error(`offer-check.json has no list "${name}"`)
    return list
  })

/** Returns the patterns of each sign in all languages, because many offers mix two. */
export const patternsOf = ({ flags, beside, words }: OfferCheck): [string, string[]][] =>
  [...flags, ...beside].map(({ id, patterns }) => [
    id,
    languages.flatMap((lang) => patterns[lang].map((pattern) => fillLists(pattern, words))),
  ])

/** Compiles a pattern: the groups that it wants, and the groups that it forbids in a reach. */
function compilePattern(pattern: string) {
  const wanted: string[] = []
  const forbidden: [group: string, reach: number][] = []
  for (const part of pattern.split(' ')) {
    const group = part.replace(/^[-~]+/, '')
    const reach = REACHES[part.slice(0, part.length - group.length)]
    if (reach === undefined) wanted.push(compileGroup(group))
    else forbidden.push([compileGroup(group), reach])
  }
  return [wanted, forbidden] as const
}

/** Returns what the page fetches to search a text. */
export const wordListOf = (offer: OfferCheck) => ({
  ...compileMoney(offer.money),
  folds: FOLDS,
  looks: LOOKS,
  sounds: SOUNDS,
  denials: compileDenials(offer.denials),
  shorthands: SHORTHANDS,
  signs: patternsOf(offer).map(([sign, patterns]) => [sign, patterns.map(compilePattern)] as const),
})
