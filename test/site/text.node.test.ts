import { describe, expect, test } from 'vitest'
import { languages } from '#site/i18n/languages.ts'
import { fill, keysOf, t, textsUnder } from '#site/i18n/text.ts'
import { ERROR_CODES } from '#protocol/errors'

const placesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('words', () => {
  test('every key stands in every language, with the same places to fill', () => {
    const keys = [...keysOf('ky')].sort()
    expect(keys.length).toBeGreaterThan(0)
    for (const lang of languages) {
      expect([...keysOf(lang)].sort(), lang).toEqual(keys)
      for (const key of keys) {
        const text = textsUnder(lang, key)[key] ?? ''
        expect(text.trim(), `${lang} ${key}`).toBe(text)
        expect(text, `${lang} ${key}`).not.toBe('')
        expect(placesOf(text), `${lang} ${key}`).toEqual(placesOf(textsUnder('ky', key)[key] ?? ''))
      }
    }
  })

  test('every error code has a sentence, and no sentence is left over', () => {
    for (const lang of languages) {
      const sentences = Object.keys(textsUnder(lang, 'error.')).sort()
      expect(sentences).toEqual(ERROR_CODES.map((code) => `error.${code}`).sort())
    }
  })

  test('a missing key stops the build', () => {
    expect(() => t('ky', 'no.such.key')).toThrow('no.such.key')
  })

  test('places are filled, and an unfilled one stops the build', () => {
    expect(fill('{n} of {all}', { n: 1, all: 'two' })).toBe('1 of two')
    expect(() => fill('{n} of {all}', { n: 1 })).toThrow('{all}')
  })

  test('nothing is shouted, and words that hurt are not used', () => {
    const unwanted = {
      ky: /кулчулук|курмандык/i,
      ru: /жертв|рабств/i,
      en: /\bslave|\brescue|\bvictim/i,
    }
    for (const lang of languages) {
      for (const [key, text] of Object.entries(textsUnder(lang, ''))) {
        expect(text, `${lang} ${key}`).not.toMatch(/!/)
        expect(text, `${lang} ${key}`).not.toMatch(unwanted[lang])
      }
    }
  })
})
