import { describe, expect, test } from 'vitest'
import {
  codesOf,
  leavingContent,
  isRecognisable,
  isUnder18,
  mayBeChild,
  ReferralContent,
  type LeavingFacts,
  type Choices,
} from '#site/staff/referral/content.ts'
import {
  FIELDS,
  fieldsFor,
  formsOf,
  type CaseField,
  type FieldForm,
} from '#site/staff/referral/fields.ts'
import { findDetails } from '#site/staff/referral/find-details.ts'
import { bandOf } from '#site/staff/crypto/age-band.ts'

const factsWith = (values: Partial<Record<CaseField, string>> = {}): LeavingFacts => ({
  // Guarantee: every field has a value.
  values: Object.fromEntries(
    FIELDS.map((each) => [each, values[each] ?? `${each} value`]),
  ) as Record<CaseField, string>,
  isKnownChild: false,
  countries: { origin: 'Кыргызстан', place: 'Россия' },
  sizes: { origin: 'village', place: 'town' },
  others: [
    { id: 'a 1', name: 'Гүлзат', role: 'relative' },
    { id: 'a 2', name: 'Жылдыз', role: 'witness' },
  ],
})
const chosen = (
  forms: Partial<Record<CaseField, FieldForm>>,
  rest: Partial<Choices> = {},
): Choices => ({
  ...{ basis: 'consent', forms, ticked: [], words: [], consenting: [] },
  ...rest,
})
const valuesOf = ({ fields }: ReferralContent): string[] => fields.map(({ value }) => value)

describe('fields', () => {
  test('Without a choice nothing leaves', () => {
    expect(leavingContent(factsWith(), chosen({}))).toEqual({
      ...{ v: 1, basis: 'consent', fields: [], words: [], others: [] },
    })
  })

  test.each([
    ['16 же 17', 'under18'],
    ['17', 'under18'],
    ['18', 'from18'],
    ['24 года', 'from18'],
    ['25', 'from25'],
    ['34', 'from25'],
    ['35', 'from35'],
    ['болжол менен 40', 'from35'],
    ['жаш', null],
    ['2010', null],
    ['2010-жылы туулган, 16', null],
    ['', null],
  ])('The age "%s" has the band %s', (age, band) => {
    expect(bandOf(age)).toBe(band)
  })

  test('An age leaves as its band, and a place as its country or its size', () => {
    const content = leavingContent(
      factsWith({ age: '24 года' }),
      chosen({ age: 'band', place: 'country', origin: 'town' }),
    )
    expect(valuesOf(content)).toEqual(['from18', 'village', 'Россия'])
  })

  test('An unknown age has no band, so it does not leave', () => {
    expect(valuesOf(leavingContent(factsWith({ age: 'жаш' }), chosen({ age: 'band' })))).toEqual([])
  })

  test('A form that a field does not have leaves nothing', () => {
    const forms = { name: 'band', sex: 'country', needs: 'town' } as const
    expect(valuesOf(leavingContent(factsWith(), chosen(forms)))).toEqual([])
  })

  test('A name has one form: no initials', () => {
    expect(formsOf('name', 'consent')).toEqual(['whole', 'out'])
  })

  test('A content is parsed as it was made', () => {
    const content = leavingContent(factsWith(), chosen({ name: 'whole' }, { consenting: ['a 1'] }))
    expect(ReferralContent.parse(JSON.parse(JSON.stringify(content)))).toEqual(content)
  })

  test('Invisible characters do not leave', () => {
    const name = 'Ай\u200bпе\u202eри\u{e0041}\ufe0f'
    expect(valuesOf(leavingContent(factsWith({ name }), chosen({ name: 'whole' })))).toEqual([
      'Айпери',
    ])
  })
})

describe('life now', () => {
  test('Only where, which danger and who can be found there are offered', () => {
    expect(fieldsFor('life')).toEqual(['place', 'danger', 'found_there'])
  })

  test('Choices of another form before do not leave with it', () => {
    const all = Object.fromEntries(FIELDS.map((each) => [each, 'whole'])) as Record<
      CaseField,
      FieldForm
    >
    const text = findDetails('сөздөр', { names: [], places: [] })
    const content = leavingContent(
      factsWith(),
      chosen(all, {
        ...{ basis: 'life', ticked: FIELDS, consenting: ['a 1', 'a 2'] },
        words: [{ source: 'letter', ...text }],
      }),
    )
    expect(valuesOf(content)).toEqual(['place value', 'danger value', 'found_there value'])
    expect([content.words, content.others]).toEqual([[], []])
  })
})

describe('a person who may be under 18', () => {
  test.each([
    ['17', true],
    ['', true],
    ['2010', true],
    ['18', false],
  ])('The age "%s" gives %s', (age, expected) => {
    expect(mayBeChild(factsWith({ age }))).toBe(expected)
    expect(isUnder18({ ...factsWith({ age }), isKnownChild: true })).toBe('yes')
  })

  const forms = { school: 'whole', village: 'whole', place: 'whole', origin: 'whole' } as const

  test('School, village and whole places do not leave without a tick of their own', () => {
    expect(valuesOf(leavingContent(factsWith({ age: '17' }), chosen(forms)))).toEqual([])
  })

  test('Each of them leaves with its own tick', () => {
    const content = leavingContent(factsWith({ age: '17' }), chosen(forms, { ticked: ['school'] }))
    expect(valuesOf(content)).toEqual(['school value'])
  })

  test('An adult needs no tick', () => {
    expect(valuesOf(leavingContent(factsWith({ age: '30' }), chosen(forms)))).toHaveLength(4)
  })
})

describe('other people and words', () => {
  test('Other people leave only with their own consent', () => {
    const { others } = leavingContent(factsWith(), chosen({}, { consenting: ['a 2', 'b 9'] }))
    expect(others).toEqual([{ name: 'Жылдыз', role: 'witness' }])
  })

  test('Words with a mark that nobody decided do not leave', () => {
    const words = [
      { source: 'note' as const, ...findDetails('0700 11 22 33', { names: [], places: [] }) },
    ]
    expect(() => leavingContent(factsWith(), chosen({}, { words }))).toThrow('decided')
  })
})

describe('who can be recognised', () => {
  const isSo = (fields: readonly CaseField[]): boolean =>
    isRecognisable({ fields: fields.map((field) => ({ field, form: 'whole', value: 'x' })) })

  test.each([
    [['sex', 'age', 'origin'], true],
    [['kind', 'month', 'citizenship'], true],
    [['sex', 'place', 'citizenship'], false],
    [['sex', 'age', 'needs', 'name'], false],
    [['sex', 'age'], false],
  ] as const)('%j together: %s', (fields, expected) => {
    expect(isSo(fields)).toBe(expected)
  })
})

test('What leaves is named by the codes of the sealed entry', () => {
  const forms = { name: 'whole', age: 'band', place: 'country', origin: 'country' } as const
  const words = [{ source: 'letter' as const, text: 'а', marks: [] }]
  const content = leavingContent(factsWith({ age: '30' }), chosen(forms, { words }))
  expect(codesOf(content)).toEqual(['name', 'age_band', 'origin_country', 'country', 'letters'])
})
