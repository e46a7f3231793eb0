// Crockford's base 32 (crockford.com/base32.html): what people copy from paper. It has no letters that are mistaken for digits; what is typed may have, and may
// come from a Cyrillic keyboard, which is the usual one here.
import type { Bytes } from './bytes.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ O: '0', I: '1', L: '1' },
  ...{
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
  },
}

/** Characters for `bytes`, whose length must be a multiple of 5, so that no bit is left over. */
export function toCrockford(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2))).join('')
}

/** Groups of four, as it stands on paper. */
export const groupCrockford = (text: string): string => (text.match(/.{1,4}/g) ?? []).join(' ')

/**
 * Reads what a person typed, with any spaces and hyphens: O as 0, I and L as 1, Cyrillic letters as what they look like.
 *
 * @param length  characters, a multiple of 8
 * @returns the bytes, or what is wrong: another letter, or other than `length` characters
 */
export function fromCrockford(
  typed: string,
  length: number,
): { bytes: Bytes } | { slip: 'letter' | 'length' } {
  const letters = [...typed.toUpperCase().replace(/[\s\u00a0-]/g, '')]
  const values = letters.map((letter) => ALPHABET.indexOf(LOOK_ALIKES[letter] ?? letter))
  if (values.includes(-1)) return { slip: 'letter' }
  if (values.length !== length) return { slip: 'length' }
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  return { bytes: Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => parseInt(eight, 2)) }
}
