// Remembers the trigrams of a case: every three consecutive characters of its folded words. A
// search skips a case that lacks a trigram of the search word. A case with all the trigrams may
// still lack the word, so the search then checks the words themselves.

/** Number of bits for each case. Trigrams share bits, so other trigrams may set the same bit. */
const BITS = 2048
/** The highest bits of a product are the best mixed, so the highest 11 of 32 are used. */
const [FACTOR, SHIFT] = [0x9e3779b1, 21] as const

/** The bits of a case, 32 in each number. */
export type Trigrams = Uint32Array

/** Folded letters, with the bits that are set for every case that contains these letters. */
export interface Sought {
  text: string
  bits: readonly number[]
}

const bitOf = (first: number, second: number, third: number): number =>
  Math.imul((first << 14) ^ (second << 7) ^ third, FACTOR) >>> SHIFT

/** @param folded  words that `fold` has folded */
export function trigramsOf(folded: string): Trigrams {
  const trigrams = new Uint32Array(BITS / 32)
  let [first, second] = [folded.charCodeAt(0), folded.charCodeAt(1)]
  for (let at = 2; at < folded.length; at++) {
    const third = folded.charCodeAt(at)
    const bit = bitOf(first, second, third)
    trigrams[bit >>> 5] = (trigrams[bit >>> 5] ?? 0) | (1 << (bit & 31))
    first = second
    second = third
  }
  return trigrams
}

/** @param text  folded; fewer than three letters have no bits, and any case may contain them */
export function soughtOf(text: string): Sought {
  const bits = new Set<number>()
  for (let at = 2; at < text.length; at++)
    bits.add(bitOf(text.charCodeAt(at - 2), text.charCodeAt(at - 1), text.charCodeAt(at)))
  return { text, bits: [...bits] }
}

/** Returns false for a case that certainly lacks the letters. */
export function mayHave(trigrams: Trigrams, { bits }: Sought): boolean {
  for (const bit of bits) if (((trigrams[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false
  return true
}
