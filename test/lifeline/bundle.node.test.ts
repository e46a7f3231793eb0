import { parse } from 'acorn'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { languages } from '#content/languages.ts'
import { contacts } from '#content/published.ts'
import { inlineNumbers } from '#site/integrations/inline-numbers.ts'
import { inlineJson, lifelineScript } from '#site/integrations/lifeline-bundle.ts'
import { lifelineStyle, withoutForcedColours } from '#site/integrations/lifeline-style.ts'
import { inlineTokens } from '#site/styles/inline-tokens.ts'
import { TOOLS } from '#site/integrations/list-tools.ts'
import { bundleTool } from '#site/integrations/tool-bundles.ts'
import { makeTestOrganisation } from './support/organisation.ts'

const PAGES = ['tell', 'form', 'sent', 'answer', 'help', 'send'] as const
const BOUNDS = { tell: 10_240, answer: 8192, help: 8192 }
const dist = process.env['OASIS_DIST'] ?? 'dist'
const pathOf = (lang: string, page: string): string => join(dist, lang, page, 'index.html')

// The tools `renew` and `pq` contain an organisation's keys, so the build needs an organisation.
beforeAll(async () => {
  const { rootB64, manifestOf, hybridKey } = await makeTestOrganisation()
  const folder = mkdtempSync(join(tmpdir(), 'oasis-'))
  const file = join(folder, 'public.json')
  const manifest = toB64(await manifestOf(1))
  writeFileSync(file, JSON.stringify({ root: rootB64, manifest, hybridKey: toB64(hybridKey) }))
  vi.stubEnv('OASIS_ORG', file)
  return () => {
    rmSync(folder, { recursive: true })
  }
})

