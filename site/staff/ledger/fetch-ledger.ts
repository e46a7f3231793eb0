// Fetches the ledger page by page.
import { Refusal } from '#protocol/errors'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { fetchLedgerPage } from '../api/ledger-api.ts'

/**
 * Fetches the complete ledger, oldest row first.
 *
 * @throws Refusal `malformed` for pages that do not advance, because the loop would never end
 */
export async function fetchLedger(): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = []
  for (let after = 0; ;) {
    const page = await fetchLedgerPage(after)
    rows.push(...page.rows)
    if (page.next === null) return rows
    if (page.next <= after || page.rows.length === 0) throw new Refusal('malformed')
    after = page.next
  }
}
