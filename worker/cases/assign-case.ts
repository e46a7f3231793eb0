// Gives a case to a colleague. If the assignment goes against the person's wishes, a reason is
// stored too. A caseworker also receives a copy of each case key, sealed by an intake colleague's
// device. The previous assignee's copies are deleted.
import { Refusal } from '#protocol/errors'
import { toB64, type Bytes } from '#protocol/bytes'
import type { Assignment, CaseGrant } from '#protocol/staff/case-log/bodies'
import type { CaseAssign } from '#protocol/staff/case-log/changes'
import type { StaffDeps } from '#worker/deps'
import { dayOf } from '#protocol/time'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { assignStored, findRoles } from '#worker/store/cases/assignments'
import { listKeysOf, type StoredGrant } from '#worker/store/cases/grants'
import { findState, hasGrown } from '#worker/store/cases/growth'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. `person_unknown`
 *   unless the colleague reads reports or works on cases. `case_key_changed` unless each key has a
 *   grant, and for a reason sealed under a key that keyNoInUse does not select. `assignee_changed`
 *   when another colleague has the case now. `report_grew` when the person has written since the
 *   case was read. `case_merged` when this case has been merged into another case.
 */
export async function assignCase(deps: StaffDeps, id: string, given: Assignment): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), given.signed, {
    action: 'case.assign',
    subject: id,
  })
  const caseId = parseB64(id)
  const [from, to] = [optional(change.from), optional(change.to)]
  if (change.from === change.to) throw new Refusal('malformed')
  const needsKeys = to !== null && (await isCaseworker(deps, to))
  if (needsKeys !== change.isGranted) throw new Refusal('malformed')
  const grants = given.grants.map(storedGrant)
  if (!needsKeys && grants.length > 0) throw new Refusal('malformed')
  if (needsKeys) await requireEachKey(deps, caseId, grants)
  const reason = await readReason(given, change)
  const { followUps, absorbed } = change
  // If the actor takes the case or unassigns it, nobody else learns its content.
  const isGiven = change.to !== null && change.to !== toB64(deps.actor.id)
  const read = followUps === undefined || !isGiven ? null : { followUps, absorbed }
  const day = dayOf(deps.now())
  if (await assignStored(deps.db, caseId, { from, to, grants, reason, read, day }, entry)) return
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (state.mergedInto) throw new Refusal('case_merged')
  if (read && hasGrown(state, read)) throw new Refusal('report_grew')
  const isFrom = idOf(state.assignee) === change.from
  throw new Refusal(reason && isFrom ? 'case_key_changed' : 'assignee_changed')
}

const idOf = (person: Bytes | null): string | null => person && toB64(person)

/** Reads the sealed reason whose hash is in the signed change. @throws Refusal `malformed` */
async function readReason(
  given: Assignment,
  { reason }: CaseAssign,
): Promise<{ keyNo: number; sealed: Bytes } | null> {
  if ((given.reason === undefined) !== (reason === undefined)) throw new Refusal('malformed')
  if (!reason || given.reason === undefined) return null
  const sealed = parseB64(given.reason)
  await requireHash(sealed, reason.entryHash)
  return { keyNo: reason.keyNo, sealed }
}

const optional = (id: string | null): Bytes | null => (id === null ? null : parseB64(id))

export const storedGrant = ({ caseId, keyNo, sealed }: CaseGrant): StoredGrant => ({
  caseId: parseB64(caseId),
  keyNo,
  sealed: parseB64(sealed),
})

/** Intake holds the team key and does not need copies. */
async function isCaseworker({ db }: StaffDeps, person: Bytes): Promise<boolean> {
  const roles = await findRoles(db, person)
  if (roles?.includes('intake')) return false
  if (roles?.includes('caseworker')) return true
  throw new Refusal('person_unknown')
}

/**
 * A colleague may have made another key in the meantime. Without a grant, the caseworker could not
 * use that key.
 */
async function requireEachKey(
  { db }: StaffDeps,
  caseId: Bytes,
  grants: readonly StoredGrant[],
): Promise<void> {
  const nameOf = (key: { caseId: Bytes; keyNo: number }): string =>
    `${toB64(key.caseId)} ${key.keyNo}`
  const needed = (await listKeysOf(db, caseId)).map(nameOf).sort()
  if (needed.join() !== grants.map(nameOf).sort().join()) throw new Refusal('case_key_changed')
}
