import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { headersOf } from '#site/build/headers.ts'
import { questionsIn } from '#site/build/questions.ts'
import { languages } from '#site/i18n/languages.ts'
import { pages, pathOf } from '#site/i18n/paths.ts'
import { listedPages, robotsOf, sitemapOf } from '#site/i18n/sitemap.ts'
import { dist } from './built.ts'

const site = new URL('https://example.org')
const built = (path: string): string => readFileSync(join(dist, path), 'utf8')

test('the sitemap lists every page in every language but those that tell of a visit', () => {
  const sitemap = sitemapOf(site)
  for (const lang of languages) {
    for (const page of pages) {
      const entry = `<loc>https://example.org${pathOf(lang, page)}</loc>`
      expect(sitemap.includes(entry), entry).toBe(!['tell', 'answer', 'send'].includes(page))
    }
  }
  expect(sitemap).not.toMatch(/\/(tell|answer|send|staff)\//)
  expect(sitemap.match(/hreflang="x-default"/g)).toHaveLength(3 * listedPages.length)
})

test('robots are told where the sitemap is, and may read the noindex of the quiet pages', () => {
  expect(robotsOf(site)).toContain('Sitemap: https://example.org/sitemap.xml')
  expect(robotsOf(site)).not.toMatch(/tell|answer/)
})

test('a block of linked data is no script: the policy has no hash for it', () => {
  const [, headers] = headersOf('/ky/', '<script type="application/ld+json">{}</script>')
  expect(headers['Content-Security-Policy']).toContain("script-src 'none'")
})

describe('questions of a text', () => {
  const read = (text: string) => questionsIn(text, (id) => `fact ${id}`)

  test('a heading that asks is a question, the words beneath it are its answer', () => {
    const text =
      'Lead\n\n## Who reads?\n\n<FactText id="who" />\n\n- **Staff**, see [here](/ky/).\n\n## Plain\n\nText\n'
    expect(read(text)).toEqual([{ question: 'Who reads?', answer: 'fact who Staff, see here.' }])
  })

  test('a question with nothing that can be said in words is left out', () => {
    expect(read('## Who?\n\n<Network />\n')).toEqual([])
  })
})

describe('the built pages', () => {
  test('say where they are, where their sisters are, and show a quiet preview', () => {
    const loud = /сатуу|кулчулук|торговл|эксплуатац|жертв|traffick|slave|exploit/i
    for (const lang of languages) {
      for (const page of listedPages) {
        const html = built(`${pathOf(lang, page)}index.html`)
        const [, canonical = ''] = /<link rel="canonical" href="([^"]+)"/.exec(html) ?? []
        expect(new URL(canonical).pathname).toBe(pathOf(lang, page))
        expect(html.match(/<link rel="alternate" hreflang=/g), page).toHaveLength(4)
        expect(html, page).toMatch(/<meta name="description" content="[^"]{20,160}"/)
        const previews = html.match(/<title>[^<]*|<meta property="og:[^>]*>/g) ?? []
        expect(previews.length, page).toBeGreaterThanOrEqual(5)
        for (const preview of previews) expect(preview).not.toMatch(loud)
      }
    }
  })

  test('each page has a description of its own', () => {
    for (const lang of languages) {
      const all = listedPages.map((page) =>
        /name="description" content="([^"]+)"/
          .exec(built(`${pathOf(lang, page)}index.html`))
          ?.at(1),
      )
      expect(new Set(all).size).toBe(listedPages.length)
    }
  })

  test('the pages that tell of a visit give a preview nothing but their quiet title', () => {
    for (const page of ['tell', 'tell/sent', 'answer', 'send']) {
      const html = built(`${pathOf('ky', page)}index.html`)
      expect(html).not.toMatch(/og:|canonical/)
      const [, title = ''] = /<title>([^<]+)/.exec(html) ?? []
      expect(html).toContain(`<meta name="description" content="${title}">`)
    }
  })

  test('the picture of a preview is a PNG of 1200 × 630 that a messenger will fetch', () => {
    const picture = readFileSync(join(dist, 'share.png'))
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630])
    expect(picture.length).toBeLessThan(60_000)
  })

  test('the Foundation describes itself on its page, with nothing that is still awaited', () => {
    for (const lang of languages) {
      const [, json = ''] =
        /ld\+json">(\{[^<]*"NGO"[^<]*)</.exec(built(`/${lang}/about/index.html`)) ?? []
      const record = JSON.parse(json) as Record<string, unknown>
      expect(record['@type']).toBe('NGO')
      expect(record['foundingDate']).toBe('2008')
      expect(record).not.toHaveProperty('telephone')
      expect(record).not.toHaveProperty('email')
    }
  })
})
