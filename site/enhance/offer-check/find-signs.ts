// Finds telltale words in the text of an offer: beginnings of words that are near each other. The
// search finds words, not meaning, and the page states this limit. The page fetches all
// expressions. content/offer-words.ts compiles the expressions, and content/README.md explains the
// patterns.

/** A regular expression, and the text in its place. */
type Replacement = readonly [from: string, to: string]

export interface WordList {
  /** A word of a text, or a sum with its number as a group. */
  word: string
  numbers: readonly Replacement[]
  /** Words in a sum, each with the number that divides the sum, and with a mark of its form. */
  units: readonly (readonly [unit: string, divisor: number, mark: string])[]
  folds: readonly Replacement[]
  looks: readonly Replacement[]
  sounds: readonly Replacement[]
  denials: readonly Replacement[]
  shorthands: readonly Replacement[]
  /**
   * Patterns by sign: first the questions in their order, then the signs beside them. A pattern
   * names the groups that it wants, and the groups that it forbids within a reach.
   */
  signs: readonly (readonly [
    sign: string,
    patterns: readonly (readonly [
      wanted: readonly string[],
      forbidden: readonly (readonly [group: string, reach: number])[],
    ])[],
  ])[]
}

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
  /** The same, with each comma and dash as a word. */
  far: number
  /** Position in the line. */
  place: number
}

/** The first and the last word of a find. */
type Run = readonly [first: Word, last: Word]

/** The words that may stand between two groups of a pattern. */
const REACH = 6
/** Words between two sentences: more than any reach within one. */
const SENTENCE = 1e4

const rewrite = (text: string, replacements: readonly Replacement[]): string =>
  replacements.reduce((all, [from, to]) => all.replace(RegExp(from, 'g'), to), text)

/** Returns the spellings that the writer may have meant, or the form of a sum: `#month`. */
function formsOf(written: string, number: string | undefined, list: WordList): string {
  if (number) {
    let size = Number(rewrite(number, list.numbers))
    let marks = ''
    for (const [unit, divisor, mark] of list.units)
      if (RegExp(unit, 'i').test(written)) {
        size /= divisor
        marks += mark
      }
    // A day's pay is high from the twentieth part of a high month's pay.
    return `#${size < 0.05 ? 'low' : size < 1 ? 'day' : 'month'}${marks}`
  }
  const word = rewrite(written.toLowerCase(), list.folds)
  return `${word}/${rewrite(word, /[а-я]/.test(word) ? list.looks : list.sounds)}`
}

const isNear = ([a, b]: Run, [c, d]: Run, by: 'at' | 'far', reach: number): boolean =>
  c[by] - b[by] <= reach && a[by] - d[by] <= reach

/** Returns the signs whose words are in the text, each with the places of its words. */
export function findSigns(text: string, list: WordList): Finding[] {
  const words: Word[] = []
  const next = RegExp(list.word, 'gi')
  let line = ''
  let to = 0
  let at = 0
  let far = 0
  for (let match = next.exec(text); match; match = next.exec(text)) {
    const from = match.index
    const gap = text.slice(to, from)
    const isEnd = /[.!?…;\n]/.test(gap)
    const isComma = /[,–—]/.test(gap)
    to = next.lastIndex
    at += isEnd ? SENTENCE : 1
    far += isEnd ? SENTENCE : isComma ? 2 : 1
    words.push({ from, to, at, far, place: line.length })
    line += `+${isEnd ? '.' : /[^\s«»"“”]/.test(gap) ? ',' : ' '}`
    line += formsOf(match[0], match[1] ?? match[2], list)
  }
  line = rewrite(line, list.denials)

  const known: Record<string, Run[]> = {}
  const runsOf = (group: string): Run[] => {
    const runs = known[group] ?? []
    if (known[group] === undefined) {
      const search = RegExp(rewrite(group, list.shorthands), 'y')
      words.forEach((word, n) => {
        search.lastIndex = word.place
        const found = search.exec(line)
        if (found) runs.push([word, words[n + found[0].split(/[ ,.]/).length - 2] ?? word])
      })
      known[group] = runs
    }
    return runs
  }

  const findings: Finding[] = []
  for (const [sign, patterns] of list.signs) {
    const spans: Span[] = []
    for (const [[first = '', ...others], forbidden] of patterns)
      for (const run of runsOf(first)) {
        const near = others.map((group) =>
          runsOf(group).find((other) => isNear(run, other, 'at', REACH)),
        )
        const all = [run, ...near].filter((one): one is Run => one !== undefined)
        const isDenied = forbidden.some(([group, reach]) =>
          runsOf(group).some((not) => all.some((one) => isNear(one, not, 'far', reach))),
        )
        if (all.length > others.length && !isDenied)
          spans.push(...all.map(([{ from }, last]): Span => [from, last.to]))
      }
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
