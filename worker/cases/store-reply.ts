// Stores a reply, sealed on the colleague's device, at an index in the reporter's thread.
import { toB64 } from '#protocol/bytes'
import { dayOf } from '#protocol/time'
import { Refusal } from '#protocol/errors'
import { type NewReply } from '#protocol/staff/case-log/bodies'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { insertReply } from '#worker/store/cases/replies'
import { findState, hasGrown, type ReportState } from '#worker/store/cases/growth'
import { parseB64 } from '#worker/parse'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`. `not_found`, including for a
 *   report that is not in the case. `case_merged` when this case has been merged into another case.
 *   `no_return_number` when the return number is no longer valid. `report_grew` when the person has
 *   written since the report was read. `slot_taken`.
 */
export async function storeReply(deps: StaffDeps, id: string, reply: NewReply): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry } = await readSignedChange(signerOf(deps), reply.signed, {
    action: 'answer.send',
    subject: id,
  })
  const sealed = parseB64(reply.sealed)
  await requireHash(sealed, change.sealedHash)
  const { report, index, ...read } = change
  const answer = {
    report: parseB64(report ?? id),
    index,
    read,
    day: dayOf(deps.now()),
    sealed,
  }
  if (await insertReply(deps.db, caseId, answer, entry)) return

  const [state, whole] = await Promise.all([
    findState(deps.db, answer.report),
    findState(deps.db, caseId),
  ])
  if (!state || !whole) throw new Refusal('not_found')
  if (whole.mergedInto) throw new Refusal('case_merged')
  const isOfCase = report === undefined || report === id || goesInto(state, id)
  if (!isOfCase) throw new Refusal('not_found')
  if (!state.answerable) throw new Refusal('no_return_number')
  throw new Refusal(hasGrown(whole, read) ? 'report_grew' : 'slot_taken')
}

const goesInto = ({ mergedInto }: ReportState, id: string): boolean =>
  mergedInto !== null && toB64(mergedInto) === id
