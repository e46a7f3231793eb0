// Finds cases that may be related: they contain the same number, account, person, place or agency.
// A clue that many cases share is useless and does not count.
import type { Clue, ClueKind, Suggestion } from './case-index.ts'
import type { ComposedCase } from './compose-cases.ts'
import { fold } from './fold.ts'
import { pausesOften } from '../ui/pause-often.ts'
import type { ReadCase } from './read-case.ts'

/** A clue to search for in other cases. */
interface SoughtClue extends Clue {
  /** folded, in the form that another case must contain */
  needle: string
}

/** The weight of a clue, keyed by its kind. */
const WEIGHTS: Readonly<Record<ClueKind, number>> = {
  phone: 10,
  handle: 8,
  mark: 6,
  name: 4,
  agency: 4,
  place: 1,
}

/**
 * A number with fewer digits is not a telephone number. The last digits are the same in all
 * formats.
 */
const [LEAST_DIGITS, SAME_DIGITS] = [7, 9] as const
/** A shorter word is too common to count. */
const LEAST_CHARS = 4
/** Maximum number of cases that a clue may match; a common name matches more. */
const MOST_CASES = 30
const MOST_CLUES = 40
const MOST_SUGGESTIONS = 8

const NUMBER = /\+?\d[\d\u00a0 ().‐‑–-]{5,}\d/g
const HANDLE = /(?:@|t\.me\/|instagram\.com\/|wa\.me\/|vk\.com\/)([\p{L}\d_.]{3,40})/gu
const QUOTED = /[«“„"]([^«»“”„"\n]{3,40})[»”“"]/g

const all = (pattern: RegExp, text: string, group: number): string[] =>
  [...text.matchAll(pattern)].map((match) => match[group] ?? '')

function phoneClue(text: string): SoughtClue | null {
  const digits = text.replace(/\D/g, '')
  if (digits.length < LEAST_DIGITS) return null
  // A trunk zero appears only in the national format of a number.
  const needle = digits.slice(-SAME_DIGITS).replace(/^0/, '')
  return { kind: 'phone', text: text.trim(), needle }
}

function wordClue(kind: ClueKind, text: string): SoughtClue | null {
  const needle = fold(text)
  const isNumber = /^[\d ]+$/.test(needle)
  if (isNumber) return phoneClue(text)
  return needle.trim().length < LEAST_CHARS ? null : { kind, text: text.trim(), needle }
}

/** Lists the clues of a case, heaviest first. */
function cluesOf(read: readonly ReadCase[]): SoughtClue[] {
  const clues = read.flatMap(({ words, persons, names, places, marks }) => {
    const text = `${words}\n${persons}\n${marks.join('\n')}`
    const named = names.filter((each) => !/\d{4}|@/.test(each))
    return [
      ...all(NUMBER, text, 0).map(phoneClue),
      ...all(HANDLE, text, 1).map((each) => wordClue('handle', each)),
      ...marks.map((each) => wordClue('mark', each)),
      ...named.map((each) => wordClue('name', each)),
      ...all(QUOTED, text, 1).map((each) => wordClue('agency', each)),
      ...places.map((each) => wordClue('place', each)),
    ]
  })
  const distinct = new Map<string, SoughtClue>()
  for (const clue of clues) if (clue && !distinct.has(clue.needle)) distinct.set(clue.needle, clue)
  return [...distinct.values()]
    .sort((a, b) => WEIGHTS[b.kind] - WEIGHTS[a.kind])
    .slice(0, MOST_CLUES)
}

/**
 * Lists the cases that share clues with a case, likeliest first.
 *
 * @param id  id of the case itself, which is not suggested
 * @param read  the reports of the case
 */
export async function suggestCases(
  cases: ReadonlyMap<string, ComposedCase>,
  id: string,
  read: readonly ReadCase[],
): Promise<Suggestion[]> {
  const pause = pausesOften()
  const shared = new Map<string, { score: number; why: Clue[] }>()
  for (const clue of cluesOf(read)) {
    const having: string[] = []
    for (const each of cases.values()) {
      if (each.id === id || !each.folded.includes(clue.needle)) continue
      having.push(each.id)
      if (having.length > MOST_CASES) break
    }
    await pause()
    if (having.length > MOST_CASES) continue
    for (const other of having) {
      const { score, why } = shared.get(other) ?? { score: 0, why: [] }
      shared.set(other, { score: score + WEIGHTS[clue.kind], why: [...why, clue] })
    }
  }
  return [...shared]
    .sort(([, a], [, b]) => b.score - a.score)
    .slice(0, MOST_SUGGESTIONS)
    .map(([other, { why }]) => ({
      id: other,
      title: cases.get(other)?.title ?? '',
      why: why.map(({ kind, text }) => ({ kind, text })),
    }))
}
