// Computes the digits that people compare, for a newcomer's keys before confirmation or for a hash.
// Once the newcomer's keys exist, nobody can change the digits on the newcomer's screen. A server
// that swaps the keys would have to find keys with the same 20 digits. The search would take about
// 2^66 attempts.
import { concat, fromB64, sha256, utf8, type Bytes } from '../../bytes.ts'

/** Number of bytes at the start of a hash that people compare: 20 hex digits. */
const SHOWN_BYTES = 10

/** Writes the first 20 hex digits of a hash in groups of four, as screens and digests show them. */
export const shownHash = (hash: Bytes): string =>
  [...hash.subarray(0, SHOWN_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/(.{4})(?=.)/g, '$1 ')

const GROUPS = 5
const GROUP_DIGITS = 4

/**
 * Returns five groups of four digits: a hash as a big-endian number modulo 10^20. The hash is
 * SHA-256(`oasis/v1/digits` ‖ hash of the row ‖ signing key ‖ sealing key).
 *
 * @param rowHash  hash of the `invitation.create` row; NO_ROW when the digits cover the keys alone
 */
export async function digitsOf(
  rowHash: Bytes,
  { signPublic, hpkePublic }: { signPublic: string; hpkePublic: string },
): Promise<string[]> {
  const hash = await sha256(
    concat(utf8('oasis/v1/digits'), rowHash, fromB64(signPublic), fromB64(hpkePublic)),
  )
  let number = 0n
  for (const byte of hash) number = (number << 8n) | BigInt(byte)
  const digits = (number % 10n ** BigInt(GROUPS * GROUP_DIGITS))
    .toString()
    .padStart(GROUPS * GROUP_DIGITS, '0')
  return Array.from({ length: GROUPS }, (_, at) =>
    digits.slice(at * GROUP_DIGITS, (at + 1) * GROUP_DIGITS),
  )
}
