import { expect, test } from 'vitest'
import { caseTitle } from '#site/staff/search/read-case.ts'

test('A case’s title is that of the summary, otherwise the first line of the letter', () => {
  expect(caseTitle({ title: 'Кирпич заводу', words: 'Үй' })).toBe('Кирпич заводу')
  expect(caseTitle({ title: '', words: 'Үйдө кармашат\nТүркия' })).toBe('Үйдө кармашат')
})

test('A letter without words gives no title, even when it names a place', () => {
  expect(caseTitle({ title: '', words: '\nТүркия' })).toBe('')
})
