import { afterEach, expect, test, vi } from 'vitest'
import { browserLanguage } from '#site/staff/i18n/browser-language.ts'

afterEach(() => vi.unstubAllGlobals())

test.each([
  [['ru-RU', 'ru', 'en-US'], 'ru'],
  [['ky'], 'ky'],
  [['uz', 'en-GB'], 'en'],
  [['de-DE'], 'ky'],
  [[], 'ky'],
])('A browser in %j begins in %s', (tags, lang) => {
  vi.stubGlobal('navigator', { languages: tags })
  expect(browserLanguage('ky')).toBe(lang)
})

test.each([
  [['en-US', 'ru-RU'], 'ru'],
  [['en-US'], 'ky'],
])('Without English, a browser in %j begins in %s', (tags, lang) => {
  vi.stubGlobal('navigator', { languages: tags })
  expect(browserLanguage('ky', 'en')).toBe(lang)
})
