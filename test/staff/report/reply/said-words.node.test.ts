import { expect, test } from 'vitest'
import { saidWords } from '#site/staff/report/reply/said-words.ts'

const WISH = 'Чалбаңыз. «Фонд» жана "полиция" дебеңиз, “Ёлка” дегенди да'

test('Words in quotation marks of the wish are found in a reply in any letters', () => {
  expect(saidWords('Биз ФОНДдон жазып жатабыз, елка', WISH)).toEqual(['Фонд', 'Ёлка'])
})

test('A reply without these words, and a wish without quotation marks, give no warning', () => {
  expect(saidWords('Саламатсызбы', WISH)).toEqual([])
  expect(saidWords('Чалбаңыз', 'Чалбаңыз')).toEqual([])
  expect(saidWords('Фонд', undefined)).toEqual([])
})
