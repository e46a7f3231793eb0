// Raises the grade of a report after a check by Turnstile. The report is stored before the check,
// and remains stored even if the check fails.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ID_BYTES, MAX_TOKEN_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { promoteWaiting } from '#worker/store/overflow/moves'
import { promoteStored } from '#worker/store/reports/reports'
import { requireTurnstile, type CheckKeys } from './settings.ts'
import { verifyToken } from './siteverify.ts'

/**
 * Verifies a token and promotes the report.
 *
 * @param body  report id (16) ‖ header id (16) ‖ Turnstile token (ASCII)
 * @throws Refusal `malformed` or `check_failed`
 * @throws Refusal `check_unavailable` when no check can be offered, or when siteverify or the
 *   storage fails
 * @throws Refusal `not_found` when no report with this id has arrived
 */
export async function promoteReport(deps: Deps, keys: CheckKeys, body: Bytes): Promise<void> {
  requireTurnstile(keys)
  const id = body.slice(0, ID_BYTES)
  const headerId = body.slice(ID_BYTES, 2 * ID_BYTES)
  const token = String.fromCharCode(...body.slice(2 * ID_BYTES))
  if (!/^[\x21-\x7e]+$/.test(token) || token.length > MAX_TOKEN_BYTES)
    throw new Refusal('malformed')
  const verdict = await verifyToken(keys, token)
  if (verdict === 'unavailable') throw new Refusal('check_unavailable')
  if (verdict === 'failed') throw new Refusal('check_failed')

  const stored = await withTimeout(() => promoteStored(deps.db, id))
  if (stored === true) return
  const waiting = await withTimeout(() => promoteWaiting(deps.bucket, id, headerId))
  if (waiting === true) return
  const isUnknown = stored === NO_ANSWER || waiting === NO_ANSWER
  throw new Refusal(isUnknown ? 'check_unavailable' : 'not_found')
}
