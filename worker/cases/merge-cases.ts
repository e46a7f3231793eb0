// Merges one case into another. Both logs receive a row in one transaction.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Merging } from '#protocol/staff/case-log/bodies'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { findMergeState } from '#worker/store/cases/merge-state'
import { mergeStored } from '#worker/store/cases/merges'
import { storedGrant } from './assign-case.ts'

/**
 * @param id  the case that ends; the row in its log names the surviving case
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. `case_merged` when
 *   one of the two cases has already been merged. `case_full` when the two cases together have too
 *   many reports. `case_key_changed` unless there is a grant for each key that the other case's
 *   caseworker lacks.
 */
export async function mergeCases(deps: StaffDeps, id: string, merging: Merging): Promise<void> {
  requireRole(deps.actor, 'intake')
  const merged = await readSignedChange(signerOf(deps), merging.merged, {
    action: 'case.merge',
    subject: id,
  })
  const { into } = merged.change
  const absorbed = await readSignedChange(signerOf(deps), merging.absorbed, {
    action: 'case.absorb',
    subject: into,
  })
  if (absorbed.change.from !== id || into === id) throw new Refusal('malformed')
  const cases = { from: parseB64(id), into: parseB64(into) }
  const state = await findMergeState(deps.db, cases)
  if (!state) throw new Refusal('not_found')
  if (state.isMerged) throw new Refusal('case_merged')
  if (!state.hasRoom) throw new Refusal('case_full')
  const also = [...absorbed.change.also].sort().join()
  if (also !== state.also.map(toB64).sort().join()) throw new Refusal('case_merged')
  if (absorbed.change.head !== toB64(merged.entry.prev)) throw new Refusal('malformed')
  const grants = merging.grants.map(storedGrant)
  const sent = grants.map((grant) => `${toB64(grant.caseId)} ${grant.keyNo}`).sort()
  const needed = state.lacking.map((key) => `${toB64(key.caseId)} ${key.keyNo}`).sort()
  if (sent.join() !== needed.join()) throw new Refusal('case_key_changed')
  const rows = { merged: merged.entry, absorbed: absorbed.entry }
  const step = { ...cases, assignee: state.assignee, grants }
  if (!(await mergeStored(deps.db, step, rows))) throw new Refusal('case_merged')
}
