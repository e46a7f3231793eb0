import { expect, test } from 'vitest'
import { findingsOf } from '#scripts/html'
import { iconAddress } from '#site/components/curl.ts'

test('a finding of the checker names the page and the place', () => {
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

test('an answer of the checker that is no report is not taken for a clean one', () => {
  expect(() => findingsOf('', '/dist')).toThrow()
  expect(() => findingsOf('{"error":"no"}', '/dist')).toThrow()
})

test('the icon is an address that the checker takes: no space, no sign that ends an attribute', () => {
  expect(iconAddress('#5b7b6f')).not.toMatch(/[\s<>#"]/)
})
