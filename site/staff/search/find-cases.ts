// Finds the cases that contain all words of a search, best first. The title counts most, then clues
// and tags, then persons, then the other words. Among equal cases, the newer case is first. When no
// case has all words, each word may have one typing error.
import { fold, foldWithPlaces } from './fold.ts'
import { canBeNear, findNear } from './near-word.ts'
import { readQuery, type QueryWord, type Stem } from './query-words.ts'
import { type FoundCase } from './case-index.ts'

/** A case that can be searched. */
export interface SearchedCase {
  id: string
  /** UTC day when the case began */
  day: string
  /** title, clues with tags, persons, and all other words, as people wrote them */
  parts: readonly string[]
  /** the same text, folded and joined */
  folded: string
  /** the end of each part in `folded` */
  ends: readonly number[]
}

/** The weights of a hit in the parts of a case, in order. */
const WEIGHTS = [8, 6, 4, 1] as const
/** Maximum number of words of a case that are compared with a stem. */
const STEM_LOOKS = 3
/** Number of characters around a hit. */
const AROUND = 60

/** Folds the parts of a case. Each part begins and ends with a space. */
export function foldParts(parts: readonly string[]): Pick<SearchedCase, 'folded' | 'ends'> {
  const ends: number[] = []
  let folded = ''
  for (const part of parts) ends.push((folded += fold(part)).length)
  return { folded, ends }
}

interface Hit {
  at: number
  length: number
  score: number
}

const weightAt = (ends: readonly number[], at: number): number =>
  WEIGHTS[ends.findIndex((end) => at < end)] ?? 1

function hitOf(searched: SearchedCase, { anywhere, stem }: QueryWord): Hit | null {
  const { folded, ends } = searched
  // A matching word begins with its stem, so a case without the stem needs only one look.
  const first = stem ? folded.indexOf(stem.letters) : 0
  if (first < 0) return null
  for (const word of anywhere) {
    const at = folded.indexOf(word, first)
    if (at < 0) continue
    const [begins, stops] = [folded[at - 1] === ' ', folded[at + word.length] === ' ']
    const score = weightAt(ends, at) * (4 + Number(begins) + Number(begins && stops))
    return { at, length: word.length, score }
  }
  return stem && stemHit(searched, stem, first)
}

/** Finds the word that begins with the stem and shares the most letters with the searched word. */
function stemHit(
  { folded, ends }: SearchedCase,
  { letters, begin, word }: Stem,
  first: number,
): Hit | null {
  let best: Hit | null = null
  let at = folded.indexOf(begin, first - 1)
  for (let look = 0; at >= 0 && look < STEM_LOOKS; look++) {
    let length = letters.length
    while (length < word.length && folded[at + 1 + length] === word[length]) length += 1
    const score = weightAt(ends, at + 1) * (1 + (2 * length) / word.length)
    if (!best || score > best.score) best = { at: at + 1, length, score }
    at = folded.indexOf(begin, at + 1)
  }
  return best
}

/** Finds a word with one typing error, with its endings or without them. */
function nearHit({ folded, ends }: SearchedCase, { anywhere: [word = ''], stem }: QueryWord) {
  const near = findNear(folded, word) ?? findNear(folded, stem?.letters ?? '')
  return near && { ...near, score: weightAt(ends, near.at) }
}

/** Returns the hit for the best word with the sum of all scores; null when a word is missing. */
function hitsOf(each: SearchedCase, words: readonly QueryWord[], isNear: boolean): Hit | null {
  let best: Hit | null = null
  let sum = 0
  for (const word of words) {
    const hit = hitOf(each, word) ?? (isNear ? nearHit(each, word) : null)
    if (!hit) return null
    sum += hit.score
    if (!best || hit.score > best.score) best = hit
  }
  return best && { ...best, score: sum }
}

/** Returns null for a text without words. */
export function findCases(
  cases: Iterable<SearchedCase>,
  text: string,
): readonly FoundCase[] | null {
  const words = readQuery(text)
  if (!words) return null
  const searched = [...cases]
  const found = hitsIn(searched, words, false)
  const mayErr = words.some(({ anywhere: [word = ''] }) => canBeNear(word))
  return found.length > 0 || !mayErr ? found : hitsIn(searched, words, true)
}

/** @param isNear  true when a word may have one typing error */
function hitsIn(
  cases: readonly SearchedCase[],
  words: readonly QueryWord[],
  isNear: boolean,
): FoundCase[] {
  const found: { each: SearchedCase; hit: Hit }[] = []
  for (const each of cases) {
    const hit = hitsOf(each, words, isNear)
    if (hit) found.push({ each, hit })
  }
  found.sort((a, b) => b.hit.score - a.hit.score || compare(b.each.day, a.each.day))
  return found.map(({ each, hit }) => new Found(each, hit))
}

/** Returns the test whether a case names a place, in any spelling and script. */
export function placeTest(
  cases: ReadonlyMap<string, { places: readonly string[] }>,
  text: string,
): (id: string) => boolean {
  const needle = fold(text).trim()
  return (id) => fold(cases.get(id)?.places.join('\n') ?? '').includes(needle)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A found case whose excerpt is cut only when it is read, because most are never shown. */
class Found implements FoundCase {
  readonly id: string
  readonly #case: SearchedCase
  readonly #hit: Hit
  #excerpt: FoundCase['excerpt'] | null = null

  constructor(each: SearchedCase, hit: Hit) {
    this.id = each.id
    this.#case = each
    this.#hit = hit
  }

  get excerpt(): FoundCase['excerpt'] {
    return (this.#excerpt ??= excerptOf(this.#case, this.#hit))
  }
}

/** Cuts whole words around a hit out of the original text. A dot separates its lines. */
function excerptOf({ parts, ends }: SearchedCase, { at, length }: Hit): FoundCase['excerpt'] {
  const part = ends.findIndex((end) => at < end)
  const text = parts[part] ?? ''
  const begin = at - (part > 0 ? (ends[part - 1] ?? 0) : 0)
  const { places } = foldWithPlaces(text)
  const from = places[begin] ?? 0
  const to = afterLetter(text, places[begin + length - 1] ?? from)
  const start = Math.max(0, from - AROUND)
  const end = Math.min(text.length, to + AROUND)
  const before = text.slice(start, from)
  const after = text.slice(to, end)
  return [
    inOneLine(start > 0 ? `…${before.replace(BROKEN_FIRST, '')}` : before),
    text.slice(from, to),
    inOneLine(end < text.length ? `${after.replace(BROKEN_LAST, '')}…` : after),
  ]
}

// A word that touches the hit, without a space between, is kept.
const BROKEN_FIRST = /^\S*\s+/u
const BROKEN_LAST = /\s+\S*$/u

const inOneLine = (text: string): string => text.replaceAll(/\s*\n\s*/gu, ' · ')

/** Returns the position after a letter, its marks and the folded-away letters that follow. */
function afterLetter(text: string, at: number): number {
  let end = at + 1
  while (
    end < text.length &&
    fold(text.charAt(end)) === ' ' &&
    /[\p{L}\p{M}]/u.test(text[end] ?? '')
  )
    end += 1
  return end
}
