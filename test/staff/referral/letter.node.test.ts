import { describe, expect, test } from 'vitest'
import { consentText, revokingText } from '#site/staff/referral/consent-text.ts'
import { type ReferralContent } from '#site/staff/referral/content.ts'
import { BASES } from '#site/staff/referral/fields.ts'
import { makePaper } from '#site/staff/referral/letter-html.ts'
import { letterOf, type LetterHead } from '#site/staff/referral/letter.ts'
import { allWords, wordsOf } from './support/words.ts'

const content: ReferralContent = {
  v: 1,
  basis: 'consent',
  fields: [
    { field: 'name', form: 'whole', value: 'Айпери' },
    { field: 'age', form: 'band', value: 'from18' },
    { field: 'place', form: 'country', value: 'Россия' },
    { field: 'needs', form: 'whole', value: 'town' },
  ],
  words: [{ source: 'letter', text: 'сөз' }],
  others: [{ name: 'Гүлзат', role: 'relative' }],
}
const shelter = { name: 'приют «Тунук»', kind: 'organisation' } as const
const consulate = { name: 'консульство', kind: 'authority' } as const
const facts: LetterHead = {
  ...{ number: '2026-041', receiver: shelter, day: '2026-12-01', answerBy: '2026-12-04' },
  ...{ answers: 'дежурная', consent: { by: 'person', day: '2026-12-01' }, ground: null },
  hasSecond: false,
}
const textOf = (rest: Partial<LetterHead> = {}, of: Partial<ReferralContent> = {}): string =>
  new TextDecoder().decode(
    makePaper(letterOf({ ...content, ...of }, { ...facts, ...rest }, wordsOf('ru'))),
  )

describe('the letter', () => {
  test('It says to whom it goes, its number, until when and whom to answer', () => {
    const html = textOf()
    for (const each of ['приют «Тунук»', '2026-041', '04.12.2026', 'дежурная', '01.12.2026'])
      expect(html).toContain(each)
  })

  test('A band is in words, and a whole field with the same letters stays as it is', () => {
    const html = textOf()
    expect(html).toContain('<dd>18–24</dd>')
    expect(html).toContain('<dd>town</dd>')
  })

  test.each(BASES.filter((each) => each !== 'consent'))(
    'Without consent by %s it says so on top, with a ground that the lawyer confirms',
    (basis) => {
      const html = textOf({ consent: null }, { basis })
      const { say } = wordsOf('ru')
      expect(html).toContain(`<p class="mark">${say(`staff-referral.letter.basis.${basis}`)}</p>`)
      expect(html).toContain(say('staff-referral.letter.ground.open'))
    },
  )

  test('An authority is asked to say what the law obliges it to', () => {
    const law = wordsOf('ru').say('staff-referral.letter.may.law')
    expect(textOf()).not.toContain(law)
    expect(textOf({ receiver: consulate })).toContain(law)
  })

  test('It has a line for a second signature when two sign', () => {
    const second = wordsOf('ru').say('staff-referral.letter.sign.second')
    expect(textOf()).not.toContain(second)
    expect(textOf({ hasSecond: true })).toContain(second)
  })
})

describe('the text that is read aloud', () => {
  test.each(allWords)('It names each field and its form, and no value: $lang', (words) => {
    const text = consentText(content, shelter, words).join('\n')
    for (const { field, value } of content.fields) {
      expect(text).toContain(words.say(`staff-referral.field.${field}`))
      expect(text).not.toContain(value)
    }
    expect(text).toContain(words.say('staff-referral.form.band'))
    expect(text).toContain(words.say('staff-referral.consent.item.letter'))
    expect(text).not.toContain('{')
  })

  test('It says to whom, what may be done, that it stays, and that she may say no', () => {
    const { say } = wordsOf('ky')
    const text = consentText(content, shelter, wordsOf('ky'))
    expect(text[0]).toContain(shelter.name)
    for (const each of ['use', 'back', 'no', 'see', 'once'] as const)
      expect(text).toContain(say(`staff-referral.consent.${each}`))
    expect(text.at(-1)).toBe(say('staff-referral.consent.ask'))
  })

  test('For an authority it says what the law may oblige it to', () => {
    const law = wordsOf('en').say('staff-referral.consent.law')
    expect(consentText(content, shelter, wordsOf('en'))).not.toContain(law)
    expect(consentText(content, consulate, wordsOf('en'))).toContain(law)
  })

  test('A parent hears the same about the child', () => {
    const { say } = wordsOf('ky')
    const text = consentText(content, shelter, wordsOf('ky'), 'parent')
    const own = consentText(content, shelter, wordsOf('ky'))
    expect(text).toHaveLength(own.length)
    expect(text.filter((each) => !own.includes(each))).toHaveLength(4)
    expect(text).toContain(say('staff-referral.consent.no.parent'))
    expect(text).toContain(say('staff-referral.consent.back'))
  })

  test('Another field is another text', () => {
    const text = consentText(content, shelter, wordsOf('ru'))
    expect(consentText({ ...content, fields: [] }, shelter, wordsOf('ru'))).not.toEqual(text)
  })
})

test.each(allWords)('Before revoking four sentences say what it cannot do: $lang', (words) => {
  const text = revokingText(words)
  expect(new Set(text).size).toBe(4)
  expect(text[0]).toBe(words.say('staff-referral.revoke.read'))
})
