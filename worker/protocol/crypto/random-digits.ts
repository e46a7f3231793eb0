// Draws decimal digits for people to write down and to read out.
import { randomBytes } from '../bytes.ts'

/** Returns uniformly random digits: log2(10), about 3.32 bits each. */
export function randomDigits(length: number): string {
  let digits = ''
  while (digits.length < length) {
    // Drops bytes above 249, which would favour the digits 0 to 5: 256 is not a multiple of 10.
    for (const byte of randomBytes(32))
      if (byte < 250 && digits.length < length) digits += String(byte % 10)
  }
  return digits
}
