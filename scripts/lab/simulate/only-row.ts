// Identifies the only ledger row of every world. The rows of cases refer to this row, which the
// simulation never replays.
import { toB64 } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import type { LedgerHead } from '#protocol/staff/chain'

export const ONLY_ROW: LedgerHead = { n: 1, hash: toB64(new Uint8Array(HASH_BYTES).fill(1)) }
