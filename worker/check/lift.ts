// Moves a report to lane A when its sender passed a check. The report is stored already, whatever comes of this.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ID_BYTES, MAX_TOKEN_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { inTime } from '#worker/in-time'
import { raiseWaiting } from '#worker/store/overflow'
import { raiseReport } from '#worker/store/reports'
import { requireOffer, type CheckKeys } from './offer.ts'
import { verifyToken } from './siteverify.ts'

/**
 * @param asked report id (16) ‖ Turnstile token (ASCII)
 * @throws Refusal `malformed`; `check_unavailable` when no check is offered or nobody can judge it now; `check_failed`;
 *   `not_found` when no report with this id has arrived
 */
export async function liftReport(deps: Deps, keys: CheckKeys, asked: Bytes): Promise<void> {
  requireOffer(keys)
  const id = asked.slice(0, ID_BYTES)
  const token = String.fromCharCode(...asked.slice(ID_BYTES))
  if (!/^[\x21-\x7e]+$/.test(token) || token.length > MAX_TOKEN_BYTES)
    throw new Refusal('malformed')
  const passed = await verifyToken(keys, token)
  if (passed === null) throw new Refusal('check_unavailable')
  if (!passed) throw new Refusal('check_failed')

  const raised = await inTime(() => raiseReport(deps.db, id))
  if (raised) return
  const waiting = await inTime(() => raiseWaiting(deps.bucket, id))
  if (waiting) return
  throw new Refusal(raised === null || waiting === null ? 'check_unavailable' : 'not_found')
}
