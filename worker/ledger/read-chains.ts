// Returns the chains to the staff, whose browsers verify them.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { ChainHead } from '#protocol/staff/chain'
import { LEDGER_PAGE, type LedgerPage } from '#protocol/staff/ledger/rows'
import { requireCase } from '#worker/auth/require-case'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { chainHead, readLedgerRows } from '#worker/store/ledger/chain-rows'

/** Returns the head of the ledger, which the next signed change must follow. */
export async function readLedgerHead(deps: StaffDeps): Promise<ChainHead> {
  requireRole(deps.actor, 'admin', 'intake', 'caseworker')
  return { head: toB64(await chainHead(deps.db, null)) }
}

/** Returns the head of a case log. @throws Refusal `malformed` for a string that is not an id */
export async function readCaseHead(deps: StaffDeps, id: string): Promise<ChainHead> {
  const caseId = await requireCase(deps, id)
  return { head: toB64(await chainHead(deps.db, caseId)) }
}

/**
 * Returns a page of the ledger. A waiting newcomer also reads the ledger, and sees their own
 * confirmation in it.
 *
 * @param after  the number of the last row that the reader already has; null for none
 */
export async function listLedger(deps: StaffDeps, after: string | null): Promise<LedgerPage> {
  const from = after === null ? 0 : Number(after)
  if (!Number.isSafeInteger(from) || from < 0) throw new Refusal('malformed')
  const rows = await readLedgerRows(deps.db, from, LEDGER_PAGE)
  const last = rows.at(-1)
  return {
    rows: rows.map(({ change, statement, signature }) => ({
      change,
      statement,
      signature: toB64(signature),
    })),
    next: last && rows.length === LEDGER_PAGE ? last.seq : null,
  }
}
