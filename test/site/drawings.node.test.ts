// Checks the drawings: each page on which a visit can begin has its own drawing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { drawingOf, pageDrawings } from '#site/components/pictures/pages/index.ts'
import { thumbnails } from '#site/components/paper/thumbnails.ts'
import { pictureFiles } from '#site/components/paper/picture.ts'
import { sheetNames } from '#site/components/paper/sheets.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { countryPages, PAGES, pageNames } from '#site/pages.ts'
import { dist } from './built.ts'

/**
 * The pages that need no drawing. The home page already has the drawing of the house. The offer
 * check begins with its questions. The accessibility page and the list of all pages are about the
 * site itself.
 */
const BARE: readonly string[] = ['', 'offer-check', 'accessibility', 'all']
const entered = [
  ...pageNames.filter((name) => !BARE.includes(name) && !('lifeline' in PAGES[name])),
  ...countryPages,
]
/** A page or country that an editor adds has no drawing of its own. */
const ours = entered.filter((page) => page in PAGES)
const drawn = Object.entries(pageDrawings)

test('Each page that a person enters by has a drawing, and no drawing lacks its page', () => {
  expect(Object.keys(pageDrawings)).toEqual(expect.arrayContaining(ours))
  expect(entered).toEqual(expect.arrayContaining(Object.keys(pageDrawings)))
  expect(() => drawingOf('accessibility')).toThrow('has no drawing')
  expect(drawingOf('country/xx')).toBe(drawingOf('country'))
})

test('No two pages have the same drawing', () => {
  const wholes = drawn.map(([, drawing]) => JSON.stringify(drawing))
  expect(new Set(wholes).size).toBe(drawn.length)
})

describe.each(drawn)('the drawing of %s', (page, drawing) => {
  test('The drawing has one apricot light at least, and is small', () => {
    expect(drawing.map(([layer]) => layer)).toContain('light')
    expect(drawing.map(([, path]) => path).join('').length).toBeLessThan(1000)
  })

  test.each(languages)('The page in %s shows this drawing once, and no other', (lang) => {
    const html = readFileSync(join(dist, pathOf(lang, page), 'index.html'), 'utf8')
    const shown = [...html.matchAll(/<svg class="drawing"[^>]*>(.*?)<\/svg>/gs)]
    expect(shown).toHaveLength(1)
    const paths = [...(shown[0]?.[1] ?? '').matchAll(/<path class="(\w+)" d="([^"]+)"/g)]
    expect(paths.map(([, layer, path]) => [layer, path])).toEqual(drawing)
  })
})

test('Each sheet and each picture to send has a thumbnail of its own', () => {
  const files = [...sheetNames, ...pictureFiles('ky', 'https://oasis.example')]
  expect(Object.keys(thumbnails).sort()).toEqual([...files].sort())
  const wholes = Object.values(thumbnails).map((each) => JSON.stringify(each))
  expect(new Set(wholes).size).toBe(wholes.length)
})
