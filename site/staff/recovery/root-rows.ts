// Signs ledger rows with the root key after an organisation has started its ledger. Such a row may
// invite a person when no colleague can.
import { toB64, type Bytes } from '#protocol/bytes'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { makeInvitation, type SignedInvitation } from '../crypto/invite.ts'
import { type LedgerChange } from '../crypto/sign-change.ts'
import { RecoveryFault } from '../ledger/recovery-fault.ts'
import { ledgerRowOf, signRow, type RowSigner } from './chained-row.ts'
import { invitationTableRow, ledgerRowSql, type TableRow } from './table-sql.ts'

/** The file with the SQL for the new row and its invitation. */
export const INVITE_FILE = 'invite.sql'

/** A ledger that is valid under the root key. */
export interface HeldLedger {
  rows: readonly LedgerRow[]
  roster: Roster
  /** 65 bytes */
  root: Bytes
}

/** A ledger with one row added. */
export interface ExtendedLedger {
  rows: LedgerRow[]
  roster: Roster
  /** inserts the row, together with the rows of other tables that belong to it */
  sql: string
}

/**
 * Signs a row with the root key, and adds the row after the last row of the ledger.
 *
 * @param others  receives the row hash, and makes rows for other tables that are stored with the
 *   new row
 * @throws RecoveryFault `root_closed` when the signer is a different root, or when a rule refuses
 *   the row
 */
export async function addRootRow(
  by: RowSigner,
  { rows, roster, root }: HeldLedger,
  change: LedgerChange,
  nowMs: number,
  others: (hash: Bytes) => TableRow[] = () => [],
): Promise<ExtendedLedger> {
  const row = await signRow(by, roster.head, change, nowMs)
  const all = [...rows, ledgerRowOf(row)]
  const replayed = await replayLedger(all, root)
  if (!replayed.isWhole) throw new RecoveryFault('root_closed')
  return {
    rows: all,
    roster: replayed.roster,
    sql: ledgerRowSql(row, all.length, others(row.hash)),
  }
}

export interface InvitedLedger extends ExtendedLedger {
  invitation: SignedInvitation
}

/**
 * Invites a reader who is also an admin, as the first invitation does.
 *
 * @throws the errors of addRootRow
 */
export async function inviteByRoot(
  by: RowSigner,
  ledger: HeldLedger,
  nowMs: number,
): Promise<InvitedLedger> {
  const invitation = await makeInvitation(['admin', 'intake'], nowMs)
  const { change } = invitation
  const row = { action: 'invitation.create', subject: change.tokenHash, change } as const
  const extended = await addRootRow(by, ledger, row, nowMs, (hash) => [
    invitationTableRow({ change, row: toB64(hash) }, null),
  ])
  return { ...extended, invitation: { ...invitation, row: toB64(extended.roster.head) } }
}
