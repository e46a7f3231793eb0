import { describe, expect, test } from 'vitest'
import { HURTFUL, languages } from '#content/languages.ts'
import { fill, keepNumbers, keysOf, t, textsUnder, writtenDay } from '#site/i18n/text.ts'
import { ERROR_CODES } from '#protocol/errors'

const placesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('words', () => {
  test('Every key exists in every language with the same placeholders', () => {
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

  test('Every error code has a sentence, and every sentence has an error code', () => {
    for (const lang of languages) {
      const sentences = Object.keys(textsUnder(lang, 'error.')).sort()
      expect(sentences).toEqual(ERROR_CODES.map((code) => `error.${code}`).sort())
    }
  })

  test('A missing key stops the build', () => {
    expect(() => t('ky', 'no.such.key')).toThrow('no.such.key')
  })

  test('A text gets its placeholders filled, and an unfilled placeholder stops the build', () => {
    expect(fill('{n} of {all}', { n: 1, all: 'two' })).toBe('1 of two')
    expect(() => fill('{n} of {all}', { n: 1 })).toThrow('{all}')
  })

  test('The strings have no exclamation marks and no words that hurt', () => {
    for (const lang of languages) {
      for (const [key, text] of Object.entries(textsUnder(lang, ''))) {
        expect(text, `${lang} ${key}`).not.toMatch(/!/)
        expect(text, `${lang} ${key}`).not.toMatch(HURTFUL[lang])
      }
    }
  })
})

describe('days and numbers', () => {
  test('A page writes a date as day, month and year with dots between them', () => {
    expect(writtenDay('2026-11-24')).toBe('24.11.2026')
    expect(writtenDay('2025-04')).toBe('04.2025')
    expect(writtenDay('2012')).toBe('2012')
  })

  test('A number is not broken over two lines, and words may be broken', () => {
    // A number to call is longer than a line of large text, and breaks only between digit groups.
    expect(keepNumbers('Call +996 999 312 002 first')).toBe('Call +996 999 312 002 first')
    expect(keepNumbers('Ambulance 103, fire 101')).toBe('Ambulance 103, fire 101')
    expect(keepNumbers('67 429, № 55, No. 58, 8 %')).toBe(
      '67\u00a0429, №\u00a055, No.\u00a058, 8\u00a0%',
    )
  })
})
