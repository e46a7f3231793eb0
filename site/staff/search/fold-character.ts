// Decides from the code and the neighbours of a character how that character is folded. Uses no
// buffer.
import { DROPPED, OTHER, SPACE, TABLE_SIZE } from './fold-table.ts'

const setOf = (characters: string): ReadonlySet<number> =>
  new Set(Array.from(characters, (each) => each.charCodeAt(0)))

/**
 * The characters that may separate the digits of one number. A gap between two digits contains at
 * most MOST_BETWEEN of them.
 */
const BETWEEN_DIGITS = setOf(' \u00a0-\u2010\u2011\u2013().+/')
const MOST_BETWEEN = 3
const JOINED = /\p{L}/u

export const isDigit = (code: number): boolean => code >= 48 && code <= 57
export const isLatin = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
export const isCyrillic = (code: number): boolean => code >= 0x400 && code < TABLE_SIZE

/** A hyphen joins two words into one, so that "Кара-Кулжа" is also found as "Каракулжа". */
export const isBetweenLetters = (text: string, at: number): boolean =>
  JOINED.test(text.charAt(at - 1)) && JOINED.test(text.charAt(at + 1))

/** Returns the position of the next digit of the same number, or -1. */
export function nextDigit(text: string, at: number): number {
  for (let ahead = at; ahead < text.length && ahead - at <= MOST_BETWEEN; ahead++) {
    const code = text.charCodeAt(ahead)
    if (isDigit(code)) return ahead
    if (!BETWEEN_DIGITS.has(code)) return -1
  }
  return -1
}

/**
 * Keeps letters from scripts that the table does not cover, and drops the marks among those
 * letters.
 */
export function foldOther(text: string, at: number): number {
  const character = text.charAt(at)
  if (/[\u2019\u02bc]|\p{M}/u.test(character)) return DROPPED
  // A lone surrogate is not a letter, and is kept.
  return /[\p{L}\p{N}\ud800-\udfff]/u.test(character) ? OTHER : SPACE
}
