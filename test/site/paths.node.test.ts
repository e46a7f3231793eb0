import { expect, test } from 'vitest'
import { languageOf } from '#site/i18n/languages.ts'
import { pathOf, samePageIn } from '#site/i18n/paths.ts'
import { isPage } from '#site/pages.ts'

test('Every address ends with a slash', () => {
  expect(pathOf('ky', '')).toBe('/ky/')
  expect(pathOf('ru', 'help')).toBe('/ru/help/')
  expect(pathOf('en', 'tell/sent')).toBe('/en/tell/sent/')
})

test('The switch to another language leads to the same page', () => {
  expect(samePageIn('ru', '/ky/')).toBe('/ru/')
  expect(samePageIn('en', '/ky/tell/sent/')).toBe('/en/tell/sent/')
  expect(samePageIn('ky', '/en/network/')).toBe('/ky/network/')
})

test('The language switch keeps an address that only begins like a language', () => {
  expect(samePageIn('ru', '/kyrgyz/')).toBe('/kyrgyz/')
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
