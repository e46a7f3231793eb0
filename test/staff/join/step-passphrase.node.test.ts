import { expect, test } from 'vitest'
import { strengthOf } from '#site/staff/slots/step-passphrase.tsx'

test('The strength of a passphrase follows its length, and repetition does not count', () => {
  expect(strengthOf('кыска')).toBe('short')
  expect(strengthOf('            ')).toBe('short')
  expect(strengthOf('аааааааааааааааа')).toBe('same')
  expect(strengthOf('көк асман ат')).toBe('enough')
  expect(strengthOf('көк асман терезе алма ат')).toBe('good')
})
