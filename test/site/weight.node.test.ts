// Checks that the pages for a person in danger stay within their size limits, with many random
// keys. The pages of each organisation contain different keys, and keys cannot be compressed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { POINT_BYTES } from '#protocol/crypto/hpke-seal'
import { languages } from '#content/languages.ts'
import { boundOf, weighLifeline } from '#scripts/lab/budgets/measure'
import { dist } from './built.ts'

const KEYS = 200
const KEY = /"key":"[\w-]+"/

for (const page of ['tell', 'answer'])
  test(`${page} keeps its bound in brotli and gzip with ${KEYS} random keys`, () => {
    for (const lang of languages) {
      const html = readFileSync(join(dist, lang, page, 'index.html'), 'utf8')
      expect(html).toMatch(KEY)
      const weights = Array.from({ length: KEYS }, () =>
        weighLifeline(Buffer.from(html.replace(KEY, `"key":"${toB64(randomBytes(POINT_BYTES))}"`))),
      )
      expect(Math.max(...weights), `${lang} ${page}`).toBeLessThanOrEqual(
        boundOf(`/${lang}/${page}/`),
      )
    }
  })
