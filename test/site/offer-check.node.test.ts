import { describe, expect, test } from 'vitest'
import { offerCheck, offerCheckSchema } from '#content/offer-check.ts'
import { languages } from '#site/i18n/languages.ts'
import { t } from '#site/i18n/text.ts'
import { hintsIn, type Hints } from '#site/islands/offer-check/hints.ts'
import { judgeOffer, type Answer, type Answered } from '#site/islands/offer-check/judge.ts'

const { flags } = offerCheck
const hints: Hints = flags.map(({ id, hints: { ky, ru, en } }) => [id, [...ky, ...ru, ...en]])

/** The twelve questions with the answers given, the others left open. */
const answered = (given: Readonly<Record<string, Answer>>): Answered[] =>
  flags.map(({ id, weight }) => ({ weight, answer: given[id] ?? null }))

describe('the signs as data', () => {
  test('every sign has its question and its reason in every language', () => {
    for (const lang of languages) {
      for (const { id } of flags) {
        expect(t(lang, `offer.flag.${id}`)).toMatch(/\?$/)
        expect(t(lang, `offer.flag.${id}.why`)).not.toBe('')
      }
    }
  })

  test('a list that is not confirmed, or not of twelve, stops the build', () => {
    expect(offerCheckSchema.safeParse(offerCheck).success).toBe(true)
    expect(offerCheckSchema.safeParse({ ...offerCheck, status: 'AMBER' }).success).toBe(false)
    expect(offerCheckSchema.safeParse({ ...offerCheck, sources: [] }).success).toBe(false)
    expect(offerCheckSchema.safeParse({ ...offerCheck, flags: flags.slice(1) }).success).toBe(false)
  })
})

describe('the result', () => {
  test('without an answer there is no result', () => {
    expect(judgeOffer(answered({}))).toBe('open')
  })

  test('only "no" is calm, and so is "no" beside questions left open', () => {
    expect(judgeOffer(flags.map(({ weight }) => ({ weight, answer: 'no' })))).toBe('calm')
    expect(judgeOffer(answered({ pay: 'no' }))).toBe('calm')
  })

  test('one light sign, or not knowing, asks for more', () => {
    expect(judgeOffer(answered({ pay: 'yes' }))).toBe('ask')
    expect(judgeOffer(answered({ passport: 'unsure' }))).toBe('ask')
  })

  test('one heavy sign is enough, whatever else is answered', () => {
    for (const { id } of flags.filter(({ weight }) => weight === 3))
      expect(judgeOffer(answered({ pay: 'no', [id]: 'yes' })), id).toBe('stop')
  })

  test('light signs add up', () => {
    expect(judgeOffer(answered({ pay: 'yes', visa: 'yes' }))).toBe('ask')
    expect(judgeOffer(answered({ pay: 'yes', visa: 'yes', free: 'yes' }))).toBe('stop')
  })
})

describe('words in a text', () => {
  test('every word of the list is found by its own sign, also in capitals and with letters typed the other way', () => {
    for (const [flag, stems] of hints) {
      for (const stem of stems) {
        expect(hintsIn(stem.toUpperCase(), hints), stem).toContain(flag)
        expect(hintsIn(stem.replace(/ү/g, 'у').replace(/ө/g, 'о'), hints), stem).toContain(flag)
      }
    }
  })

  test('offers in three languages', () => {
    const kyrgyz = 'Түркияга тез арада кыздар керек. Айлыгы жогору, билет бекер.'
    expect(hintsIn(kyrgyz, hints)).toEqual(['pay', 'free', 'hurry'])
    const russian = 'Работа без опыта!\nОформим по турвизе, пишите в\nличку'
    expect(hintsIn(russian, hints)).toEqual(['pay', 'visa', 'messenger'])
    expect(hintsIn('Free ticket, but a small DEPOSIT first', hints)).toEqual(['free', 'debt'])
  })

  test('an ordinary advertisement has none', () => {
    expect(hintsIn('Требуется повар в Алматы. Договор, адрес: пр. Абая, 10.', hints)).toEqual([])
    expect(hintsIn('', hints)).toEqual([])
  })
})
