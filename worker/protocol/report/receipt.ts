// Makes and reads the return number: 26 random digits and two check digits.
// A page with scripts never sends the number, only values derived from it.
import { concat, sha256, utf8, type Bytes } from '../bytes.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import { randomDigits } from '../crypto/random-digits.ts'
import { LOOKUP_BYTES, RECEIPT_DIGITS } from '../limits.ts'

const RANDOM_DIGITS = RECEIPT_DIGITS - 2

/** Divides a decimal string by 97, digit by digit, and returns the remainder. */
const mod97 = (digits: string): number =>
  digits.split('').reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)

/**
 * Makes a new receipt of 28 decimal digits.
 *
 * 26 digits are uniformly random (86 bits); two are check digits (ISO 7064, MOD 97-10).
 */
export function makeReceipt(): string {
  const digits = randomDigits(RANDOM_DIGITS)
  const check = 98 - mod97(digits + '00')
  return digits + (check < 10 ? '0' : '') + String(check)
}

/**
 * Splits a receipt into the groups of four digits in which pages show it and people read it aloud.
 */
export const groupReceipt = (receipt: string): string => receipt.replace(/\d{4}(?=\d)/g, '$& ')

/**
 * The zeros of the other scripts in which phone users may type digits, in order of their code
 * points. The scripts are Arabic, Persian, Devanagari, Bengali, Thai, Myanmar, Khmer and the
 * full-width forms. The digits 1 to 9 follow each zero. The oldest browsers do not support
 * `\p{Nd}`, and the `answer` page has no room for all scripts.
 */
const ZEROS = '٠۰०০๐၀០０'

/**
 * Returns the digits in a text as ASCII digits, and drops all other characters. The digits of the
 * scripts in ZEROS count too. O counts as 0, and the characters l, I and | count as 1, in either
 * case. Such variants are accepted because people copy the number from paper. A word that contains
 * any other letter is dropped entirely.
 */
export const digitsIn = (typed: string): string =>
  typed
    .replace(/[A-zÀ-ӿ|]+/g, (word) => (/[^oоil|]/i.test(word) ? '' : word))
    .replace(/\D/g, (sign) => {
      let value = /[oо]/i.test(sign) ? 0 : /[il|]/i.test(sign) ? 1 : 10
      for (const zero of ZEROS) if (zero <= sign) value = sign.charCodeAt(0) - zero.charCodeAt(0)
      return value < 10 ? String(value) : ''
    })

/**
 * Reads a typed receipt. The page and the form accept the same digits: see digitsIn.
 *
 * The check detects every single wrong digit and every swap of adjacent digits.
 *
 * @returns the 28 digits, or a code. `receipt_length` means a wrong number of digits.
 *   `receipt_slip` means that the check digits do not match
 */
export function readReceipt(
  typed: string,
): { receipt: string } | { code: 'receipt_length' | 'receipt_slip' } {
  const receipt = digitsIn(typed)
  if (receipt.length !== RECEIPT_DIGITS) return { code: 'receipt_length' }
  return mod97(receipt) === 1 ? { receipt } : { code: 'receipt_slip' }
}

/**
 * The keys that are derived from a receipt.
 *
 * The server stores only a double hash of `lookup` and a hash of `write`. The server sees `lookup`
 * and `write` when a page uses them.
 */
export interface ReceiptKeys {
  /** 16 bytes: finds the thread */
  lookup: Bytes
  /** 32 bytes: authorises sending follow-ups and ending the thread */
  write: Bytes
  /** 32 bytes: AES-256 key for replies to the reporter */
  down: Bytes
  /** 32 bytes: proves that the holder of the receipt wrote a follow-up */
  up: Bytes
}

/**
 * Derives the four keys of a receipt.
 *
 * HKDF-SHA256 (RFC 5869) of the 28 ASCII digits, salt `oasis/v1/receipt`, empty info: 112 bytes.
 * The bytes contain the keys in the order lookup, write, down, up.
 */
export async function receiptKeys(receipt: string): Promise<ReceiptKeys> {
  const bytes = await deriveBytes(utf8(receipt), 'oasis/v1/receipt', LOOKUP_BYTES + 96)
  return {
    lookup: bytes.slice(0, 16),
    write: bytes.slice(16, 48),
    down: bytes.slice(48, 80),
    up: bytes.slice(80),
  }
}

/**
 * Returns the owner value of a lookup: SHA-256(lookup), 32 bytes.
 *
 * The header of an envelope contains only the hash of the owner value. A person who carries an
 * envelope therefore cannot copy the value into another envelope.
 */
export const ownerOf = (lookup: Bytes): Promise<Bytes> => sha256(lookup)

/**
 * Returns the owner hash that headers and the database contain: SHA-256 of the owner value, 32
 * bytes.
 */
export const ownerHashOf = async (lookup: Bytes): Promise<Bytes> => sha256(await ownerOf(lookup))

/**
 * Derives the key of a draft that a person stores on their own device: 32 bytes.
 *
 * HKDF-SHA256 as in receiptKeys, but with the salt `oasis/v1/keep`. The key of a draft therefore
 * does not reveal the receipt's keys.
 */
export const draftKey = (receipt: string): Promise<Bytes> =>
  deriveBytes(utf8(receipt), 'oasis/v1/keep', 32)

/** Builds the body of `POST /api/inbox/destroy`: lookup (16) ‖ write (32). */
export const destroyBody = (keys: ReceiptKeys): Bytes => concat(keys.lookup, keys.write)