describe.each([
  ...PAGES.map((page) => ({ name: page, code: () => lifelineScript(page) })),
  ...TOOLS.map((tool) => ({ name: `the tool ${tool}`, code: () => bundleTool(tool, 'ky') })),
])('the script of $name', ({ code }) => {
  test('A lifeline script has only syntax of Chrome 61, Firefox 60 and Safari 11.1', async () => {
    const text = await code()
    expect(() => parse(text, { ecmaVersion: 2018, sourceType: 'module' })).not.toThrow()
    // These browsers lack some syntax of ES2018. The bundler moves a regular expression flag into a
    // string when the browsers lack that flag.
    expect(text).not.toMatch(/for await|async\s*\*|\(\?<|\\p\{|RegExp\([^)]*,"\w*[dsv]/)
  })

  test('A page script calls only functions of Chrome 61, Firefox 60 and Safari 11.1', async () => {
    // site/lifeline/tsconfig.json rejects missing language functions in our sources. This test
    // finds missing browser functions, and also searches packages.
    const text = await code()
    for (const missing of [
      /globalThis|fromEntries|allSettled|structuredClone|queueMicrotask|replaceChildren/,
      /randomUUID|matchAll|replaceAll|AbortSignal|\.submitter\b|[RI]\w+Observer\(/,
      /\.(at|flat|flatMap|finally|requestSubmit|toSorted|toggleAttribute|stream)\(/,
      /(?<!Response\(\w+\))\.text\(/,
    ])
      expect(text).not.toMatch(missing)
  })
})

describe.each(PAGES)('the script of %s', (page) => {
  test('R14: A lifeline script does not write markup, store anything or open reports', async () => {
    // `tell` checks whether the `keep` tool has saved a draft. Only that tool saves drafts.
    // dom/scripted.ts puts the build's markup into the page, in a single statement.
    const code = (await lifelineScript(page))
      .replace('localStorage.k&&', '')
      .replace(/\b\w\.outerHTML=\w+\.createHTML\(\w\.textContent\)/, '')
    for (const refused of [
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(/,
      /localStorage|sessionStorage|indexedDB|caches|cookie|serviceWorker/,
      /pushState|replaceState|location\.(hash|href|search)/,
      /sendBeacon|XMLHttpRequest|WebSocket|pkcs8|jwk|console/,
    ])
      expect(code).not.toMatch(refused)
  })

  test('A lifeline style needs no new CSS, loads nothing and has a dark scheme', async () => {
    const style = await lifelineStyle(
      page === 'form' || page === 'sent' ? `tell/${page}` : page,
      'ky',
    )
    expect(style).not.toMatch(/(?<!grid-)gap:|inset:|:is\(|:where\(|&|@import|url\(/)
    expect(style).toContain('prefers-color-scheme:dark')
  })
})

test('The script of tell names no address but reports, keys, tools and the exit', async () => {
  const code = await lifelineScript('tell')
  expect(code.match(/"\/[\w/]+"/g)?.sort()).toEqual([
    '"/api/keys"',
    '"/api/reports"',
    '"/exit"',
    '"/tools/"',
  ])
})

test('A follow-up carries the keys for a reply and the danger that the person chose', async () => {
  const code = await bundleTool('follow-up', 'ky')
  expect(code).toMatch(/\bdown:\w+\(\w+\),up:\w+\(\w+\)/)
  expect(code).toMatch(/\w+\.checked,\w+\.value/)
})

test('The build replaces numeric constants by their values and keeps other names', () => {
  expect(
    inlineNumbers(
      "import { TAG_BYTES } from '../limits.ts'\nconst AT = 1_0\nuse(TAG_BYTES + AT, other)\n",
    ),
  ).toBe('const AT = 1_0\nuse(16 + 1_0, other)\n')
})

test('The build inlines a token with one value and shortens a colour with two schemes', () => {
  expect(
    inlineTokens(
      withoutForcedColours(
        ':root{--ground:#fff;--space: 1rem;--unread: 2px}' +
          '@media(prefers-color-scheme:dark){:root{--ground:#000}}' +
          '@media(forced-colors:active){:root{--ground:Canvas}}' +
          'p{margin:var(--space);color:var(--ground)}',
      ),
    ),
  ).toBe(
    ':root{--a:#fff}@media(prefers-color-scheme:dark){:root{--a:#000}}' +
      'p{margin:1rem;color:var(--a)}',
  )
})

test('JSON inside a script element cannot end that element', () => {
  expect(inlineJson({ say: '</script><!--' })).toBe('{"say":"\\u003c/script>\\u003c!--"}')
})

describe.skipIf(!existsSync(pathOf('ky', 'tell')))('the built pages', () => {
  test.each(Object.entries(BOUNDS))(
    'R29: The page %s fits its limit of %i bytes in every language',
    (page, bound) => {
      for (const lang of languages) {
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

  /**
   * Removes the addresses that a page contains but never loads: its own address, hosts, the exit
   * and links.
   */
  const withoutNames = (html: string): string =>
    html
      .replace(/<link rel="(canonical|alternate)"[^>]*>|<meta property="og:[^>]*>/g, '')
      .replace(/data-exit="[^"]*"|"hosts":\[[^\]]*\]|<a href="https:[^>]*>/g, '')

  test('R13: A lifeline page loads nothing outside its own response', () => {
    for (const lang of languages)
      for (const page of ['tell', 'tell/sent', 'answer', 'help']) {
        const html = withoutNames(readFileSync(pathOf(lang, page), 'utf8'))
        expect(html).not.toMatch(/<(img|iframe|object|embed|audio|video|source)\b|\ssrc=/)
        expect(html).not.toMatch(/@import|url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
        expect(html.match(/<link [^>]*>/g)?.map((link) => link.slice(0, 40))).toEqual([
          '<link rel="icon" href="data:,">',
        ])
      }
  })

  const linksOf = (html: string): string[] => html.match(/<a\b[^>]*>/g) ?? []

  test('A link opens a new tab only where leaving the page would lose the return number', () => {
    for (const lang of languages)
      for (const page of ['tell', 'tell/sent', 'answer']) {
        const links = linksOf(readFileSync(pathOf(lang, page), 'utf8'))
        const ours = links.filter((link) => link.includes('href="/') && !link.includes('data-exit'))
        const opening = ours.filter((link) => link.includes('_blank'))
        // The worker fills in the "sent" page, and no script protects the number on it. Only the
        // empty form opens in the same tab. On `tell`, a tool adds a link that opens a tab: see
        // keep-number.e2e.ts.
        if (page === 'tell/sent') expect(ours.length - opening.length).toBe(1)
        else expect(opening).toEqual([])
        // The "sent" page has no link to another language, because that page would show no number.
        // The "sent" page has no link to itself, because that link would open an empty copy.
        expect(links.some((link) => link.includes('lang="'))).toBe(page !== 'tell/sent')
        const own = links.filter((link) => link.includes(`href="/${lang}/${page}/"`))
        expect(own).toEqual(page === 'tell/sent' ? [] : [expect.stringContaining('aria-current')])
      }
  })

  test('A form with the choice of danger holds the calls once, each with its place', () => {
    for (const page of ['tell', 'tell/form', 'answer', 'answer/thread']) {
      const html = readFileSync(pathOf('en', page), 'utf8')
      // The `follow-up` tool adds the choice to `answer`.
      if (page !== 'answer') expect(html).toMatch(/<input[^>]* name="danger" value="yes" id="yes"/)
      expect(html.match(/id="calls"/g), page).toHaveLength(1)
      const places = html.match(
        /<h2>[^<]+<\/h2>\s*<div class="calls">\s*<a class="call" href="tel:\+?\d+/g,
      )
      expect(places?.join()).toMatch(/Abroad.*In Kyrgyzstan.*tel:102/s)
    }
  })

  test('The help page begins with a number to call, then a silent way, then the countries', () => {
    const html = readFileSync(pathOf('ky', 'help'), 'utf8')
    const at = (part: string): number => html.indexOf(part)
    expect(at('class="call" href="tel:+996999312002"')).toBeLessThan(at('class="hush"'))
    expect(at('class="hush"')).toBeLessThan(at('href="#KG"'))
    expect(at('href="#KG"')).toBeLessThan(at('class="note"'))
  })

  test('Every number on a page is in contacts.json, and the help page has all numbers', () => {
    const known = new Set(
      contacts.flatMap(({ tel, sms, codes = [] }) => [
        `tel:${tel}`,
        `sms:${sms ?? ''}`,
        ...codes.map((code) => `tel:${code.tel}`),
      ]),
    )
    for (const lang of languages)
      for (const page of ['tell', 'answer', 'help']) {
        const html = readFileSync(pathOf(lang, page), 'utf8')
        for (const [, link = ''] of html.matchAll(/href="((?:tel|sms):[^"]*)"/g))
          expect(known).toContain(link)
      }
    const help = readFileSync(pathOf('ky', 'help'), 'utf8')
    for (const link of known) if (link !== 'sms:') expect(help).toContain(`href="${link}"`)
  })

  test('Every id that a script looks up is on its page', async () => {
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
