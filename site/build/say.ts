// What a lifeline script brings along: the sentences that it may say and the keys that it trusts. What cannot happen on a page is
// not carried by it. The sentences are shorter than those of errors.json: here the ways out stand beside them as buttons and numbers.
import { concat, fromB64, toB64 } from '#protocol/bytes'
import { readManifest } from '#protocol/manifest'
import type { Pinned } from '../tell/pinned.ts'
import { type Language } from '../i18n/languages.ts'
import { t, textsUnder } from '../i18n/text.ts'
import { apiHosts } from './hosts.ts'
import { readOrganisation } from './organisation.ts'

interface Bring extends Partial<Pinned> {
  hosts?: string[]
  say: Record<string, string>
}

const SENDING = ['sending', 'retry', 'network', 'text_empty', 'text_too_long']

function said(lang: Language, keys: readonly string[]): Record<string, string> {
  const texts = textsUnder(lang, 'say.')
  return Object.fromEntries(keys.map((key) => [key, texts[`say.${key}`] ?? missing(lang, key)]))
}

const missing = (lang: Language, key: string): never => {
  throw new Error(`${lang}: no text for the key say.${key}`)
}

async function pinned(): Promise<Pinned & { hosts: string[] }> {
  const { root, manifest } = await readOrganisation()
  const { epoch, intake, recovery, lastDay, adminLastDay } = readManifest(fromB64(manifest))
  return {
    root,
    epoch,
    keys: toB64(concat(intake, recovery)),
    until: Math.min(lastDay, adminLastDay),
    hosts: apiHosts(),
  }
}

export async function bringToTell(lang: Language): Promise<Bring> {
  const say = said(lang, [...SENDING, 'copied', 'sealing_failed'])
  return { say, ...(await pinned()) }
}

/** A copy may be opened months later: then it says that it is too old. */
export async function bringToSaved(lang: Language): Promise<Bring> {
  const brought = await bringToTell(lang)
  return { ...brought, say: { ...brought.say, ...said(lang, ['manifest_expired']) } }
}

/** Without keys: no answer is read without a connection, so a follow-up can fetch its keys by it. */
export async function bringToAnswer(lang: Language): Promise<Bring> {
  const { cannot_open: cannotOpen = '', ...say } = said(lang, [
    ...SENDING,
    'reading',
    'file',
    'receipt_length',
    'receipt_slip',
    'cannot_open',
  ])
  const done = { written: t(lang, 'answer.written'), destroyed: t(lang, 'answer.destroyed') }
  return {
    ...(await pinned()),
    keys: '',
    say: { ...say, sealing_failed: cannotOpen, ...done },
  }
}

export const bringToSent = (lang: Language): Bring => ({ say: said(lang, ['copied']) })

/** The page that sends a letter for somebody else seals nothing. */
export const bringToPassed = (lang: Language): Bring => ({
  hosts: apiHosts(),
  say: said(lang, [
    'sending',
    'retry',
    'network',
    'malformed',
    'letter_unreadable',
    'letter_incomplete',
    'letter_whole',
    'letter_missing',
    'no_code',
  ]),
})
