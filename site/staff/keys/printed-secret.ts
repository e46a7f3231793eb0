// The secret on paper: 16 random bytes and 4 check bytes, written as 8 groups of 4 characters of Crockford's base 32, which has
// no letters that are mistaken for digits. The check bytes only catch slips; they guard nothing.
import { concat, randomBytes, sameBytes, sha256, utf8, type Bytes } from '#protocol/bytes'

const SECRET_BYTES = 16
const CHECK_BYTES = 4
const CHARACTERS = 32
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const makePrintedSecret = (): Bytes => randomBytes(SECRET_BYTES)

const checkOf = async (secret: Bytes): Promise<Bytes> =>
  (await sha256(utf8('oasis/v1/printed-secret'), secret)).slice(0, CHECK_BYTES)

/** `7K2M 9XQ4 …`: 32 characters in groups of four. */
export async function writePrintedSecret(secret: Bytes): Promise<string> {
  const bits = [...concat(secret, await checkOf(secret))]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2)))
  return (letters.join('').match(/.{4}/g) ?? []).join(' ')
}

export type ReadSecret = { secret: Bytes } | { slip: 'length' | 'letter' | 'check' }

/** What a person typed, with any spaces and hyphens; O is read as 0, I and L as 1, and Cyrillic look-alikes as what they look like. */
export async function readPrintedSecret(typed: string): Promise<ReadSecret> {
  const letters = [...typed.toUpperCase().replace(/[\s\u00a0-]/g, '')].map(
    (letter) => LOOK_ALIKES[letter] ?? letter,
  )
  const values = letters.map((letter) => ALPHABET.indexOf(letter))
  if (values.includes(-1)) return { slip: 'letter' }
  if (values.length !== CHARACTERS) return { slip: 'length' }
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => parseInt(eight, 2))
  const secret = bytes.slice(0, SECRET_BYTES)
  return sameBytes(await checkOf(secret), bytes.slice(SECRET_BYTES))
    ? { secret }
    : { slip: 'check' }
}

// A Cyrillic keyboard is the usual one here.
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
