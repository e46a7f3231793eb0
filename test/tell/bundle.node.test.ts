import { parse } from 'acorn'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { contacts } from '#content/published.ts'
import {
  inlineJson,
  lifelineScript,
  lifelineStyle,
  spendNumbers,
  spendTokens,
} from '#site/build/lifeline.ts'

const PAGES = ['tell', 'sent', 'answer', 'help', 'passed'] as const
const BOUNDS = { tell: 10_240, answer: 8192, help: 8192 }
const dist = process.env['OASIS_DIST'] ?? 'dist'
const pathOf = (lang: string, page: string): string => join(dist, lang, page, 'index.html')

describe.each(PAGES)('the script of %s', (page) => {
  test('is syntax that Chrome 61, Firefox 60 and Safari 11.1 read', async () => {
    const code = await lifelineScript(page)
    expect(() => parse(code, { ecmaVersion: 2018, sourceType: 'module' })).not.toThrow()
    // 2018 also brought what these browsers lack.
    expect(code).not.toMatch(/for await|async\s*\*|\(\?<|\\p\{/)
  })

  test('calls nothing that these browsers lack', async () => {
    expect(await lifelineScript(page)).not.toMatch(
      /globalThis|fromEntries|allSettled|structuredClone|queueMicrotask|replaceChildren|randomUUID|matchAll|replaceAll|\.submitter\b|\.(at|flat|flatMap|finally|requestSubmit|toSorted)\(/,
    )
  })

  test('R14: makes no markup, keeps nothing, changes no address, and cannot open a report', async () => {
    // `tell` looks whether the tool `keep` has kept something; only that tool keeps.
    const code = (await lifelineScript(page)).replace('localStorage.k&&', '')
    expect(code).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|localStorage|sessionStorage|indexedDB|caches|cookie|pushState|replaceState|location\.(hash|href|search)|eval\(|Function\(|serviceWorker|sendBeacon|XMLHttpRequest|WebSocket|pkcs8|jwk|console/,
    )
  })

  test('leaves no style to a wider selector than the page has', async () => {
    const style = await lifelineStyle(page)
    expect(style).not.toMatch(/gap:|inset:|:is\(|:where\(|&|@import|url\(/)
    expect(style).toContain('prefers-color-scheme:dark')
  })
})

test('the address of a report is the only place where bytes go, and the way out the only move', async () => {
  const code = await lifelineScript('tell')
  expect(code.match(/"\/[\w/]+"/g)?.sort()).toEqual([
    '"/api/keys"',
    '"/api/reports"',
    '"/exit"',
    '"/tools/"',
  ])
})

test('a follow-up carries the keys that an answer needs, and says danger when the person does', async () => {
  const code = await lifelineScript('answer')
  expect(code).toMatch(/\bdown:\w+\(\w+\),up:\w+\(\w+\)/)
  expect(code).toMatch(/danger:\w+\.checked/)
})

test('numbers stand in the place of their names, strings and other names stay', () => {
  expect(
    spendNumbers(
      "import { TAG_BYTES, dayNumber } from './limits.ts'\nconst AT = 1_0\nconst KEPT = 'AT'\nuse(TAG_BYTES + AT, KEPT, dayNumber)\n",
    ),
  ).toBe(
    "import { dayNumber } from '#protocol/limits'\nconst AT = 1_0\nconst KEPT = '1_0'\nuse(16 + 1_0, KEPT, dayNumber)\n",
  )
})

test('a token that is defined once is put in place; colours of two schemes stay, under short names', () => {
  expect(
    spendTokens(
      ':root{--ground:#fff;--space: 1rem;--unread: 2px}@media(prefers-color-scheme:dark){:root{--ground:#000}}@media(forced-colors:active){:root{--ground:Canvas}}p{margin:var(--space);color:var(--ground)}',
    ),
  ).toBe(
    ':root{--a:#fff}@media(prefers-color-scheme:dark){:root{--a:#000}}p{margin:1rem;color:var(--a)}',
  )
})

test('JSON cannot end the script element that it stands in', () => {
  expect(inlineJson({ say: '</script><!--' })).toBe('{"say":"\\u003c/script>\\u003c!--"}')
})

describe.skipIf(!existsSync(pathOf('ky', 'tell')))('the built pages', () => {
  test.each(Object.entries(BOUNDS))(
    'R29: %s fits its bound of %i bytes in every language',
    (page, bound) => {
      for (const lang of ['ky', 'ru', 'en']) {
        const html = readFileSync(pathOf(lang, page))
        const size = brotliCompressSync(html, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 4,
            [constants.BROTLI_PARAM_SIZE_HINT]: html.length,
          },
        }).length
        expect(size, `${lang}/${page}`).toBeLessThanOrEqual(bound)
      }
    },
  )

  /** Addresses that a page names and never loads: where it may be found, and where its exit leads. */
  const withoutNames = (html: string): string =>
    html.replace(
      /<link rel="(canonical|alternate)"[^>]*>|<meta property="og:[^>]*>|data-exit="[^"]*"|"hosts":\[[^\]]*\]/g,
      '',
    )

  test('R13: no page loads anything from anywhere', () => {
    for (const lang of ['ky', 'ru', 'en'])
      for (const page of ['tell', 'tell/sent', 'answer', 'help']) {
        const html = withoutNames(readFileSync(pathOf(lang, page), 'utf8'))
        expect(html).not.toMatch(
          /<(img|iframe|object|embed|audio|video|source)\b|\ssrc=|@import|url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg)/,
        )
        expect(html.match(/<link [^>]*>/g)?.map((link) => link.slice(0, 40))).toEqual([
          '<link rel="icon" href="data:,">',
        ])
      }
  })

  const linksOf = (html: string): string[] => html.match(/<a\b[^>]*>/g) ?? []

  test('without a script nothing but the exit and a call takes the place of words or of a number', () => {
    for (const lang of ['ky', 'ru', 'en'])
      for (const page of ['tell', 'tell/sent', 'answer']) {
        const links = linksOf(readFileSync(pathOf(lang, page), 'utf8'))
        const leaving = links.filter(
          (link) => link.includes('href=') && !/_blank| download/.test(link),
        )
        expect(leaving.filter((link) => !/href="tel:/.test(link))).toEqual([
          expect.stringContaining('data-exit="https://'),
        ])
        // Another language has no number to show, and a page's link to itself would open an empty copy.
        expect(links.some((link) => link.includes('lang="'))).toBe(page !== 'tell/sent')
        const own = links.filter((link) => link.includes(`href="/${lang}/${page}/"`))
        expect(own).toEqual(page === 'tell/sent' ? [] : [expect.stringContaining('aria-current')])
      }
  })

  test('danger now can be said again, and numbers stand with the place where they work', () => {
    for (const page of ['tell', 'answer']) {
      const html = readFileSync(pathOf('en', page), 'utf8')
      expect(html).toMatch(/<input[^>]* name="danger" value="yes" id="yes"/)
      expect(html.match(/In Kyrgyzstan:\s*<br>\s*<a class="tel" href="tel:102"/g)).toHaveLength(2)
      expect(html.match(/abroad:\s*<br>\s*<a class="tel" href="tel:\+/g)).toHaveLength(2)
    }
  })

  test('the page of numbers begins with the countries', () => {
    const html = readFileSync(pathOf('ky', 'help'), 'utf8')
    const at = (part: string): number => html.indexOf(part)
    expect(at('href="#KG"')).toBeLessThan(at('class="note"'))
    expect(at('href="#KG"')).toBeLessThan(at('<b>'))
  })

  test('no number stands on a page that is not in contacts.json', () => {
    const known = new Set(contacts.flatMap(({ tel, sms }) => [`tel:${tel}`, `sms:${sms ?? ''}`]))
    for (const lang of ['ky', 'ru', 'en'])
      for (const page of ['tell', 'answer', 'help']) {
        const html = readFileSync(pathOf(lang, page), 'utf8')
        for (const [, link = ''] of html.matchAll(/href="((?:tel|sms):[^"]*)"/g))
          expect(known).toContain(link)
      }
    const help = readFileSync(pathOf('ky', 'help'), 'utf8')
    for (const { tel } of contacts) expect(help).toContain(`href="tel:${tel}"`)
  })

  test('everything that a script looks for by its id is on its page', async () => {
    for (const page of ['tell', 'answer'] as const) {
      const html = readFileSync(pathOf('ky', page), 'utf8')
      const code = await lifelineScript(page)
      const getter = /(\w+)=\w+=>document\.getElementById/.exec(code)?.[1] ?? ''
      const ids = [...code.matchAll(new RegExp(`\\b${getter}\\("([\\w-]+)"\\)`, 'g'))].map(
        ([, id]) => id,
      )
      expect(ids.length).toBeGreaterThan(8)
      for (const id of ids) expect(html).toContain(`id="${id ?? ''}"`)
    }
  })
})
