// Tests that the service worker shows its own sentences and no words from a call.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forEachLanguage, languages } from '#content/languages.ts'
import { alertStrings } from '#content/strings.ts'
import { numberOfAlert } from '#protocol/staff/alerts/alert-number'

type Listener = (event: { data: { text: () => string } | null; waitUntil: () => void }) => void

const [FIRST] = languages
let shown: string[]
let push: Listener
beforeEach(async () => {
  shown = []
  vi.resetModules()
  vi.stubGlobal('self', {
    addEventListener: (type: string, listener: Listener) => {
      if (type === 'push') push = listener
    },
    registration: { showNotification: (title: string) => shown.push(title) },
  })
  await import('#site/staff/alerts/alert-worker.ts')
})
afterEach(() => vi.unstubAllGlobals())

/** Delivers a call to a device. @returns the title of the notification */
function titleOf(text: string | null, tags: readonly string[] = []): string | undefined {
  vi.stubGlobal('navigator', { languages: tags })
  push({ data: text === null ? null : { text: () => text }, waitUntil: () => undefined })
  return shown.at(-1)
}

const WAITS = forEachLanguage((lang) => alertStrings[lang]['alert.waits'])

test('R47: A notification never shows words of a call', () => {
  for (const text of ['Read your 28 digits to +7 900', '', '2', '-1', '0.5', 'NaN', '__proto__'])
    expect(titleOf(text)).toBe(WAITS[FIRST])
  expect(titleOf(null)).toBe(WAITS[FIRST])
})

test.each(languages)('A browser in %s shows the sentences in that language', (lang) => {
  const tags = ['de-CH', `${lang}-KG`, FIRST]
  expect(titleOf(numberOfAlert('waits'), tags)).toBe(alertStrings[lang]['alert.waits'])
  expect(titleOf(numberOfAlert('test'), tags)).toBe(alertStrings[lang]['alert.test'])
})

test('A browser in a language without sentences shows those of the first language', () => {
  expect(titleOf(numberOfAlert('waits'), ['de-CH'])).toBe(WAITS[FIRST])
})
