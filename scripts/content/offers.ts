// Measures how well the offer check finds the signs in content/adverts.json. The first score counts
// all adverts. The second score counts only the adverts that the patterns were not tuned on.
import { z } from 'zod'
import { readJson } from '#scripts/content/read-file'
import { offerCheckSchema } from '#content/offer-check.ts'
import { wordListOf } from '#content/offer-words.ts'
import { languages, type WholeLanguage } from '#content/languages.ts'
import { findSigns, type WordList } from '#site/enhance/offer-check/find-signs.ts'

const advertSchema = z.strictObject({
  lang: z.enum(languages),
  /** True for an advert that was set aside while the patterns were being written. */
  held: z.boolean(),
  /**
   * The signs that a reader sees in the advert. A harmless advert has no signs here or in `beside`.
   */
  signs: z.array(z.string()),
  /** Signs that no question covers. */
  beside: z.array(z.string()).default([]),
  text: z.string().min(1),
})
const advertsSchema = z.strictObject({ adverts: z.array(advertSchema) })

export type Advert = z.infer<typeof advertSchema>

export interface Score {
  lang: WholeLanguage
  /**
   * The number of signs in the adverts, not counting the signs that no question covers. `found` is
   * the number of these signs that the check finds.
   */
  signs: number
  found: number
  /** The number of false matches: in all adverts, then in the harmless ones. */
  wrong: number
  wrongInHarmless: number
}

export const isHarmless = ({ signs, beside }: Pick<Advert, 'signs' | 'beside'>): boolean =>
  signs.length === 0 && beside.length === 0

export const advertsOf = (folder: string): Advert[] =>
  advertsSchema.parse(readJson(folder, 'adverts.json')).adverts

export function scoreOf(lang: WholeLanguage, adverts: readonly Advert[], words: WordList): Score {
  const score: Score = { lang, signs: 0, found: 0, wrong: 0, wrongInHarmless: 0 }
  for (const { text, signs, beside } of adverts.filter((advert) => advert.lang === lang)) {
    const found = findSigns(text, words).map(({ sign }) => sign)
    const wrong = found.filter((sign) => !signs.includes(sign) && !beside.includes(sign)).length
    score.signs += signs.length
    score.found += signs.filter((sign) => found.includes(sign)).length
    score.wrong += wrong
    if (isHarmless({ signs, beside })) score.wrongInHarmless += wrong
  }
  return score
}

/** Returns one line per language, for the editor's report. */
export function offerLines(folder: string): string[] {
  const adverts = advertsOf(folder)
  const words = wordListOf(offerCheckSchema.parse(readJson(folder, 'offer-check.json')))
  const share = ({ signs, found }: Score): string =>
    `${found} of ${signs} signs found (${Math.round((100 * found) / signs)} %)`
  return languages.map((lang) => {
    const all = scoreOf(lang, adverts, words)
    const held = scoreOf(
      lang,
      adverts.filter((advert) => advert.held),
      words,
    )
    const wrong = `${all.wrong} found wrongly, ${all.wrongInHarmless} of them in harmless adverts`
    return `${lang}: ${share(all)}; of those held back ${share(held)}; ${wrong}`
  })
}
