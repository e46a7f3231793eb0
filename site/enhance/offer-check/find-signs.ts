// Finds telltale words in the text of an offer: beginnings of words that are near each other. The
// search finds words, not meaning, and the page states this limit. content/README.md explains the
// patterns.

/** Patterns by sign, in the order of the questions. */
export type Patterns = readonly (readonly [sign: string, patterns: readonly string[]])[]

/** A place in the text: from its first letter to behind its last one. */
export type Span = readonly [from: number, to: number]

export interface Finding {
  sign: string
  spans: Span[]
}

interface Word {
  from: number
  to: number
  /** Position in the text, in words. The end of a sentence puts the next word out of reach. */
  at: number
  /** The spellings that the writer may have meant. */
  forms: readonly string[]
}

/** The first and the last word of a find. */
type Run = readonly [first: Word, last: Word]

const REACH = 6
const REACH_OF_NOT = 3
const SENTENCE_END = /[.!?…;\n]/

// People type ө, ү, ң as о, у, н, and ё, й as е, и.
const PLAIN: Readonly<Record<string, string>> = { ё: 'е', ө: 'о', ү: 'у', ң: 'н', й: 'и' }
// Latin letters and digits that look like Cyrillic ones, and Cyrillic words in Latin letters.
const LOOK = ['aceopxykmthb034', 'асеорхукмтнвозч'] as const
const SOUND = ['abvgdejziklmnoprstufyq', 'абвгдежзиклмнопрстуфык'] as const

const swap = (word: string, [letters, others]: readonly [string, string]): string =>
  word.replace(/./g, (letter) => others[letters.indexOf(letter)] ?? letter)

const fold = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[ёөүңй]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/(.)\1\1+/g, '$1')

function formsOf(written: string): string[] {
  const word = fold(written)
  if (/[а-я]/.test(word)) return [swap(word, LOOK)]
  return [word, swap(word.replace(/sh/g, 'ш').replace(/ch/g, 'ч'), SOUND)]
}

function wordsOf(text: string): Word[] {
  const letters = /[0-9A-Za-z\u0400-\u04ff]+/g
  const words: Word[] = []
  let end = 0
  let at = 0
  for (let match = letters.exec(text); match; match = letters.exec(text)) {
    const from = match.index
    at += SENTENCE_END.test(text.slice(end, from)) ? REACH + 1 : 1
    end = from + match[0].length
    words.push({ from, to: end, at, forms: formsOf(match[0]) })
  }
  return words
}

type Fits = (word: Word) => boolean

/** Returns the test for a stem: `ватсап` begins the word, `тг$` is the whole word. */
function fitsStem(stem: string): Fits {
  const plain = fold(stem.replace('$', ''))
  return stem.endsWith('$')
    ? ({ forms }) => forms.includes(plain)
    : ({ forms }) => forms.some((form) => form.lastIndexOf(plain, 0) === 0)
}

/** Finds every place of a group. `a|b` means either word, `a_b` means two words side by side. */
function runsOf(group: string, words: readonly Word[]): Run[] {
  const runs: Run[] = []
  for (const alternative of group.split('|')) {
    const stems = alternative.split('_').map(fitsStem)
    words.forEach((first, n) => {
      if (
        !stems.every((fits, k) => words[n + k]?.at === first.at + k && fits(words[n + k] ?? first))
      )
        return
      runs.push([first, words[n + stems.length - 1] ?? first])
    })
  }
  return runs
}

const isNear = ([a, b]: Run, [c, d]: Run, reach: number): boolean =>
  c.at - b.at <= reach && a.at - d.at <= reach

/**
 * Finds the places where the groups of a pattern are near each other. `-group` forbids a group near
 * by, and `--group` forbids a group anywhere.
 */
function placesOf(pattern: string, words: readonly Word[]): Run[] {
  const groups = pattern.split(' ')
  const runsAt = (mark: RegExp): Run[][] =>
    groups
      .filter((group) => mark.test(group))
      .map((group) => runsOf(group.replace(/^-+/, ''), words))
  if (runsAt(/^--/).some((runs) => runs.length > 0)) return []
  const nots = runsAt(/^-[^-]/)
  const [first = [], ...others] = runsAt(/^[^-]/)
  const places: Run[] = []
  for (const run of first) {
    const near = others.map((runs) => runs.find((other) => isNear(run, other, REACH)))
    const all = [run, ...near].filter((one): one is Run => one !== undefined)
    const isDenied = all.some((one) =>
      nots.some((runs) => runs.some((not) => isNear(one, not, REACH_OF_NOT))),
    )
    if (all.length > others.length && !isDenied) places.push(...all)
  }
  return places
}

/** Returns the signs whose words are in the text, each with the places of its words. */
export function findSigns(text: string, patterns: Patterns): Finding[] {
  const words = wordsOf(text)
  const findings: Finding[] = []
  for (const [sign, lines] of patterns) {
    const spans = lines
      .map((line) => placesOf(line, words))
      .reduce((sum, runs) => sum.concat(runs), [])
      .map(([first, last]): Span => [first.from, last.to])
    if (spans.length > 0) findings.push({ sign, spans })
  }
  return findings
}

/** Sorts spans and joins touching spans, for marking. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    const last = joined[joined.length - 1]
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)]
    else joined.push([from, to])
  }
  return joined
}
