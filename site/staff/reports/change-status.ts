import { type QueueItem, type Status, type StatusChange } from '#protocol/staff'
import { sendSigned } from '../api/send-signed.ts'
import { setStatus } from '../api/staff-api.ts'
import { type UnlockedKeys } from '../keys/unlock.ts'

/** What can be done with a report of a status, the usual thing first. */
export const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  new: ['in_progress', 'closed'],
  in_progress: ['closed', 'new'],
  closed: ['in_progress'],
}

/** @throws Refusal `status_changed` when a colleague was faster */
export async function changeStatus(keys: UnlockedKeys, item: QueueItem, to: Status): Promise<void> {
  const change: StatusChange = { from: item.status, to }
  await sendSigned(keys, { action: 'status.set', subject: item.id, change }, (signed) =>
    setStatus(item.id, signed),
  )
}
