// Tests that the link check expects the ids that the build assigns to headings.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { headingIds } from '#scripts/content/heading-faults'
import { root } from '#scripts/shared/paths'
import { dist } from './built.ts'

/** Advice that nobody has signed does not appear on the page. */
const SIGNED = /<Signed[\s\S]*?<\/Signed>/g

test.each(languages)('Every heading of a text in %s has the id that the check expects', (lang) => {
  const folder = join(root, 'content/pages', lang)
  const texts = readdirSync(folder).map((name) => ({
    name,
    ids: headingIds(readFileSync(join(folder, name), 'utf8').replace(SIGNED, '')),
    html: readFileSync(join(dist, lang, name.replace('.mdx', ''), 'index.html'), 'utf8'),
  }))
  const missing = texts.flatMap(({ name, ids, html }) =>
    ids.filter((id) => !html.includes(`id="${id}"`)).map((id) => `${name}: ${id}`),
  )
  expect(missing).toEqual([])
  expect(texts.flatMap(({ ids }) => ids).length).toBeGreaterThan(50)
})
