import { expect, test } from 'vitest'
import { fold } from '#site/staff/search/fold.ts'
import { mayHave, soughtOf, trigramsOf } from '#site/staff/search/trigrams.ts'

const WORDS = fold('Мейманканада иштейм, 0555 12-34-56. Паспортту алып коюшту, 東京 да бар')

test('A case may have every part of its own words, in any length', () => {
  const trigrams = trigramsOf(WORDS)
  for (let from = 0; from < WORDS.length; from++)
    for (let to = from; to <= WORDS.length; to++)
      expect(mayHave(trigrams, soughtOf(WORDS.slice(from, to)))).toBe(true)
})

test('A case without a trigram of the searched letters is skipped', () => {
  const trigrams = trigramsOf(WORDS)
  expect(mayHave(trigrams, soughtOf(fold('ресторан').trim()))).toBe(false)
  expect(mayHave(trigramsOf(''), soughtOf('kafe'))).toBe(false)
})

test('Fewer than three letters may be in any case, because they have no trigram', () => {
  expect(mayHave(trigramsOf(WORDS), soughtOf('xq'))).toBe(true)
})
