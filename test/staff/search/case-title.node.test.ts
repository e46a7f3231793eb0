import { expect, test } from 'vitest'
import { caseTitle } from '#site/staff/search/read-case.ts'

test('The title of a case is that of the summary, else the first line of the letter', () => {
  expect(caseTitle({ title: 'Кирпич заводу', words: 'Үй' })).toBe('Кирпич заводу')
  expect(caseTitle({ title: '', words: 'Үйдө кармашат\nТүркия' })).toBe('Үйдө кармашат')
})

test('A letter without words gives no title, also when it names a place', () => {
  expect(caseTitle({ title: '', words: '\nТүркия' })).toBe('')
})
