import { expect, test } from 'vitest'
import { tellStrings } from '#content/strings.ts'

const places = (text: string): string[] => text.match(/\{\w+\}/g) ?? []

test('Every sentence of tell exists in every language with the same placeholders', () => {
  for (const strings of Object.values(tellStrings)) {
    expect(Object.keys(strings)).toEqual(Object.keys(tellStrings.ky))
    for (const [key, text] of Object.entries(strings)) {
      expect(text.trim(), key).toBe(text)
      expect(text, key).not.toBe('')
      expect(places(text), key).toEqual(places(tellStrings.ky[key] ?? ''))
    }
  }
})

test('The sentences of tell neither label people nor have exclamation marks', () => {
  for (const [lang, strings] of Object.entries(tellStrings))
    for (const [key, text] of Object.entries(strings)) {
      expect(text, `${lang} ${key}`).not.toMatch(/жертв|рабств|кул(чулук|га)|victim|slave|!/i)
    }
})

test('Tell promises nothing unconfirmed, and its failed-seal error names a wrong date', () => {
  for (const [lang, strings] of Object.entries(tellStrings)) {
    expect(strings['tell.exceptions'], lang).toMatch(/мүмкүн|может|may/)
    expect(strings['help.night'], lang).toMatch(/мүмкүн|могут|may/)
    expect(strings['say.sealing_failed'], lang).toMatch(/дата|дату|date/)
  }
})
