// Finds telltale words in the text of an offer: beginnings of words that are near each other. The
// search finds words, not meaning, and the page states this limit. content/README.md explains the
// patterns.
import type { Money } from './read-sum.ts'
import { REACH, type Word, wordsOf } from './read-words.ts'
import { isStemOf, type Stem, stemOf } from './spell-word.ts'

/** The words that the page fetches. */
export interface WordList {
  /** Patterns by sign: first the questions in their order, then the signs beside them. */
  signs: readonly (readonly [sign: string, patterns: readonly string[]])[]
  money: Money
  /** Words that deny the word after them, and words that deny the word before them. */
  denials: { before: string; after: string }
}

/** A place in the text: from its first letter to behind its last one. */
export type Span = readonly [from: number, to: number]

/** The sentences of the signs beside the questions, by language and sign. */
export type Beside = Readonly<
  Record<string, readonly (readonly [sign: string, sentence: string])[]>
>

export interface Finding {
  sign: string
  spans: Span[]
}

/** The first and the last word of a find. */
type Run = readonly [first: Word, last: Word]
type Runs = (group: string) => readonly Run[]

const REACH_OF_NOT = 3

// Kyrgyz denies inside the verb: ал-абыз, ал-ба-йбыз. The first tests a whole verb, the second the
// end of a word behind its stem.
const DENIAL = /.[бп][аео]и(т|м$|[бс][ыиу]з)/
const DENIED_END = /^[а-я]{0,4}[бп][аео](и|н[ыиу]|г[аеоиы]|с$|с[ыиту])/

const fits = (stem: Stem, word: Word | undefined): boolean =>
  word?.forms.some(
    (form) => isStemOf(stem, form) && !DENIED_END.test(form.slice(stem.plain.length)),
  ) === true

const stemsOf = (group: string, mark: string): Stem[] => group.split(mark).map(stemOf)

/** Returns the places of words by the first letter of their forms. */
function placesByLetter(words: readonly Word[]): Map<string, Set<number>> {
  const places = new Map<string, Set<number>>()
  words.forEach(({ forms }, n) => {
    for (const form of forms) {
      const letter = form.charAt(0)
      places.set(letter, (places.get(letter) ?? new Set()).add(n))
    }
  })
  return places
}

/**
 * Returns the search for the places of a group. `a|b` means either word, `a_b` means two words side
 * by side. A single word does not count when the word before or behind it denies it, except in
 * `+group`.
 */
function searchIn(words: readonly Word[], { before, after }: WordList['denials']): Runs {
  const deniesNext = stemsOf(before, '|')
  const deniesLast = stemsOf(after, '|')
  const deniesWordBefore = (word: Word): boolean =>
    deniesLast.some((stem) => fits(stem, word)) || word.forms.some((form) => DENIAL.test(form))
  const isDenied = ({ isJoined }: Word, n: number): boolean => {
    const next = words[n + 1]
    return (
      (isJoined && deniesNext.some((stem) => fits(stem, words[n - 1]))) ||
      (next?.isJoined === true && deniesWordBefore(next))
    )
  }
  const places = placesByLetter(words)
  const known = new Map<string, Run[]>()
  const runsOf = (alternative: string, countsDenied: boolean): Run[] => {
    const stems = stemsOf(alternative, '_')
    const runs: Run[] = []
    for (const n of places.get(stems[0]?.plain.charAt(0) ?? '') ?? []) {
      const first = words[n]
      const last = words[n + stems.length - 1]
      if (first === undefined || last?.at !== first.at + stems.length - 1) continue
      if (!stems.every((stem, k) => fits(stem, words[n + k]))) continue
      if (stems.length > 1 || countsDenied || !isDenied(first, n)) runs.push([first, last])
    }
    return runs
  }
  return (group) => {
    const mark = group.startsWith('+') ? '+' : ''
    const runs: Run[] = []
    for (const alternative of group.slice(mark.length).split('|')) {
      const found = known.get(mark + alternative) ?? runsOf(alternative, mark !== '')
      known.set(mark + alternative, found)
      runs.push(...found)
    }
    return runs
  }
}

const isNear = ([a, b]: Run, [c, d]: Run, reach: number): boolean =>
  c.at - b.at <= reach && a.at - d.at <= reach

/** A comma or a dash between a denial and a word takes one word of its reach. */
const reachesNot = (one: Run, not: Run): boolean =>
  isNear(one, not, REACH_OF_NOT - Math.abs(one[0].commas - not[0].commas))

/**
 * Finds the places where the groups of a pattern are near each other. `-group` forbids a group near
 * by, `~group` in the same sentence, and `--group` anywhere.
 */
function placesOf(pattern: string, runsOf: Runs): Run[] {
  const groups = pattern.split(' ')
  const runsAt = (mark: RegExp): (readonly Run[])[] =>
    groups.filter((group) => mark.test(group)).map((group) => runsOf(group.replace(/^[-~]+/, '')))
  const [first = [], ...others] = runsAt(/^[^-~]/)
  if (first.length === 0) return []
  if (runsAt(/^--/).some((runs) => runs.length > 0)) return []
  const nots = runsAt(/^-[^-]/)
  const sentenceNots = runsAt(/^~/)
  const places: Run[] = []
  for (const run of first) {
    const near = others.map((runs) => runs.find((other) => isNear(run, other, REACH)))
    const all = [run, ...near].filter((one): one is Run => one !== undefined)
    const isDenied =
      sentenceNots.some((runs) => runs.some(([not]) => not.sentence === run[0].sentence)) ||
      all.some((one) => nots.some((runs) => runs.some((not) => reachesNot(one, not))))
    if (all.length > others.length && !isDenied) places.push(...all)
  }
  return places
}

/** Returns the signs whose words are in the text, each with the places of its words. */
export function findSigns(text: string, { signs, money, denials }: WordList): Finding[] {
  const runsOf = searchIn(wordsOf(text, money), denials)
  const findings: Finding[] = []
  for (const [sign, patterns] of signs) {
    const spans = patterns
      .map((pattern) => placesOf(pattern, runsOf))
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
