import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { offerCheck, offerCheckSchema, patternsOf } from '#content/offer-check.ts'
import { advertsOf, scoreOf } from '#scripts/content/offers'
import { languages } from '#content/languages.ts'
import { t } from '#site/i18n/text.ts'
import { findSigns, joinSpans } from '#site/enhance/offer-check/find-signs.ts'
import { judgeOffer, type Answer, type Answered } from '#site/enhance/offer-check/judge-offer.ts'

const { flags } = offerCheck
const patterns = patternsOf(offerCheck)
const signsIn = (text: string): string[] => findSigns(text, patterns).map(({ sign }) => sign)

/** Builds the twelve questions with the given answers and leaves the others open. */
const answered = (given: Readonly<Record<string, Answer>>): Answered[] =>
  flags.map(({ id, weight }) => ({ weight, answer: given[id] ?? null }))

const noes: Answered[] = flags.map(({ weight }) => ({ weight, answer: 'no' }))

describe('the signs as data', () => {
  test('Every sign has its question and its reason in every language', () => {
    for (const lang of languages) {
      for (const { id } of flags) {
        expect(t(lang, `offer.flag.${id}`)).toMatch(/\?$/)
        expect(t(lang, `offer.flag.${id}.why`)).not.toBe('')
      }
    }
  })

  test('A list of signs that is unconfirmed, unsourced or incomplete stops the build', () => {
    expect(offerCheckSchema.safeParse(offerCheck).success).toBe(true)
    expect(offerCheckSchema.safeParse({ ...offerCheck, status: 'AMBER' }).success).toBe(false)
    expect(offerCheckSchema.safeParse({ ...offerCheck, sources: [] }).success).toBe(false)
    expect(offerCheckSchema.safeParse({ ...offerCheck, flags: flags.slice(1) }).success).toBe(false)
  })
})

describe('the result', () => {
  test('The offer check has no result without an answer', () => {
    expect(judgeOffer(answered({}))).toBe('open')
  })

  test('The offer check says "no sign" only when all twelve questions are answered', () => {
    expect(judgeOffer(noes)).toBe('calm')
    for (const left of flags.keys())
      expect(judgeOffer(noes.map((no, at) => (at === left ? { ...no, answer: null } : no)))).toBe(
        'part',
      )
    expect(judgeOffer(answered({ pay: 'no' }))).toBe('part')
  })

  test('One light sign or one unsure answer leads to the result "ask"', () => {
    expect(judgeOffer(answered({ pay: 'yes' }))).toBe('ask')
    expect(judgeOffer(answered({ passport: 'unsure' }))).toBe('ask')
  })

  test('One heavy sign is enough for the result "stop"', () => {
    for (const { id } of flags.filter(({ weight }) => weight === 3))
      expect(judgeOffer(answered({ pay: 'no', [id]: 'yes' })), id).toBe('stop')
  })

  test('Light signs add up to the result "stop"', () => {
    expect(judgeOffer(answered({ pay: 'yes', visa: 'yes' }))).toBe('ask')
    expect(judgeOffer(answered({ pay: 'yes', visa: 'yes', free: 'yes' }))).toBe('stop')
  })
})

describe('words in a text', () => {
  const adverts = advertsOf(join(import.meta.dirname, '../..'))

  test.each(languages)(
    'The search finds at least four fifths of the signs in the adverts in %s',
    (lang) => {
      const own = adverts.filter((advert) => advert.lang === lang)
      expect(own.length).toBeGreaterThanOrEqual(20)
      expect(own.filter(({ held }) => held).length).toBeGreaterThanOrEqual(own.length / 3)
      const { signs, found } = scoreOf(lang, own, patterns)
      expect(found / signs).toBeGreaterThanOrEqual(0.8)
    },
  )

  test('A harmless advert that names passports, deposits or visas has no sign', () => {
    const harmless = adverts.filter(({ signs }) => signs.length === 0)
    expect(harmless.length).toBeGreaterThanOrEqual(10)
    for (const { text } of harmless) expect(signsIn(text), text).toEqual([])
  })

  test('The search finds signs in the words and letters that people really write', () => {
    const seen: [sign: string, text: string][] = [
      ['visa', 'Туристик виза менен барасыз'],
      ['passport', 'паспортуңузду биз сактайбыз'],
      ['passport', 'Паспортту сактап беребиз'],
      ['passport', 'паспорт сдать нам на хранение'],
      ['passport', 'Паспорт сдать администратору'],
      ['debt', 'залог 300$'],
      ['free', 'виза за наш счет'],
      ['free', 'жилье бесплатно'],
      ['pay', 'можно без знания языка'],
      ['debt', 'күрөө акча керек'],
      ['hurry', 'СРОООЧНО'],
      ['hurry', 'эртен учабыз'],
      ['messenger', 'жаз ЛС'],
      ['passport', 'пacпopт сдaёте нам'],
    ]
    for (const [sign, text] of seen) expect(signsIn(text), text).toContain(sign)
  })

  test('The search finds every pattern of a sign in a text, also in capitals', () => {
    for (const [sign, lines] of patterns)
      for (const line of lines) {
        const groups = line.split(' ').filter((group) => !group.startsWith('-'))
        const words = groups.map((group) =>
          group.split('|')[0]?.replace(/_/g, ' ').replace(/\$/g, ''),
        )
        const text = words.join(' ').toUpperCase()
        expect(signsIn(text), `${line}: ${text}`).toContain(sign)
      }
  })

  test('Words of two sentences, or more than six words apart, do not make a sign together', () => {
    expect(signsIn('Керектүү документ: паспорт. Сактап койгула номерди')).toEqual([])
    expect(signsIn('паспорт бир эки үч төрт беш алты жети сактайбыз')).toEqual([])
    expect(signsIn('паспорт бир эки үч төрт беш сактайбыз')).toEqual(['passport'])
  })

  test('A sign that the text denies does not count', () => {
    expect(signsIn('Предоплаты и залога нет')).toEqual([])
    expect(signsIn('Паспорт өзүңүздө калат, биз сактабайбыз')).toEqual([])
    expect(signsIn('We take no deposit')).toEqual([])
  })

  test('The search returns the places of the words of a sign and joins touching places', () => {
    const text = 'Тез келгиле! Ватсап: паспортту биз сактайбыз'
    const places = findSigns(text, patterns).flatMap(({ spans }) => joinSpans(spans))
    expect(places.map(([from, to]) => text.slice(from, to))).toEqual([
      'Тез келгиле',
      'Ватсап',
      'паспортту',
      'сактайбыз',
    ])
    expect(
      joinSpans([
        [4, 9],
        [0, 2],
        [5, 7],
        [9, 11],
      ]),
    ).toEqual([
      [0, 2],
      [4, 11],
    ])
  })

  test('The search for signs ends on an empty text and on a very long text', () => {
    expect(signsIn('')).toEqual([])
    expect(signsIn('паспорт '.repeat(3000))).toEqual([])
  })
})
