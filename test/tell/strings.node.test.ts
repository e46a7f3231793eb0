import { expect, test } from 'vitest'
import en from '#content/strings/en/tell.json' with { type: 'json' }
import ky from '#content/strings/ky/tell.json' with { type: 'json' }
import ru from '#content/strings/ru/tell.json' with { type: 'json' }

const languages: Record<string, Record<string, string>> = { ky, ru, en }
const places = (text: string): string[] => text.match(/\{\w+\}/g) ?? []

test('every sentence stands in every language, with the same places to fill', () => {
  for (const strings of Object.values(languages)) {
    expect(Object.keys(strings)).toEqual(Object.keys(ky))
    for (const [key, text] of Object.entries(strings)) {
      expect(text.trim(), key).toBe(text)
      expect(text, key).not.toBe('')
      expect(places(text), key).toEqual(places(languages['ky']?.[key] ?? ''))
    }
  }
})

test('the words neither label people nor raise their voice', () => {
  for (const [lang, strings] of Object.entries(languages))
    for (const [key, text] of Object.entries(strings)) {
      expect(text, `${lang} ${key}`).not.toMatch(/жертв|рабств|кул(чулук|га)|victim|slave|!/i)
    }
})

test('what the Foundation has not confirmed is not promised, and a wrong clock is thought of', () => {
  for (const [lang, strings] of Object.entries(languages)) {
    expect(strings['tell.exceptions'], lang).toMatch(/мүмкүн|озможн|may/)
    expect(strings['tell.readers'], lang).toMatch(/арналган|предназначен|meant/)
    expect(strings['say.sealing_failed'], lang).toMatch(/дата|дату|date/)
  }
})
