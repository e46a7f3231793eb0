import { expect, test } from 'vitest'
import { causeIn } from '#scripts/shared/run-tool'

test('The cause of a failed build is the message of the error that ended it', () => {
  const lines = [
    '02:11:09 [build] output: "static"',
    'a warning about an error that somebody caught',
    'contacts.json has no UZ-01, which pages show',
    '  Stack trace:',
    '    at contactOf (content/published.ts:53:23)',
  ]
  expect(causeIn(lines)).toBe('contacts.json has no UZ-01, which pages show')
})

test('Without a message before a stack trace, the cause is the first complaint', () => {
  expect(causeIn(['one', 'It cannot be read', 'an error'])).toBe('It cannot be read')
  expect(causeIn(['one', 'two'])).toBe('')
})
