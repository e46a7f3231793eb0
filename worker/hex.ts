// Converts hexadecimal digits, as SQLite writes them, to bytes or base64url, and converts bytes to
// hexadecimal digits. The platform parses digits in native code, so a page of cases costs little
// CPU time.
import type { Bytes } from '#protocol/bytes'
import { encodeB64 } from '#protocol/staff/native-b64'

/** The part of ECMAScript 2026 that TypeScript's standard library does not declare yet. */
interface NativeBytes {
  fromHex: (digits: string) => Bytes
}

// Guarantee: workerd has this function; a test runs it there.
const native = (): NativeBytes => Uint8Array as unknown as NativeBytes

/** Throws SyntaxError for a string that does not consist of hexadecimal digits. */
export const bytesOfHex = (digits: string): Bytes => native().fromHex(digits)

/** Returns base64url without padding. Throws SyntaxError in the same cases as bytesOfHex. */
export const b64OfHex = (digits: string): string => encodeB64(bytesOfHex(digits))

const HEX = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
)

/** Formats bytes in the format of SQLite's `hex()`, for use with SQLite's `unhex()`. */
export function hexOf(bytes: Bytes): string {
  let hex = ''
  for (const byte of bytes) hex += HEX[byte] ?? ''
  return hex
}
