import { sha256, toB64, utf8 } from '#protocol/bytes'
import { type TemplateSet } from '#protocol/staff/templates'
import { sendSigned } from '../api/send-signed.ts'
import { sendAction } from '../api/send-action.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/**
 * Signs the text of a template.
 *
 * @param text  null to restore the app's own text
 * @throws Refusal `not_found` when the app's own text is already in use
 */
export async function sendTemplate(
  keys: UnlockedKeys,
  name: string,
  text: string | null,
): Promise<void> {
  const textHash = text === null ? null : toB64(await sha256(utf8(text)))
  const change: TemplateSet = { name, textHash }
  await sendSigned(keys, { action: 'template.set', subject: name, change }, (signed) =>
    sendAction('template.set', { signed, text }, name),
  )
}
