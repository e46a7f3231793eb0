// Tests the search: people's own wordings of easily missed signs, and sentences from honest offers
// with the same words. The search cannot recognise every wording, but must find the sign for most
// of them.
import { describe, expect, test } from 'vitest'
import wordings from './offer-wordings.json' with { type: 'json' }
import { offerCheck } from '#content/offer-check.ts'
import { wordListOf } from '#content/offer-words.ts'
import { findSigns } from '#site/enhance/offer-check/find-signs.ts'

const words = wordListOf(offerCheck)
const signsIn = (text: string): string[] => findSigns(text, words).map(({ sign }) => sign)
const cases = Object.entries(wordings).flatMap(([sign, byLanguage]) =>
  Object.entries(byLanguage).map(([lang, texts]) => ({ sign, lang, ...texts })),
)

describe.each(cases)('the sign $sign in the words of strangers in $lang', (wording) => {
  const { sign, risky, honest } = wording

  test('The search finds the sign in at least 85 % of the wordings', () => {
    const missed = risky.filter((text) => !signsIn(text).includes(sign))
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(risky.length * 0.15)
  })

  test('The search finds no sign in an honest sentence', () => {
    for (const text of honest) expect(signsIn(text), text).toEqual([])
  })
})
