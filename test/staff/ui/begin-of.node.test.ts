// Tests the function that returns the beginning of a long text.
import { expect, test } from 'vitest'
import { beginOf } from '#site/staff/ui/begin-of.ts'

test('The beginning of a text ends with an ellipsis only if the text is longer', () => {
  expect(beginOf('Үйгө', 4)).toBe('Үйгө')
  expect(beginOf('Үйгө кайткым келет', 4)).toBe('Үйгө…')
})

test('The ellipsis follows a letter, and no space or half of a surrogate pair', () => {
  expect(beginOf('Үйгө кайткым келет', 5)).toBe('Үйгө…')
  expect(beginOf('Үйгө 🙏 кайткым келет', 6)).toBe('Үйгө…')
  expect(beginOf('Үйгө 🙏 кайткым келет', 7)).toBe('Үйгө 🙏…')
})
