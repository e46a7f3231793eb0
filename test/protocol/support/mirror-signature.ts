// Converts a signature to its other form, (r, n − s), which ECDSA also accepts.
import { concat, fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { LedgerRow } from '#protocol/staff/ledger/rows'

/** The order of the P-256 group. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** @param signature  r ‖ s, 64 bytes */
export function mirrored(signature: Bytes): Bytes {
  const s = BigInt(`0x${Buffer.from(signature.slice(32)).toString('hex')}`)
  const other = (N - s).toString(16).padStart(64, '0')
  return concat(signature.slice(0, 32), Buffer.from(other, 'hex'))
}

/** Returns the row with its signature converted to the other form. */
export const mirroredRow = (row: LedgerRow): LedgerRow => ({
  ...row,
  signature: toB64(mirrored(fromB64(row.signature))),
})
