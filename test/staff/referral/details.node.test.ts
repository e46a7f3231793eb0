import { describe, expect, test } from 'vitest'
import {
  cutText,
  openMarks,
  withDecision,
  type MarkedText,
} from '#site/staff/referral/cut-words.ts'
import { findDetails, namesInFields } from '#site/staff/referral/find-details.ts'

const KNOWN = {
  names: ['Айпери Асанова', 'Гүлзат', 'Ли', '+996 700 12 34 56'],
  places: ['Кара-Кулжа', 'Ош', 'кирпичный завод'],
}
const found = (text: string): [string, string][] => {
  const { text: seen, marks } = findDetails(text, KNOWN)
  return marks.map(({ from, to, kind }) => [kind, seen.slice(from, to)])
}
const decideAll = (marked: MarkedText, decision: 'keep' | 'remove'): MarkedText =>
  marked.marks.reduce((all, _, at) => withDecision(all, at, decision), marked)

describe('finding details', () => {
  test.each([
    ['Айпериге айттым', [['name', 'Айпериге']]],
    ['видели АСАНОВУ вчера', [['name', 'АСАНОВУ']]],
    ['Aiperi is here', [['name', 'Aiperi']]],
    ['Ай\u200bпери', [['name', 'Айпери']]],
    ['с Ли и без лица', [['name', 'Ли']]],
    [
      'Кара Кулжадан, Каракулжа',
      [
        ['place', 'Кара'],
        ['place', 'Кулжадан'],
        ['place', 'Каракулжа'],
      ],
    ],
    ['Оштон келген, ошондой', [['place', 'Оштон']]],
    ['на заводе', [['place', 'заводе']]],
    [
      'пишите @aip.eri или t.me/aiperi',
      [
        ['account', '@aip.eri'],
        ['account', 't.me/aiperi'],
      ],
    ],
    ['a.b@mail.kg', [['account', 'a.b@mail.kg']]],
    ['позвони 0700 12-34-56', [['number', '0700 12-34-56']]],
    ['ей 17', [['number', '17']]],
    ['٠٧٠٠١٢', [['number', '٠٧٠٠١٢']]],
    ['12.05.2025 күнү', [['date', '12.05.2025']]],
    [
      '5 мая и в октябре',
      [
        ['date', '5 мая'],
        ['date', 'октябре'],
      ],
    ],
    [
      '12-майда, on 3 May 2025',
      [
        ['date', '12-майда'],
        ['date', '3 May 2025'],
      ],
    ],
    ['фирма «Жаңы жол»', [['name', '«Жаңы жол»']]],
  ])('In "%s" the details are marked', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  test('Words without a detail have no mark', () => {
    expect(found('Мени бул жерден чыгарып кетиңиздер')).toEqual([])
  })

  test('A mark is open until somebody decides', () => {
    const marked = findDetails('Гүлзат, 17', KNOWN)
    expect(openMarks(marked)).toBe(2)
    expect(openMarks(withDecision(marked, 0, 'keep'))).toBe(1)
  })
})

test('Names inside of other fields are listed, and the name itself is not', () => {
  const fields = [
    { field: 'name', form: 'whole', value: 'Айпери' },
    { field: 'safe_contact', form: 'whole', value: 'Гүлзат аркылуу, @gul, 17де' },
  ] as const
  expect(namesInFields({ fields: [...fields] }, KNOWN)).toEqual(['Гүлзат', '@gul'])
})

describe('cutting', () => {
  const marked = findDetails('Айпери 0700 12 34 56 дан чалды, Гүлзатка.', KNOWN)

  test('Words with an open mark cannot be cut', () => {
    expect(() => cutText(marked)).toThrow('decided')
  })

  test('Removed details are gone, and their length too', () => {
    expect(cutText(decideAll(marked, 'remove'))).toBe('[…] […] дан чалды, […].')
  })

  test('Kept details stay as they were', () => {
    expect(cutText(decideAll(marked, 'keep'))).toBe(marked.text)
  })

  test('Each detail has its own decision', () => {
    const one = withDecision(decideAll(marked, 'remove'), 2, 'keep')
    expect(cutText(one)).toBe('[…] […] дан чалды, Гүлзатка.')
  })
})
