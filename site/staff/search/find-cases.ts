// Finds the cases that contain all words of a search, the best matches first. The title counts
// most, then clues and tags, then people, then the other words. Among cases with equal scores,
// newer cases come first. When no case contains all words, each word may match despite one typing
// error.
import { fold, foldAll, foldWithPlaces } from './fold.ts'
import { findNear, nearWordsOf, type NearWord } from './near-word.ts'
import { readQuery, type QueryWord, type Stem } from './query-words.ts'
import { type Excerpt, type FoundCase } from './case-index.ts'
import { mayHave, trigramsOf, type Trigrams } from './trigrams.ts'

/** A case that can be searched. */
export interface SearchedCase {
  id: string
  /** UTC day when the case began */
  day: string
  /** title, clues with tags, people, and all other words, as people wrote them */
  parts: readonly string[]
  /** the same text, folded and joined */
  folded: string
  /** the end of each part in `folded` */
  ends: readonly number[]
  /** of `folded`, see trigramsOf */
  trigrams: Trigrams
}

/** The weight of a hit in each part of a case, in the order of the parts. */
const WEIGHTS = [8, 6, 4, 1] as const
/** Maximum number of words in a case that are compared with a stem. */
const STEM_LOOKS = 3
/** Maximum number of characters that an excerpt takes from each side of a hit. */
const AROUND = 60

/** Folds the parts of a case. Each part begins and ends with a space. */
export function foldParts(
  parts: readonly string[],
): Pick<SearchedCase, 'folded' | 'ends' | 'trigrams'> {
  const { folded, ends } = foldAll(parts)
  return { folded, ends, trigrams: trigramsOf(folded) }
}

interface Hit {
  at: number
  length: number
  score: number
}

const weightAt = (ends: readonly number[], at: number): number =>
  WEIGHTS[ends.findIndex((end) => at < end)] ?? 1

function hitOf(searched: SearchedCase, { anywhere, stem }: QueryWord): Hit | null {
  const { folded, ends, trigrams } = searched
  for (const sought of anywhere) {
    if (!mayHave(trigrams, sought)) continue
    const { text: word } = sought
    const at = folded.indexOf(word)
    if (at < 0) continue
    const [begins, stops] = [folded[at - 1] === ' ', folded[at + word.length] === ' ']
    const score = weightAt(ends, at) * (4 + Number(begins) + Number(begins && stops))
    return { at, length: word.length, score }
  }
  return stem && mayHave(trigrams, stem.begin) ? stemHit(searched, stem) : null
}

/** Finds the word that begins with the stem and shares the most letters with the search word. */
function stemHit(
  { folded, ends }: SearchedCase,
  { letters, begin: { text: begin }, word }: Stem,
): Hit | null {
  let best: Hit | null = null
  let at = folded.indexOf(begin)
  for (let look = 0; at >= 0 && look < STEM_LOOKS; look++) {
    let length = letters.length
    while (length < word.length && folded[at + 1 + length] === word[length]) length += 1
    const score = weightAt(ends, at + 1) * (1 + (2 * length) / word.length)
    if (!best || score > best.score) best = { at: at + 1, length, score }
    at = folded.indexOf(begin, at + 1)
  }
  return best
}

/** A search word, with the forms that may match despite one typing error. */
interface SearchedWord extends QueryWord {
  near: readonly NearWord[]
}

/** Finds a word despite one typing error, with or without its endings. */
function nearHit({ folded, ends, trigrams }: SearchedCase, near: readonly NearWord[]): Hit | null {
  for (const word of near) {
    const place = findNear(folded, trigrams, word)
    if (place) return { ...place, score: weightAt(ends, place.at) }
  }
  return null
}

/** Returns the hit with the highest score, and the sum of all scores; null if a word is missing. */
function hitsOf(each: SearchedCase, words: readonly SearchedWord[]): Hit | null {
  let best: Hit | null = null
  let sum = 0
  for (const word of words) {
    const hit = hitOf(each, word) ?? nearHit(each, word.near)
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
  const found = hitsIn(
    searched,
    words.map((word) => ({ ...word, near: [] })),
  )
  if (found.length > 0) return found
  const withNear = words.map((word) => ({ ...word, near: nearWordsOf(word) }))
  return withNear.some(({ near }) => near.length > 0) ? hitsIn(searched, withNear) : found
}

function hitsIn(cases: readonly SearchedCase[], words: readonly SearchedWord[]): FoundCase[] {
  const found: { each: SearchedCase; hit: Hit }[] = []
  for (const each of cases) {
    const hit = hitsOf(each, words)
    if (hit) found.push({ each, hit })
  }
  found.sort((a, b) => b.hit.score - a.hit.score || compare(b.each.day, a.each.day))
  return found.map(({ each, hit }) => ({ id: each.id, excerpt: () => excerptOf(each, hit) }))
}

/** Returns a function that tells whether a case names a place, in any spelling and script. */
export function placeTest(
  cases: ReadonlyMap<string, { places: readonly string[] }>,
  text: string,
): (id: string) => boolean {
  const needle = fold(text).trim()
  return (id) => fold(cases.get(id)?.places.join('\n') ?? '').includes(needle)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Extracts the whole words around a hit from the original text. A dot separates two lines. */
function excerptOf({ parts, ends }: SearchedCase, { at, length }: Hit): Excerpt {
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

// A word that touches the hit without a space is kept.
const BROKEN_FIRST = /^\S*\s+/u
const BROKEN_LAST = /\s+\S*$/u

const inOneLine = (text: string): string => text.replaceAll(/\s*\n\s*/gu, ' · ')

/** Returns the position after a letter, its marks and the letters that folding drops after it. */
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
