import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { headersOf } from '#site/integrations/page-headers.ts'
import { questionsIn } from '#site/integrations/question-data.ts'
import { languages } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { t } from '#site/i18n/text.ts'
import { pageNames } from '#site/pages.ts'
import { listedPages, sitemapIndexOf, sitemapOf } from '#site/i18n/sitemap.ts'
import { robotsOf } from '#site/pages/robots.txt.ts'
import { dist } from './built.ts'

const site = new URL('https://example.org')
const built = (path: string): string => readFileSync(join(dist, path), 'utf8')

test('The sitemap of a language lists its pages, except pages that reveal a visit', () => {
  for (const lang of languages) {
    const sitemap = sitemapOf(site, lang)
    for (const page of pageNames) {
      const entry = `<loc>https://example.org${pathOf(lang, page)}</loc>`
      expect(sitemap.includes(entry), entry).toBe(!['tell', 'answer', 'send'].includes(page))
    }
    expect(sitemap.match(/<loc>/g)).toHaveLength(listedPages.length)
    expect(sitemap.match(/<loc>(?!https:\/\/example\.org\/([a-z]{2})\/)/g)).toBeNull()
    expect(sitemap).not.toMatch(/\/(tell|answer|send|staff)\//)
    for (const other of [...languages, 'x-default'])
      expect(sitemap.match(new RegExp(`hreflang="${other}"`, 'g'))).toHaveLength(listedPages.length)
  }
})

test('The list of sitemaps names one sitemap for each language, and the build holds it', () => {
  const named = [...sitemapIndexOf(site).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, at = '']) => at)
  expect(named).toEqual(languages.map((lang) => `https://example.org/${lang}/sitemap.xml`))
  for (const lang of languages) expect(built(`/${lang}/sitemap.xml`)).toContain('<urlset')
  expect(built('/sitemap.xml')).toContain('<sitemapindex')
})

test('The file robots.txt names the sitemap and lets robots read noindex', () => {
  expect(robotsOf(site)).toContain('Sitemap: https://example.org/sitemap.xml')
  expect(robotsOf(site)).not.toMatch(/tell|answer/)
})

test('A block of linked data is not a script, so the policy has no hash for it', () => {
  const headers = headersOf('/ky/', '<script type="application/ld+json">{}</script>')
  expect(headers['Content-Security-Policy']).toContain("script-src 'none'")
})

describe('questions of a text', () => {
  const read = (text: string) => questionsIn(text, (id) => `fact ${id}`)

  test('A heading that asks is a question, and the words below the heading are the answer', () => {
    const text =
      'Lead\n\n## Who reads?\n\n<FactText id="who" />\n\n- **Staff**, see [here](/ky/).\n\n' +
      '## Plain\n\nText\n'
    expect(read(text)).toEqual([{ question: 'Who reads?', answer: 'fact who Staff, see here.' }])
  })

  test.each(languages)('The page of rights in %s answers only whether consent matters', (lang) => {
    const html = built(`${lang}/rights/index.html`)
    const [, data = '{}'] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? []
    const { mainEntity } = JSON.parse(data) as {
      mainEntity: { acceptedAnswer: { text: string } }[]
    }
    expect(mainEntity).toHaveLength(1)
    expect(mainEntity[0]?.acceptedAnswer.text).toContain(t(lang, 'fact.palermo.consent'))
  })

  test('A question without an answer in words is not listed', () => {
    expect(read('## Who?\n\n<Network />\n')).toEqual([])
  })
})

describe('the built pages', () => {
  test('Each listed page names its address, and its preview and description are neutral', () => {
    const loud = /сатуу|кулчулук|торговл|эксплуатац|жертв|traffick|slave|exploit/i
    for (const lang of languages) {
      for (const page of listedPages) {
        const html = built(`${pathOf(lang, page)}index.html`)
        const [, canonical = ''] = /<link rel="canonical" href="([^"]+)"/.exec(html) ?? []
        expect(new URL(canonical).pathname).toBe(pathOf(lang, page))
        expect(html.match(/<link rel="alternate" hreflang=/g), page).toHaveLength(
          languages.length + 1,
        )
        expect(html, page).toMatch(/<meta name="description" content="[^"]{20,160}"/)
        const previews =
          html.match(/<title>[^<]*|<meta (?:name="description"|property="og:)[^>]*>/g) ?? []
        expect(previews.length, page).toBeGreaterThanOrEqual(6)
        for (const preview of previews) expect(preview).not.toMatch(loud)
      }
    }
  })

  test('The file llms.txt names each listed page with its line, and no page of a visit', () => {
    const text = built('/llms.txt')
    const lines = text.match(/^- \[[^\]]+\]\(https:\/\/[^)]+\): .{10,}$/gm) ?? []
    const listed = listedPages.filter((page) => !/^(country|stories)\//.test(page))
    expect(lines).toHaveLength(languages.length * listed.length)
    expect(text).not.toMatch(/\/(tell|answer|send)\//)
  })

  test('The home page names the site for robots, in its language', () => {
    for (const lang of languages) {
      const [, json = ''] =
        /ld\+json">(\{[^<]*"WebSite"[^<]*)</.exec(built(`/${lang}/index.html`)) ?? []
      expect(JSON.parse(json)).toMatchObject({ '@type': 'WebSite', inLanguage: lang })
    }
  })

  test('Each listed page has its own description', () => {
    for (const lang of languages) {
      const all = listedPages.map((page) =>
        /name="description" content="([^"]+)"/
          .exec(built(`${pathOf(lang, page)}index.html`))
          ?.at(1),
      )
      expect(new Set(all).size).toBe(listedPages.length)
    }
  })

  test('A page that reveals a visit gives a preview only its quiet title', () => {
    for (const page of ['tell', 'tell/sent', 'answer', 'answer/thread', 'send']) {
      const html = built(`${pathOf('ky', page)}index.html`)
      expect(html).not.toMatch(/og:|canonical/)
      const [, title = ''] = /<title>([^<]+)/.exec(html) ?? []
      expect(html).toContain(`<meta name="description" content="${title}">`)
    }
  })

  test('The preview picture is a PNG of 1200 × 630 pixels and less than 60,000 bytes', () => {
    const picture = readFileSync(join(dist, 'share.png'))
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630])
    expect(picture.length).toBeLessThan(60_000)
  })

  test('The about page describes the Foundation for robots without unconfirmed facts', () => {
    for (const lang of languages) {
      const [, json = ''] =
        /ld\+json">(\{[^<]*"NGO"[^<]*)</.exec(built(`/${lang}/about/index.html`)) ?? []
      const record = JSON.parse(json) as Record<string, unknown>
      expect(record['@type']).toBe('NGO')
      expect(record['memberOf']).toEqual([{ '@type': 'NGO', name: 'Oasis Global' }])
      expect(Object.keys(record)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(founding|sameAs|parent)/)]),
      )
      expect(record).not.toHaveProperty('telephone')
      expect(record).not.toHaveProperty('email')
    }
  })
})
