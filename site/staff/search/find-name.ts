// Finds a colleague's name in folded words. A name in a letter may be that of a colleague who works
// here.
import { fold } from './fold.ts'

/** A shorter part of a name occurs in too many words. */
const LEAST = 3
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/gu

/**
 * Returns true when a word begins with a part of the name, in any spelling, with capital or small
 * letters.
 *
 * @param folded  words that `fold` has folded
 */
export function hasName(folded: string, name: string): boolean {
  const words = ` ${folded.replace(BETWEEN_WORDS, ' ')}`
  return fold(name)
    .split(BETWEEN_WORDS)
    .some((part) => part.length >= LEAST && words.includes(` ${part}`))
}

/**
 * Returns a function that tells whether every word of a search begins some part of a name, in any
 * spelling.
 */
export function nameTest(text: string): (name: string) => boolean {
  const words = fold(text)
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '')
  const isMeant = words.length > 0 && words.every((word) => word.length >= LEAST)
  return (name) => {
    const parts = ` ${fold(name).replace(BETWEEN_WORDS, ' ')}`
    return isMeant && words.every((word) => parts.includes(` ${word}`))
  }
}
