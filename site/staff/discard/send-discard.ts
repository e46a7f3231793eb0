import { randomBytes, toB64 } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { type DiscardChange } from '#protocol/staff/list/discard'
import { sendSigned } from '../api/send-signed.ts'
import { sendAction } from '../api/send-action.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/** Signs a discard. @throws Refusal `discard_open`, `discard_grew` */
export async function sendDiscard(keys: UnlockedKeys, change: DiscardChange): Promise<void> {
  const subject = toB64(randomBytes(ID_BYTES))
  await sendSigned(keys, { action: 'reports.discard', subject, change }, (signed) =>
    sendAction('reports.discard', signed, subject),
  )
}
