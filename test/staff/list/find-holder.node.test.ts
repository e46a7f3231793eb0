import { expect, test } from 'vitest'
import { casesOfNamed } from '#site/staff/list/find-holder.ts'
import { nameTest } from '#site/staff/search/find-name.ts'
import { lineItem } from '../support/lines.ts'

const NAMES: Record<string, string> = { A: 'Айгүл Сатыбалдиева', B: 'Бермет' }
const items = [
  lineItem('a', { assignee: 'A' }),
  lineItem('b', { assignee: 'B' }),
  lineItem('c', { assignee: 'A', status: 'closed' }),
  lineItem('d', { assignee: null }),
]
const idsOf = (text: string): string[] =>
  casesOfNamed(items, (id) => NAMES[id] ?? '', nameTest(text)).map(({ id }) => id)

test('The name of a colleague finds the open cases that the colleague has', () => {
  for (const text of ['айгүл', 'Aigul', 'айг', 'сатыбалдиева айгүл'])
    expect(idsOf(text)).toEqual(['a'])
  expect(idsOf('бермет')).toEqual(['b'])
})

test('A part of another word, a short part and a second name find nobody', () => {
  for (const text of ['гүл', 'ай', 'айгүл бермет', '']) expect(idsOf(text)).toEqual([])
})

test('The found line shows the name', () => {
  const [found] = casesOfNamed(items, (id) => NAMES[id] ?? '', nameTest('берм'))
  expect(found?.excerpt()).toEqual(['', 'Бермет', ''])
})
