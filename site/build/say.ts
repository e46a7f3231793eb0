// What a lifeline script brings along: the sentences that it may say and the keys that it trusts. What cannot happen on a page is
// not carried by it. The sentences are shorter than those of errors.json: here the ways out stand beside them as buttons and numbers.
import { fromB64 } from '#protocol/bytes'
import { readManifest } from '#protocol/manifest'
import type { Pinned } from '../tell/keys.ts'
import { type Language } from '../i18n/languages.ts'
import { t, textsUnder } from '../i18n/text.ts'
import { readOrganisation } from './organisation.ts'

interface Bring extends Partial<Pinned> {
  say: Record<string, string>
}

const SENDING = [
  'sending',
  'retry',
  'network',
  'unavailable',
  'text_empty',
  'text_too_long',
  'manifest',
]

function said(lang: Language, keys: readonly string[]): Record<string, string> {
  const texts = textsUnder(lang, 'say.')
  return Object.fromEntries(keys.map((key) => [key, texts[`say.${key}`] ?? missing(lang, key)]))
}

const missing = (lang: Language, key: string): never => {
  throw new Error(`${lang}: no text for the key say.${key}`)
}

async function pinned(): Promise<Pinned> {
  const { root, manifest } = await readOrganisation()
  return { root, manifest, epoch: readManifest(fromB64(manifest)).epoch }
}

export async function bringToTell(lang: Language): Promise<Bring> {
  const say = said(lang, [...SENDING, 'left', 'over', 'copied', 'crypto_missing', 'sealing_failed'])
  return { say, ...(await pinned()) }
}

/** Without the manifest: no answer is read without a connection, so a follow-up can fetch its keys by it. */
export async function bringToAnswer(lang: Language): Promise<Bring> {
  const { cannot_open: cannotOpen = '', ...say } = said(lang, [
    ...SENDING,
    'reading',
    'receipt_length',
    'receipt_slip',
    'cannot_open',
  ])
  const done = { written: t(lang, 'answer.written'), destroyed: t(lang, 'answer.destroyed') }
  return {
    ...(await pinned()),
    manifest: '',
    say: { ...say, crypto_missing: cannotOpen, sealing_failed: cannotOpen, ...done },
  }
}

export const bringToSent = (lang: Language): Bring => ({ say: said(lang, ['copied']) })
