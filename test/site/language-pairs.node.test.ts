// Tests the pairs of sentences for the language tools, and the built tools.
import { parse } from 'acorn'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { languages, type Language } from '#content/languages.ts'
import { joinPairs, pairsOfBuild, pairsOfPage } from '#site/integrations/language-pairs.ts'
import { dist } from './built.ts'

/** A connection that freezes after 15 KB can still deliver the tool with its headers. */
const TOOL_BYTES = 13_824
const WAYS = languages.flatMap((from) =>
  languages.filter((to) => to !== from).map((to): [Language, Language] => [from, to]),
)

const page = (text: string, label: string, extra = ''): string =>
  `<!doctype html><title>${text}</title><p aria-label="${label}"> ${text} </p>` +
  `<script type="text/html"><b>${text} ${text}</b></script>` +
  `<script type="application/json">{"say":{"a":"${label} {n}"}}</script>` +
  `<script>ignored("${text}")</script>${extra}`

describe('the pairs', () => {
  test('A pair comes from a text, a name, markup for a script and a sentence of the data', () => {
    expect(joinPairs(pairsOfPage(page('Кат', 'Ат'), page('Письмо', 'Имя')))).toEqual({
      ...{ Кат: 'Письмо', Ат: 'Имя', 'Кат Кат': 'Письмо Письмо', 'Ат {n}': 'Имя {n}' },
    })
  })

  test('Two builds that differ in more than words are refused', () => {
    const own = page('Кат', 'Ат')
    expect(() => pairsOfPage(own, page('Письмо', 'Имя', '<p>ещё</p>'))).toThrow('more than')
    expect(() => pairsOfPage(page('Кат', 'Ат', '<p title="x">y</p>'), own)).toThrow('more than')
  })

  test('A sentence with two translations is refused and named', () => {
    const pairs = [
      ['Көчүрүү', 'Copy'],
      ['Көчүрүү', 'Move'],
    ] as const
    expect(() => joinPairs(pairs)).toThrow('“Көчүрүү” has two translations: “Copy” and “Move”')
  })
})

describe.each(WAYS)('the tool from %s to %s', (from, to) => {
  test('Both sentences of a pair have the same places to fill', async () => {
    const pairs = Object.entries(await pairsOfBuild(from, to, dist))
    expect(pairs.length).toBeGreaterThan(200)
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const [own, other] of pairs) expect(places(other), own).toEqual(places(own))
  })

  test(`The tool has syntax of the oldest browsers and at most ${TOOL_BYTES} bytes`, () => {
    const code = readFileSync(join(dist, 'tools', from, `to-${to}.js`), 'utf8')
    expect(() => parse(code, { ecmaVersion: 2018 })).not.toThrow()
    expect(code).not.toMatch(/replaceAll|\.(at|flat|flatMap)\(|hasOwn|\(\?<|fromEntries/)
    const packed = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
    expect(packed.length).toBeLessThanOrEqual(TOOL_BYTES)
  })
})
