// Stores the row that releases the tables for one year. The row itself contains the tables, so
// nothing else is stored.
import { FiguresLeave, mayLeave } from '#protocol/staff/figures'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseJson } from '#worker/parse'
import { newestRow } from '#worker/store/ledger/chain-rows'
import { changeWithRow } from '#worker/store/ledger/chains'

/**
 * The row must follow the newest row. If another row was stored first, the change is refused with
 * `chain_moved`.
 *
 * @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, `chain_moved`.
 *   `figures_left` for a year that is not over or already has released tables, or for a wrong list
 *   of tables. Also `figures_left` for a checkpoint that is not the newest.
 */
export async function letFiguresLeave(
  deps: StaffDeps,
  year: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  requireFreshProof(deps)
  const { change, at, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'figures.leave',
    subject: year,
  })
  if (String(change.year) !== year) throw new Refusal('malformed')
  const [before, checkpoint] = await Promise.all([
    newestRow(deps.db, 'figures.leave'),
    newestRow(deps.db, 'checkpoint.sign'),
  ])
  const last = before && parseJson(FiguresLeave, before.change)
  if (checkpoint?.seq !== change.checkpoint || !mayLeave(change, last, at))
    throw new Refusal('figures_left')
  await changeWithRow(deps.db, entry, [])
}
