import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dist } from './built.ts'

test('The staff page forbids browsers to send its words to a translator', () => {
  const html = readFileSync(join(dist, 'staff', 'index.html'), 'utf8')
  expect(html).toMatch(/<html[^>]* translate="no"/)
  expect(html).toMatch(/<meta name="google" content="notranslate"/)
})
