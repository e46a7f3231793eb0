import { expect, test } from 'vitest'
import { languageOf } from '#site/i18n/languages.ts'
import { isPage, pathOf, samePageIn } from '#site/i18n/paths.ts'

test('addresses end with a slash', () => {
  expect(pathOf('ky', '')).toBe('/ky/')
  expect(pathOf('ru', 'help')).toBe('/ru/help/')
  expect(pathOf('en', 'tell/sent')).toBe('/en/tell/sent/')
})

test('another language is the same page', () => {
  expect(samePageIn('ru', '/ky/')).toBe('/ru/')
  expect(samePageIn('en', '/ky/tell/sent/')).toBe('/en/tell/sent/')
  expect(samePageIn('ky', '/en/network/')).toBe('/ky/network/')
})

test('an address that only begins like a language is left alone', () => {
  expect(samePageIn('ru', '/kyrgyz/')).toBe('/kyrgyz/')
})

test('pages that do not exist yet are no pages', () => {
  expect(isPage('network')).toBe(true)
  expect(isPage('no-such-page')).toBe(false)
})

test('an unknown language stops the build', () => {
  expect(languageOf('ky')).toBe('ky')
  expect(() => languageOf('xx')).toThrow('xx')
  expect(() => languageOf(undefined)).toThrow()
})
