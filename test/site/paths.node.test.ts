import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { hasPage, languageOf, languagePaths, languagesOf } from '#site/i18n/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { isPage } from '#site/pages.ts'

test('Every address ends with a slash', () => {
  expect(pathOf('ky', '')).toBe('/ky/')
  expect(pathOf('ru', 'help')).toBe('/ru/help/')
  expect(pathOf('en', 'tell/sent')).toBe('/en/tell/sent/')
})

test('Each whole language has every page, and no other language has one', () => {
  expect(languagesOf('')).toEqual(languages)
  expect(hasPage('ru', 'rights')).toBe(true)
  const paths = languagePaths({ routePattern: '/[lang]/tell/form' })
  expect(paths.map(({ params }) => params.lang)).toEqual(languages)
})

test('The table of pages knows a page’s name and no unknown name', () => {
  expect(isPage('network')).toBe(true)
  expect(isPage('no-such-page')).toBe(false)
})

test('An unknown language stops the build', () => {
  expect(languageOf('ky')).toBe('ky')
  expect(() => languageOf('xx')).toThrow('xx')
  expect(() => languageOf(undefined)).toThrow()
})
