import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { languages } from '#content/languages.ts'
import { Refusal } from '#protocol/errors'
import { ageOf, momentInDigits } from '#site/staff/i18n/dates.ts'
import { messagesFrom } from '#site/staff/i18n/messages.tsx'

const root = join(import.meta.dirname, '../../..')
const tableOf = (lang: string, file: string) =>
  JSON.parse(readFileSync(join(root, 'content/strings', lang, `${file}.json`), 'utf8')) as Record<
    string,
    string
  >
/** All words of the app, except the words of Help. */
const wordsOf = (lang: string) => ({ ...tableOf(lang, 'staff'), ...tableOf(lang, 'staff-case') })
const ky = wordsOf('ky')
const placesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

/** Strings whose number is a limit of the app, or is never 1. */
const FIXED_NUMBERS = new Set([
  'staff.passphrase.short',
  'staff.join.passphrase.hint',
  'staff.own.paper.old',
  'staff.answer.files.hint',
  'staff.answer.files.too_many',
  'staff.keys.retire.later',
  'staff.age.days',
])

describe('the words of the staff app', () => {
  test('Every string of the staff app exists in every language with the same placeholders', () => {
    for (const lang of languages) {
      const table: Record<string, string> = wordsOf(lang)
      expect(Object.keys(table)).toEqual(Object.keys(ky))
      for (const [key, text] of Object.entries(ky))
        expect(placesOf(table[key] ?? ''), `${lang} ${key}`).toEqual(placesOf(text))
    }
  })

  test('Every string of the staff app is used, and every key in the source exists', () => {
    const folder = join(root, 'site/staff')
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n')
    for (const [, key = ''] of source.matchAll(/'(staff\.[\w.]+)'/g))
      expect(ky).toHaveProperty([key])
    const patterns = [...source.matchAll(/`(staff\.[^`]+)`/g)].map(
      ([, key = '']) =>
        new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+')}$`),
    )
    for (const key of Object.keys(ky)) {
      const used =
        source.includes(`'${key}'`) ||
        patterns.some((pattern) => pattern.test(key)) ||
        /^staff\.(noscript|old)$/.test(key)
      expect(used, key).toBe(true)
    }
  })

  test('The polite you is written small inside a sentence in Kyrgyz and in Russian', () => {
    for (const file of ['staff', 'staff-case', 'errors', 'recovery']) {
      for (const [key, text] of Object.entries(tableOf('ky', file)))
        expect(text, key).not.toMatch(/[^.?!:«\n] Сиз\p{L}*/u)
      for (const [key, text] of Object.entries(tableOf('ru', file)))
        expect(text, key).not.toMatch(/[^.?«] (Вы|Вас|Вам|Вами|Ваш\p{L}*)(?!\p{L})/u)
    }
  })

  test('A noun whose form the number decides does not follow that number', () => {
    const counted = /\{(n|m|days)\} (more )?(дней|букв|знаков|файлов|days|letters|characters)/u
    for (const lang of ['ru', 'en'])
      for (const [key, text] of Object.entries(tableOf(lang, 'staff')))
        if (!FIXED_NUMBERS.has(key)) expect(text, key).not.toMatch(counted)
  })

  test('A refusal shows the sentence for staff or the public sentence, and no other text', () => {
    const table = {
      'staff.error.network': 'staff',
      'error.network': 'x',
      'error.internal': 'inside',
    }
    const { sentence } = messagesFrom(table, 'ky', () => undefined)
    expect(sentence(new Refusal('network'))).toBe('staff')
    expect(sentence(new TypeError('secret detail'))).toBe('inside')
  })
})

describe('a placeholder', () => {
  test('A placeholder without a value throws an error', () => {
    const { t } = messagesFrom(ky, 'ky', () => undefined)
    expect(() => t('staff.age.days')).toThrow('{n}')
    expect(t('staff.age.days', { n: 3 })).toContain('3')
  })
  test('A string that the source uses without values has no placeholder', () => {
    const folder = join(root, 'site/staff')
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (/\.tsx?$/.test(file))
        for (const [, key = ''] of readFileSync(join(folder, file), 'utf8').matchAll(
          /\bt\('(staff\.[\w.]+)'\)/g,
        ))
          expect(placesOf(ky[key] ?? ''), `${file} ${key}`).toEqual([])
  })
})

test.each(languages)('In %s the place of sealing is shown as the server’s word', (lang) => {
  expect(tableOf(lang, 'staff')['staff.fact.sealedby']).toMatch(/сервер|server/)
})

describe('ages', () => {
  const words = messagesFrom(tableOf('en', 'staff'), 'en', () => undefined)
  const now = Date.parse('2026-11-24T10:00Z')
  test('The app writes the age of a report in words and days', () => {
    expect(ageOf('2026-11-24', now, words)).toBe('today')
    expect(ageOf('2026-11-25', now, words)).toBe('today')
    expect(ageOf('2026-11-23', now, words)).toBe('yesterday')
    expect(ageOf('2026-11-01', now, words)).toBe('23 days ago')
  })
  test('The app does not show a text that is not a date', () => {
    expect(momentInDigits('yesterday, I think')).toBe('')
    for (const end of ['+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z'])
      for (const zone of ['Asia/Bishkek', 'America/Lima']) {
        vi.stubEnv('TZ', zone)
        expect(momentInDigits(end)).toBe('')
      }
    vi.unstubAllEnvs()
    expect(momentInDigits('2026-11-24T21:05Z')).toMatch(/^\d\d\.11\.2026\u00a0\d\d:05$/)
  })
})
