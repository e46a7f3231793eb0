// Makes the data that a lifeline page contains for its script: sentences, public keys and hosts. A
// page contains only the data that its entry in site/pages.ts lists, because every byte of the page
// counts. The sentences are shorter than those in errors.json, because the page itself shows the
// next steps.
import { fromB64, toB64 } from '#protocol/bytes'
import { readManifest } from '#protocol/keys/manifest'
import type { Language } from '#content/languages.ts'
import type { Pinned } from '../lifeline/dom/page.ts'
import { textOf } from '../i18n/text.ts'
import type { Sentence } from '../page-entry.ts'
import { lifelineOf, type PageAddress } from '../pages.ts'
import { apiHosts } from './hosts.ts'
import { readOrganisation } from './organisation.ts'

export interface PageData extends Partial<Pinned> {
  hosts?: string[]
  say: Record<string, string>
}

/**
 * Returns the data of a page, or null for a page without sentences. Throws when a text is missing.
 */
export async function pageDataOf(page: PageAddress, lang: Language): Promise<PageData | null> {
  const { says, seals, calls } = lifelineOf(page)
  if (!says) return null
  return {
    say: Object.fromEntries(says.map((sentence) => sentenceOf(sentence, lang))),
    ...(seals && (await pinnedKeys())),
    ...(calls && { hosts: apiHosts() }),
  }
}

function sentenceOf(sentence: Sentence, lang: Language): [string, string] {
  const [key, textKey] = typeof sentence === 'string' ? [sentence, `say.${sentence}`] : sentence
  return [key, textOf(lang, textKey)]
}

async function pinnedKeys(): Promise<Pinned> {
  const { manifest } = await readOrganisation()
  const { epoch, intake, lastDay, adminLastDay } = readManifest(fromB64(manifest))
  return {
    epoch,
    key: toB64(intake),
    until: Math.min(lastDay, adminLastDay),
  }
}
