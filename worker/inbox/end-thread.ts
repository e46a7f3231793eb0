// Ends a thread for its reporter: the receipt stops working and the replies are deleted. The staff
// keep the report and its follow-ups.
import { sha256, type Bytes } from '#protocol/bytes'
import { ownerHashOf } from '#protocol/report/receipt'
import { Refusal } from '#protocol/errors'
import { LOOKUP_BYTES, TOKEN_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { endThreads, hasThread, type EndedReceipt } from '#worker/store/reports/replies'
import { noteEnded } from '#worker/store/reports/ended-receipts'
import { mayArrive, readMark } from '#worker/store/overflow/waiting-mark'

const DESTROY_BYTES = LOOKUP_BYTES + TOKEN_BYTES

/**
 * Ends the thread of a receipt. The result does not reveal whether the receipt exists.
 *
 * While a report may still be waiting in R2, the edge first stores a note about the receipt in R2.
 * The drain looks for this note after each insert: see worker/scheduled/drain-run.ts. If storing
 * the note fails, the edge does not end the thread, because a waiting report could revive the
 * receipt.
 *
 * The database cannot tell whether a receipt belongs to a report that waits in R2. The edge
 * therefore also stores notes for receipts that the database does not contain. A rate limit bounds
 * the number of such notes, because anybody can make up a receipt.
 *
 * @param body  lookup (16) ‖ write token (32)
 * @throws Refusal `malformed` for a wrong length. `unavailable` above the rate limit, or when R2 or
 *   the database does not respond; the caller can then retry.
 */
export async function endThread(deps: Deps, body: Bytes): Promise<void> {
  if (body.length !== DESTROY_BYTES) throw new Refusal('malformed')
  const ended = {
    ownerHash: await ownerHashOf(body.slice(0, LOOKUP_BYTES)),
    tokenHash: await sha256(body.slice(LOOKUP_BYTES)),
  }
  const mark = await requireDone(() => readMark(deps.bucket))
  if (mayArrive(mark)) await noteWithinRate(deps, ended)
  await requireDone(() => endThreads(deps.db, [ended]))
}

async function noteWithinRate(deps: Deps, ended: EndedReceipt): Promise<void> {
  const isKnown = await requireDone(() => hasThread(deps.db, ended))
  if (!isKnown && (await deps.isFlooded('ends'))) throw new Refusal('unavailable')
  await requireDone(() => noteEnded(deps.bucket, ended))
}

async function requireDone<T>(act: () => Promise<T>): Promise<T> {
  const done = await withTimeout(act)
  if (done === NO_ANSWER) throw new Refusal('unavailable')
  return done
}
