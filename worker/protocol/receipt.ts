// The return number: 26 random digits and two check digits. It never leaves the device; only what is derived from it does.
import { concat, randomBytes, utf8, type Bytes } from './bytes.ts'
import { deriveBytes } from './hkdf.ts'
import { LOOKUP_BYTES, RECEIPT_DIGITS } from './limits.ts'

const RANDOM_DIGITS = RECEIPT_DIGITS - 2

/** Remainder of a decimal string by 97, digit by digit: no number grows past 9,699. */
const mod97 = (digits: string): number =>
  digits.split('').reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)

/**
 * A new receipt: 28 decimal digits, of which 26 are uniformly random (86 bits) and two are check digits
 * (ISO 7064, MOD 97-10).
 */
export function makeReceipt(): string {
  let digits = ''
  while (digits.length < RANDOM_DIGITS) {
    // Bytes from 250 on are thrown away: 256 is no multiple of 10, and keeping them would favour 0 to 5.
    for (const byte of randomBytes(32))
      if (byte < 250 && digits.length < RANDOM_DIGITS) digits += String(byte % 10)
  }
  const check = 98 - mod97(digits + '00')
  return digits + (check < 10 ? '0' : '') + String(check)
}

/** Groups of four, as it is shown and read aloud. */
export const groupReceipt = (receipt: string): string => receipt.replace(/\d{4}(?=\d)/g, '$& ')

/**
 * Reads what a person typed: digits with any spaces, dashes or dots between them.
 *
 * @returns the 28 digits, or the code that says what is wrong: `receipt_length` for other than 28 digits or other
 *   characters, `receipt_slip` when the check digits do not fit (every single slip and every swap of neighbours is found)
 */
export function readReceipt(
  typed: string,
): { receipt: string } | { code: 'receipt_length' | 'receipt_slip' } {
  const receipt = typed.replace(/[\s\u00a0.\-\u2010-\u2015]/g, '')
  if (!/^\d{28}$/.test(receipt)) return { code: 'receipt_length' }
  return mod97(receipt) === 1 ? { receipt } : { code: 'receipt_slip' }
}

/** What a receipt stands for. The server is shown only hashes of `lookup` and `write`, or these two when they are used. */
export interface ReceiptKeys {
  /** 16 bytes: finds the thread */
  lookup: Bytes
  /** 32 bytes: authorises a follow-up and the end of the thread */
  write: Bytes
  /** 32 bytes: AES-256 key of answers to the reporter */
  down: Bytes
  /** 32 bytes: reserved: derived and sealed in, and used by nothing yet */
  up: Bytes
}

/** HKDF-SHA256 (RFC 5869) of the 28 ASCII digits, salt `oasis/v1/receipt`, empty info, 112 bytes cut in order. */
export async function receiptKeys(receipt: string): Promise<ReceiptKeys> {
  const bytes = await deriveBytes(utf8(receipt), 'oasis/v1/receipt', LOOKUP_BYTES + 96)
  return {
    lookup: bytes.slice(0, 16),
    write: bytes.slice(16, 48),
    down: bytes.slice(48, 80),
    up: bytes.slice(80),
  }
}

/** 32 bytes: key of what a person asked to keep on their own device. Salt `oasis/v1/keep`: it tells nothing of the other keys. */
export const keepingKey = (receipt: string): Promise<Bytes> =>
  deriveBytes(utf8(receipt), 'oasis/v1/keep', 32)

/** Body of `POST /api/inbox/destroy`: lookup (16) ‖ write (32). */
export const destroyBody = (keys: ReceiptKeys): Bytes => concat(keys.lookup, keys.write)
