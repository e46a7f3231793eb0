import { describe, expect, test } from 'vitest'
import {
  Classification,
  CONTROLS,
  EXPLOITATIONS,
  INDUSTRIES,
  RECRUITMENTS,
  UNCLASSIFIED,
} from '#site/staff/crypto/classification.ts'

const isClasses = (rest: Record<string, unknown>): boolean =>
  Classification.safeParse({ ...UNCLASSIFIED, ...rest }).success

describe('the three states of a field', () => {
  test('Nobody asked, asked and not known, and a code stay apart for each field', () => {
    for (const field of Object.keys(UNCLASSIFIED)) {
      for (const state of [null, 'unknown']) expect(isClasses({ [field]: state })).toBe(true)
      for (const state of [undefined, '', [], 'Башка', ['unknown'], 0])
        expect([field, state, isClasses({ [field]: state })]).toEqual([field, state, false])
    }
  })

  test('Codes are those of HTCDS, and countries those of ISO 3166', () => {
    expect(isClasses({ control: ['DebtBondage', 'UsesChildren'] })).toBe(true)
    expect(isClasses({ citizenship: ['KG', 'UZ'], recruitedIn: 'KG', exploitedIn: ['RU'] })).toBe(
      true,
    )
    for (const rest of [
      { control: ['ForcedActs'] },
      { control: ['DebtBondage', 'DebtBondage'] },
      { control: 'DebtBondage' },
      { citizenship: ['kg'] },
      { exploitedIn: ['Россия'] },
      { recruitedIn: ['KG'] },
      { gender: 'NonSpecifiedUnknown' },
    ])
      expect([rest, isClasses(rest)]).toEqual([rest, false])
  })

  test('The lists have every code of the standard, and two that only its definitions have', () => {
    const sizes = [CONTROLS, EXPLOITATIONS, RECRUITMENTS, INDUSTRIES].map(
      (each) => new Set(each).size,
    )
    expect(sizes).toEqual([16 + 2, 11, 10, 21])
    expect(INDUSTRIES.map((each) => each[0])).toEqual([...'ABCDEFGHIJKLMNOPQRSTU'])
  })
})

describe('the status', () => {
  test('A status names whose decision it is', () => {
    const value = 'ActualVictimOfTrafficking'
    expect(isClasses({ status: { value, decidedBy: 'Police' } })).toBe(true)
    for (const status of [value, { value }, { value, decidedBy: null }, { decidedBy: 'Police' }])
      expect(isClasses({ status })).toBe(false)
  })
})
