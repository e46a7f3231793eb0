import { Refusal } from '#protocol/errors'
import type { StatusChange } from '#protocol/staff/case-log/changes'
import type { CloseReason, Status } from '#protocol/staff/fields'
import { sendAction } from '../../api/send-action.ts'
import type { CaseSigner } from '../../crypto/sign-change.ts'
import { isGivenTo } from '../read/is-given.ts'
import type { LoadedReport } from '../read/load-report.ts'
import { sendCaseSigned } from './send-case-signed.ts'

/**
 * @param reason  required with `closed`, and not allowed otherwise
 * @throws Refusal `status_changed` when a colleague acted first. `report_grew` when the person has
 *   written, or a case has been merged in, since the report was read.
 */
export async function sendStatus(
  by: CaseSigner,
  { item, followUpsRead }: LoadedReport,
  to: Status,
  reason?: CloseReason,
): Promise<void> {
  // A colleague has changed the status since the report was read. A signer who was given a case
  // that is already in progress takes it by setting the same status again.
  const isTaking = to === 'in_progress' && isGivenTo(item, by.keys.personId)
  if (item.status === to && !isTaking) throw new Refusal('status_changed')
  const change: StatusChange = {
    from: item.status,
    to,
    followUps: followUpsRead,
    absorbed: item.absorbed,
    ...(reason && { reason }),
  }
  await sendCaseSigned(by, { action: 'status.set', subject: item.id, change }, (signed) =>
    sendAction('status.set', signed, item.id),
  )
}
