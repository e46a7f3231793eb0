import { expect, test } from 'vitest'
import { findingsOf } from '#scripts/lab/html'
import { iconAddress } from '#site/components/pictures/drawings.ts'

test('A finding of the HTML checker names the page and the place', () => {
  const message = {
    type: 'error',
    url: 'file:/somewhere/dist/ky/signs/index.html',
    message: 'Bad value.',
    extract: '<link\nrel="icon">',
  }
  expect(findingsOf(JSON.stringify({ messages: [message] }), '/somewhere/dist')).toEqual([
    { page: 'ky/signs/index.html', message: 'Bad value. [<link rel="icon">]' },
  ])
})

test('A container query, which the HTML checker does not know, is not a finding', () => {
  const messages = [
    { type: 'error', message: 'CSS: Unrecognized at-rule “@container”' },
    { type: 'error', message: 'CSS: “container-type”: Property “container-type” doesn’t exist.' },
    { type: 'error', message: 'CSS: Unrecognized at-rule “@contain”' },
  ]
  expect(findingsOf(JSON.stringify({ messages }), '/dist')).toHaveLength(1)
})

test('HTML checker output that is not a report does not count as clean', () => {
  expect(() => findingsOf('', '/dist')).toThrow()
  expect(() => findingsOf('{"error":"no"}', '/dist')).toThrow()
})

test('The address of the icon has no space and no character that ends an attribute', () => {
  expect(iconAddress('#5b7b6f')).not.toMatch(/[\s<>#"]/)
})
