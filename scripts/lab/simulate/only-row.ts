// Names the only ledger row of every world. The rows of cases name this row, and nobody replays it.
import { toB64 } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import type { LedgerHead } from '#protocol/staff/chain'

export const ONLY_ROW: LedgerHead = { n: 1, hash: toB64(new Uint8Array(HASH_BYTES).fill(1)) }
