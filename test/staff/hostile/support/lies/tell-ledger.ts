// Lies about the ledger.
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { changesJson, type Lie, type MakeLie } from '../hostile-server.ts'

/** Shows a ledger without its last rows. */
export const cutLedger: MakeLie = ({ chance }): Lie => {
  const lost = chance.one([1, 2, 1 + chance.below(14)])
  return changesJson('a cut ledger', /^GET ledger\?/, (json: { rows: LedgerRow[] }) => ({
    ...json,
    rows: json.rows.slice(0, Math.max(0, json.rows.length - lost)),
  }))
}
