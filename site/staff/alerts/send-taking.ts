// Takes an alert: signs that the person has it, and sends the taking.
import { toB64 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import type { OpenAlerts, ShownAlert } from '#protocol/staff/alerts/alerts'
import { takingMessage } from '#protocol/staff/alerts/taking'
import { minuteOf } from '#protocol/time'
import { postTaking } from '../api/alert-api.ts'
import type { UnlockedKeys } from '../crypto/unlock.ts'

/**
 * @param alert  the alert as the person sees it: taken by nobody, or by a colleague
 * @returns the alerts that are open afterwards; a colleague may have taken this one first
 */
export async function sendTaking(
  { personId, sign }: Pick<UnlockedKeys, 'personId' | 'sign'>,
  { id, taken }: Pick<ShownAlert, 'id' | 'taken'>,
): Promise<OpenAlerts> {
  const said = { by: personId, at: minuteOf(Date.now()) }
  const signature = toB64(await signBytes(sign, takingMessage(id, said)))
  return postTaking({ id, from: taken?.by ?? null, taking: { ...said, signature } })
}
