// Makes the record of a consent from the exact text that a colleague read aloud.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { NamedReceiver, ReferralConsent } from '#protocol/staff/case-log/referral'

interface ReadText {
  /** language of the text */
  lang: string
  text: string
}

/** Hashes a text: SHA-256(`oasis/v1/consent-text` ‖ language ‖ zero ‖ UTF-8 of the text). */
export const consentTextHash = async ({ lang, text }: ReadText): Promise<string> =>
  toB64(await sha256(utf8('oasis/v1/consent-text'), utf8(lang), new Uint8Array(1), utf8(text)))

/**
 * Makes the record of a consent. Only this function computes the hash, so that every record of a
 * consent is based on a text.
 *
 * @param text  the text as the screen showed it
 * @throws Refusal `malformed` for a text that does not contain the name of the receiver
 */
export async function recordConsent(
  said: Omit<ReferralConsent, 'text'>,
  { lang, text }: ReadText,
  { name }: Pick<NamedReceiver, 'name'>,
): Promise<ReferralConsent> {
  if (name.trim() === '' || !text.includes(name)) throw new Refusal('malformed')
  return { ...said, text: { lang, hash: await consentTextHash({ lang, text }) } }
}
