// Encodes and decodes Crockford's base 32 (crockford.com/base32.html), for codes that people copy
// from paper. The alphabet has no letters that look like digits, but a person may still type such
// letters. A person may also type Cyrillic letters, because most people who use the site have
// Cyrillic keyboards.
import type { Bytes } from '../bytes.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  O: '0',
  I: '1',
  L: '1',
  О: '0',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
  З: '3',
}

/**
 * Encodes each group of five bits in `bytes` as one character. The length of `bytes` must be a
 * multiple of 5.
 */
export function toCrockford(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2))).join('')
}

/** Splits text into groups of four characters for display on paper. */
export const groupCrockford = (text: string): string => (text.match(/.{1,4}/g) ?? []).join(' ')

/**
 * Decodes typed text, ignoring spaces and hyphens. O counts as 0, and I and L count as 1. A
 * Cyrillic letter counts as the Latin letter or digit that looks the same.
 *
 * @param length  the number of characters, a multiple of 8
 * @returns the bytes, or the fault: an unknown character, or a wrong number of characters
 */
export function fromCrockford(
  typed: string,
  length: number,
): { bytes: Bytes } | { typo: 'letter' | 'length' } {
  const letters = [...typed.toUpperCase().replace(/[\s\u00a0-]/g, '')]
  const values = letters.map((letter) => ALPHABET.indexOf(LOOK_ALIKES[letter] ?? letter))
  if (values.includes(-1)) return { typo: 'letter' }
  if (values.length !== length) return { typo: 'length' }
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  return { bytes: Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => parseInt(eight, 2)) }
}
