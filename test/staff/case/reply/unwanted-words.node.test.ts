import { expect, test } from 'vitest'
import { unwantedWords } from '#site/staff/case/screen/reply/unwanted-words.ts'

const WISH = 'Чалбаңыз. «Фонд» жана "полиция" дебеңиз, “Ёлка” дегенди да'

test('Words in quotation marks of the wish are found in a reply in any letters', () => {
  expect(unwantedWords('Биз ФОНДдон жазып жатабыз, елка', WISH)).toEqual(['Фонд', 'Ёлка'])
})

test('A reply without these words, and a wish without quotation marks, give no warning', () => {
  expect(unwantedWords('Саламатсызбы', WISH)).toEqual([])
  expect(unwantedWords('Чалбаңыз', 'Чалбаңыз')).toEqual([])
  expect(unwantedWords('Фонд', undefined)).toEqual([])
})
