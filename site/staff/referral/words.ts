// Provides the strings for a referral in the language of the receiver, or of the person who hears
// them. The screen may be in another language.
import type { referralStrings } from '#content/strings.ts'
import { languages, OWN_NAMES, type WholeLanguage } from '#content/languages.ts'
import { loadLaterTable } from '../i18n/later-words.ts'
import { textIn, type Params, type Table } from '../i18n/messages.tsx'

export type ReferralKey = keyof (typeof referralStrings)[WholeLanguage]

export interface ReferralWords {
  lang: WholeLanguage
  /** the name of the language in that language */
  name: string
  /** Returns the text for a key with its {placeholders} filled in. */
  say: (key: ReferralKey, params?: Params) => string
}

export const referralWordsFrom = (lang: WholeLanguage, table: Table): ReferralWords => ({
  lang,
  name: OWN_NAMES[lang],
  say: textIn(table),
})

/** Loads the strings of every language, because a page contains all of them. */
export const loadReferralWords = (): Promise<ReferralWords[]> =>
  Promise.all(
    languages.map(async (lang) =>
      referralWordsFrom(lang, await loadLaterTable(lang, 'staff-referral')),
    ),
  )
