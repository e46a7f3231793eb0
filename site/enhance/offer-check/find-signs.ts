// Finds telltale words in the text of an offer: beginnings of words that appear near each other.
// The search finds words, not meaning, and the page states this limit. The page fetches all
// expressions. content/offer-words.ts compiles the expressions, and content/README.md explains the
// patterns.

/** A regular expression, and its replacement text. */
type Replacement = readonly [from: string, to: string]

export interface WordList {
  /** Matches a word of a text, or a sum, whose number is captured as a group. */
  word: string
  numbers: readonly Replacement[]
  /** The words for the units of a sum, each with a divisor and a mark for the sum's form. */
  units: readonly (readonly [unit: string, divisor: number, mark: string])[]
  folds: readonly Replacement[]
  looks: readonly Replacement[]
  sounds: readonly Replacement[]
  denials: readonly Replacement[]
  shorthands: readonly Replacement[]
  /** The letters that the Latin capitals represent in the groups, starting with A. */
  capitals: string
  /**
   * Patterns by sign: first the signs that questions cover, in order, then the signs that no
   * question covers. Spaces separate the groups of a pattern, and a mark before a group defines the
   * group's reach.
   */
  signs: readonly (readonly [sign: string, patterns: readonly string[]])[]
}

/** A range of the text, from its first letter to just after its last letter. */
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
  /** The same position, but a dash counts as a word, and a comma ends a clause. */
  far: number
  /** Position in the line. */
  place: number
}

/** The first and the last word of a match. */
type Run = readonly [first: Word, last: Word]

/** Number of words that the end of a sentence counts as, which is more than any reach. */
const SENTENCE = 1e4
/** Number of words that the end of a clause counts as, because a negation ends with its clause. */
const CLAUSE = 4
/** An expression that never matches. */
const NOTHING = '.^'
/**
 * The reach of a group in words, keyed by the group's mark. `-` and `~` forbid the group within
 * their reach.
 */
const REACHES: Readonly<Record<string, number>> = {
  '': 6,
  '=': SENTENCE - 1,
  '==': 1e9,
  '-': 3,
  '~': SENTENCE - 1,
  '--': 1e9,
}

const rewrite = (text: string, replacements: readonly Replacement[]): string =>
  replacements.reduce((all, [from, to]) => all.replace(RegExp(from, 'g'), to), text)

/**
 * Returns the spellings that the writer may have meant, or the form of a sum, such as `#month`. A
 * sum of zero counts as a negation, as in "0 som".
 */
function formsOf(written: string, number: string | undefined, list: WordList): string {
  if (number) {
    let size = Number(rewrite(number, list.numbers))
    let marks = ''
    for (const [unit, divisor, mark] of list.units)
      if (RegExp(unit, 'i').test(written)) {
        size /= divisor
        marks += mark
      }
    if (size === 0) return 'no'
    // A day's pay counts as high if it is at least one twentieth of what counts as high monthly
    // pay.
    return `#${size < 0.05 ? 'low' : size < 0.6 ? 'usual' : size < 1 ? 'day' : 'month'}${marks}`
  }
  const word = rewrite(written.toLowerCase(), list.folds)
  return `${word}/${rewrite(word, /[а-я]/.test(word) ? list.looks : list.sounds)}`
}

const isNear = ([a, b]: Run, [c, d]: Run, by: 'at' | 'far', reach: number): boolean =>
  c[by] - b[by] <= reach && a[by] - d[by] <= reach

/** Returns the signs whose words are in the text, with the positions of these words. */
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
    to = next.lastIndex
    at += isEnd ? SENTENCE : 1
    far += isEnd ? SENTENCE : gap.includes(',') ? CLAUSE : /[–—]/.test(gap) ? 2 : 1
    words.push({ from, to, at, far, place: line.length })
    line += `+${isEnd ? '.' : /[^\s«»"“”]/.test(gap) ? ',' : ' '}`
    line += formsOf(match[0], match[1] ?? match[2], list)
  }
  line = rewrite(line, list.denials)

  /** The number of each word, keyed by the word's position in the line. */
  const numbers: Record<number, number> = {}
  words.forEach(({ place }, number) => {
    numbers[place] = number
  })
  const known: Record<string, Run[]> = {}
  const runsOf = (group: string): Run[] => {
    const runs = known[group] ?? []
    if (known[group] === undefined) {
      const [affirmed, always = NOTHING] = group.split('!')
      const source = `\\+<(${affirmed === '' ? NOTHING : affirmed})>|[+-]<(${always})>`
      const letters = source.replace(
        /[A-Z]/g,
        (mark) => list.capitals[mark.charCodeAt(0) - 65] ?? '',
      )
      const search = RegExp(rewrite(letters, list.shorthands), 'g')
      for (let found = search.exec(line); found; found = search.exec(line)) {
        const number = numbers[found.index] ?? 0
        const first = words[number]
        const last = words[number + found[0].split(/[ ,.]/).length - 2]
        if (first) runs.push([first, last ?? first])
        search.lastIndex = found.index + 1
      }
      known[group] = runs
    }
    return runs
  }

  const findings: Finding[] = []
  for (const [sign, patterns] of list.signs) {
    const spans: Span[] = []
    for (const pattern of patterns) {
      const groups = pattern.split(' ').map((part) => {
        const group = part.replace(/^[-~=]+/, '')
        const mark = part.slice(0, part.length - group.length)
        return { group, mark, reach: REACHES[mark] ?? 0 }
      })
      const [first, ...others] = groups.filter(({ mark }) => !/[-~]/.test(mark))
      const forbidden = groups.filter(({ mark }) => /[-~]/.test(mark))
      for (const run of runsOf(first?.group ?? '')) {
        const near = others.map(({ group, reach }) =>
          runsOf(group).find((other) => isNear(run, other, 'at', reach)),
        )
        const all = [run, ...near].filter((one): one is Run => one !== undefined)
        const isDenied = forbidden.some(({ group, reach }) =>
          runsOf(group).some((not) => all.some((one) => isNear(one, not, 'far', reach))),
        )
        if (all.length > others.length && !isDenied)
          spans.push(...all.map(([{ from }, last]): Span => [from, last.to]))
      }
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
