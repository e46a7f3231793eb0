import { describe, expect, test } from 'vitest'
import {
  isTouched,
  newClassDraft,
  readClassDraft,
  rebased,
  type ClassDraft,
} from '#site/staff/case/screen/classes/class-draft.ts'
import { classesFrom, type Answers } from '#site/staff/case/screen/classes/class-fields.ts'
import { settled } from '#site/staff/case/screen/classes/settle-countries.ts'
import { moveDrafts } from '#site/staff/case/write/move-drafts.ts'
import { savedDraftKey } from '#site/staff/crypto/drafts.ts'
import { countryNamed, countryNames } from '#site/staff/i18n/country-names.ts'
import { classes } from './support.ts'

const [X, Y] = ['X'.repeat(22), 'Y'.repeat(22)]
const answered = (draft: ClassDraft, rest: Partial<Answers>): ClassDraft => ({
  ...draft,
  answers: { ...draft.answers, ...rest },
})

describe('the draft', () => {
  test('A new draft presets nothing, and can be stored as it is', () => {
    const draft = newClassDraft(1, classes())
    expect(isTouched(draft)).toBe(false)
    expect(classesFrom(draft.answers)).toEqual(classes())
    expect(readClassDraft(JSON.stringify(draft))).toEqual(draft)
    for (const text of ['', '{', '{"base":1,"fields":{}}', '[]'])
      expect(readClassDraft(text)).toBeNull()
  })

  test('A status without a decision is not stored, and stays in the draft', () => {
    const status = { value: 'NotAVictimOfTrafficking', decidedBy: null } as const
    const draft = answered(newClassDraft(1, classes()), { status })
    expect(classesFrom(draft.answers)).toBeNull()
    expect(readClassDraft(JSON.stringify(draft))?.answers.status).toEqual(status)
    const whole = answered(draft, { status: { ...status, decidedBy: 'NGO' } })
    expect(classesFrom(whole.answers)?.status).toEqual({ ...status, decidedBy: 'NGO' })
  })

  test('Words that name no country yet count as begun', () => {
    const draft = newClassDraft(1, classes())
    expect(isTouched({ ...draft, typed: { ...draft.typed, exploitedIn: 'Росс' } })).toBe(true)
  })
})

describe('a colleague who stored answers meanwhile', () => {
  const began = classes({ gender: 'Feminine' })
  const mine = answered(newClassDraft(1, began), { control: ['DebtBondage'], under18: 'yes' })

  test('Both keep their answers, and a field that both changed is named', () => {
    const theirs = classes({ gender: 'Feminine', under18: 'no', exploitedIn: ['TR'] })
    const next = rebased(mine, 2, theirs)
    expect(next).toMatchObject({ at: 2, began: theirs, isLater: true, both: ['under18'] })
    expect(next.answers).toEqual({ ...theirs, control: ['DebtBondage'], under18: 'yes' })
    // A version that has already been merged is not merged again.
    expect(rebased(next, 2, theirs)).toBe(next)
  })

  test('An answer that is taken back afterwards is taken back, also to that of before', () => {
    const theirs = classes({ gender: 'Masculine' })
    const next = answered(rebased(mine, 2, theirs), { gender: 'Feminine' })
    expect(rebased(next, 3, theirs).answers.gender).toBe('Feminine')
  })

  test('A colleague who changed only the name, or answered alike, is no conflict', () => {
    expect(rebased(mine, 2, began)).toMatchObject({ isLater: false, both: [], at: 2 })
    const alike = rebased(mine, 2, classes({ gender: 'Feminine', under18: 'yes' }))
    expect(alike).toMatchObject({ isLater: true, both: [] })
  })
})

test('After a merge the answers are a note in the surviving case, in words', () => {
  const draft = {
    ...answered(newClassDraft(1, classes()), { control: ['DebtBondage'] }),
    said: ['Айпери', 'Контроль: долг', 'Өлкө: Росс'],
    typed: { citizenship: '', recruitedIn: '', exploitedIn: 'Росс' },
  }
  const drafts = new Map([
    [savedDraftKey('note', Y), 'Өз жазуусу'],
    [savedDraftKey('classes 1', X), JSON.stringify(draft)],
  ])
  moveDrafts(drafts, X, Y)
  expect([...drafts]).toEqual([
    [savedDraftKey('note', Y), 'Өз жазуусу\n\nАйпери\nКонтроль: долг\nӨлкө: Росс'],
  ])
  const untouched = new Map([
    [savedDraftKey('classes 1', X), JSON.stringify(newClassDraft(1, classes()))],
  ])
  moveDrafts(untouched, X, Y)
  expect([...untouched]).toEqual([])
})

describe('names of countries', () => {
  const names = new Map([
    ['NE', 'Нигер'],
    ['NG', 'Нигерия'],
    ['RU', 'Россия'],
  ])
  const none = { citizenship: '', recruitedIn: '', exploitedIn: '' }

  test('A whole name counts, in each language, and only once', () => {
    const answers = classes({ citizenship: ['RU'], exploitedIn: 'unknown', recruitedIn: 'NE' })
    const typed = { citizenship: ' россия ', recruitedIn: 'Нигерия', exploitedIn: 'Kyrgyzstan' }
    expect(settled({ answers, typed }, names)).toEqual({
      answers: classes({ citizenship: ['RU'], recruitedIn: 'NG', exploitedIn: ['KG'] }),
      typed: none,
    })
  })

  test('A part of a name, and a word that is no country, stay as they were written', () => {
    for (const word of ['Росс', 'Атлантида', 'constructor'])
      expect(settled({ answers: classes(), typed: { ...none, exploitedIn: word } }, names)).toEqual(
        { answers: classes(), typed: { ...none, exploitedIn: word } },
      )
  })

  test('The app names the countries of the standard in its three languages', () => {
    for (const lang of ['ky', 'ru', 'en']) {
      const all = countryNames(lang)
      // ISO 3166-1 has 249 codes.
      expect(all.size).toBe(249)
      for (const code of ['KG', 'RU', 'TR', 'KZ', 'AE', 'KR'])
        expect(countryNamed(all.get(code) ?? '', all)).toBe(code)
      for (const code of ['EU', 'ZZ', 'SU']) expect(all.has(code)).toBe(false)
    }
    expect(countryNames('ky').get('KG')).toBe('Кыргызстан')
  })
})
