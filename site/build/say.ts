// What a lifeline script brings along: the sentences that it may say, and the keys that it trusts. What cannot happen on a page is
// not carried by it.
import { fromB64 } from '#protocol/bytes'
import type { ErrorCode } from '#protocol/errors'
import { readManifest } from '#protocol/manifest'
import { type Language } from '../i18n/languages.ts'
import { t, textsUnder } from '../i18n/text.ts'
import { readOrganisation } from './organisation.ts'

type Sentences = Record<string, string>

const said = (lang: Language, ...keys: string[]): Sentences => {
  const texts = textsUnder(lang, 'say.')
  return Object.fromEntries(keys.map((key) => [key, texts[`say.${key}`] ?? '']))
}

const refused = (lang: Language, ...codes: ErrorCode[]): Sentences =>
  Object.fromEntries(codes.map((code) => [code, t(lang, `error.${code}`)]))

const SENDING = ['sending', 'retry', 'left', 'over'] as const
const SLIPS = ['network', 'unavailable', 'text_empty', 'text_too_long'] as const

export async function bringToTell(lang: Language): Promise<unknown> {
  const { root, manifest } = await readOrganisation()
  const { epoch } = readManifest(fromB64(manifest))
  const say = {
    ...said(lang, ...SENDING, 'copied'),
    ...refused(lang, ...SLIPS, 'crypto_missing', 'sealing_failed'),
    manifest: t(lang, 'error.manifest_malformed'),
  }
  return { lang, epoch, root, manifest, say }
}

/** Without a manifest: an answer cannot be read without a connection, so a follow-up may fetch its keys by it. */
export async function bringToAnswer(lang: Language): Promise<unknown> {
  const { root, manifest } = await readOrganisation()
  const { epoch } = readManifest(fromB64(manifest))
  const say = {
    ...said(lang, ...SENDING, 'reading'),
    ...refused(lang, ...SLIPS, 'receipt_length', 'receipt_slip', 'crypto_missing'),
    sealing_failed: t(lang, 'error.crypto_missing'),
    manifest: t(lang, 'error.manifest_malformed'),
    written: t(lang, 'answer.written'),
    destroyed: t(lang, 'answer.destroyed'),
  }
  return { lang, epoch, root, say }
}

export const bringToSent = (lang: Language): unknown => ({ say: said(lang, 'copied') })
