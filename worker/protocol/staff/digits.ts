// Makes the digits that two people compare before one confirms the other. A server that swapped a
// newcomer's keys would have to hit 20 digits by chance.
import { concat, fromB64, sha256, utf8, type Bytes } from '../bytes.ts'

const GROUPS = 5
const GROUP_DIGITS = 4

/**
 * Returns five groups of four digits: a hash as a big-endian number modulo 10^20. The hash is
 * SHA-256(`oasis/v1/digits` ‖ hash of the row ‖ signing key ‖ sealing key).
 *
 * @param rowHash  hash of the row `invitation.create` or `person.rekey`, 32 bytes
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
