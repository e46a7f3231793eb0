// Checks the pages of the built site.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { isCarried, TOOLS } from '#site/integrations/list-tools.ts'
import { pageHashes } from '#site/integrations/page-hashes.ts'
import { languages } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { t } from '#site/i18n/text.ts'
import { countryPages, pageNames } from '#site/pages.ts'
import { storyPages } from '#site/stories.ts'
import { dist } from './built.ts'

const PAGE_BYTES = 12_288
/** A saved page may be larger, because a person saves it once and shares the file as it is. */
const SAVED_BYTES = 73_728
const BY_THE_WORKER = ['/exit']

const htmlFiles = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.html'),
)
const addressOf = (file: string): string =>
  `/${relative(dist, join(dist, file)).replaceAll('\\', '/')}`.replace(/index\.html$/, '')
const built = new Map(
  htmlFiles.map((file) => [addressOf(file), readFileSync(join(dist, file), 'utf8')]),
)
/** Returns the bytes of a file to download as text, or undefined for a page or a missing file. */
const fileAt = (path: string): string | undefined =>
  /^\/(paper\/.*\.(pdf|png)|licences\.txt)$/.test(path) && existsSync(join(dist, path))
    ? readFileSync(join(dist, path), 'latin1')
    : undefined
// The staff app is a program with its own bundle.
const publicPages = [...built].filter(([address]) => !address.startsWith('/staff/'))

describe('the built site', () => {
  test('Every page exists in every language, and so do / and /404.html', () => {
    for (const lang of languages) {
      for (const page of [...pageNames, ...countryPages, ...storyPages, '404'])
        expect(built.has(pathOf(lang, page)), `${lang} ${page}`).toBe(true)
    }
    expect(built.has('/')).toBe(true)
    expect(built.has('/404.html')).toBe(true)
  })

  test('Every built page is in the list of pages', () => {
    const known = [
      ...pageNames,
      ...countryPages,
      ...storyPages,
      '404',
      'check',
      'answer/thread',
      'tell/form',
      'tell/sent',
      'tell/saved',
    ]
    for (const [address] of publicPages) {
      const page = /^\/[a-z]{2}\/(?:(.*)\/)?$/.exec(address)
      if (page !== null) expect(known).toContain(page[1] ?? '')
    }
  })

  test('Every link and every anchor inside the site has a target', () => {
    for (const [address, html] of publicPages) {
      for (const [, href = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)) {
        if (/^(https:|tel:|sms:)/.test(href) || BY_THE_WORKER.includes(href)) continue
        const [path = '', anchor] = href.split('#')
        const target = path === '' ? html : (built.get(path) ?? fileAt(path))
        expect(target, `${address} → ${href}`).toBeDefined()
        if (anchor) expect(target).toContain(`id="${decodeURIComponent(anchor)}"`)
      }
    }
  })

  test('R17: Saved pages and pages outside the lifeline have a meta tag against referrers', () => {
    for (const [address, html] of publicPages) {
      // Another test checks the header of a lifeline page. A saved copy has no header, so it needs
      // the tag.
      if (/\/(tell|tell\/form|tell\/sent|answer(\/thread)?|send|help)\/$/.test(address)) continue
      expect(html, address).toMatch(/<meta name="?referrer"? content="?no-referrer"?/)
    }
  })

  test('R13: Every public page is one response and loads nothing else', () => {
    for (const [address, html] of publicPages) {
      // A saved page contains its tools as text until the person chooses one.
      const markup = html
        .replace(/<script type="text\/plain"[^>]*>.*?<\/script>/gs, '')
        // A recording is fetched only when the reader plays it.
        .replace(/<audio\b[^>]*\bpreload="?none\b[^>]*>/g, '')
      expect(markup, address).not.toMatch(
        /\bsrc=|<link\b(?![^>]*rel="?(?:icon|canonical|alternate))|@import|url\((?!["']?data:)/,
      )
      expect(markup, address).not.toMatch(/<[^>]+\s(?:style|on[a-z]+)=/)
    }
  })

  test('Every page names its language and offers the quick exit', () => {
    for (const [address, html] of publicPages) {
      const lang = /^\/([a-z]{2})\//.exec(address)?.[1] ?? 'ky'
      expect(html, address).toMatch(new RegExp(`<html lang="?${lang}`))
      expect(html, address).toContain('data-exit')
    }
  })

  test('Every page with links to the other languages names their list', () => {
    for (const [address, html] of publicPages) {
      const lang = languages.find((each) => address.startsWith(`/${each}/`))
      if (lang === undefined || address.endsWith('/tell/sent/')) continue
      const list = new RegExp(
        `<nav[^>]*aria-label="${t(lang, 'nav.languages')}"[^>]*>(.*?)</nav>`,
        's',
      )
      const [, links = ''] = list.exec(html) ?? []
      expect(links.match(/<a[^>]* lang=/g), address).toHaveLength(languages.length)
    }
  })

  test(`R29: Every public page fits into ${PAGE_BYTES} bytes at brotli quality 4`, () => {
    for (const [address, html] of publicPages.filter(([path]) => !path.endsWith('/tell/saved/'))) {
      const packed = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      expect(packed.length, address).toBeLessThanOrEqual(PAGE_BYTES)
    }
  })

  test(`A saved page has at most ${SAVED_BYTES} bytes, its own policy and its tools inside`, () => {
    const saved = publicPages.filter(([path]) => path.endsWith('/tell/saved/'))
    expect(saved).toHaveLength(languages.length)
    const carried = TOOLS.filter(isCarried)
    for (const [address, html] of saved) {
      expect(Buffer.byteLength(html), address).toBeLessThanOrEqual(SAVED_BYTES)
      for (const tool of carried) expect(html).toContain(`id="tool-${tool}"`)
      // Files need a network in any case, so the saved page need not contain `attach`.
      const started = [...html.matchAll(/data-tool="?(\w+)/g)].map(([, tool]) => tool)
      expect(
        started.filter((tool) => !carried.some((one) => one === tool || tool === 'attach')),
      ).toEqual([])
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
      const { scripts, styles } = pageHashes(html)
      for (const hash of [...scripts, ...styles]) expect(policy).toContain(hash)
      expect(policy).toMatch(
        /^default-src 'none'; base-uri https:[^ ;]+; form-action https:[^ ;]+; /,
      )
      expect(policy).not.toMatch(/'self'|'unsafe|\*|frame-ancestors/)
      expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'))
    }
  })
})
