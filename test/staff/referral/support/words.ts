// Reads the words of a referral in every language.
import { languages } from '#content/languages.ts'
import { referralStrings } from '#content/strings.ts'
import { referralWordsFrom, type ReferralWords } from '#site/staff/referral/words.ts'

export const allWords: readonly ReferralWords[] = languages.map((lang) =>
  referralWordsFrom(lang, referralStrings[lang]),
)

/** Returns the words of one language. */
export function wordsOf(lang: string): ReferralWords {
  const found = allWords.find((each) => each.lang === lang)
  if (!found) throw new Error(`no words in ${lang}`)
  return found
}
