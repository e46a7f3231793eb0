// Builds the site of a made-up second organisation from the same code. Only its content folder
// differs: names, the numbers of another country, Uzbek, right-to-left Urdu, and an edition with
// four pages.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { measureSite } from '#scripts/lab/budgets/measure'
import { filesUnder, testDir } from '#scripts/shared/paths'
import { buildCopy, copyProject } from '#scripts/test/site'
import { writeSecondContent } from '../second-organisation/make-content.ts'
import { EDITION, EDITION_RECORD, LANGUAGES, OWN } from '../second-organisation/words.ts'

const copy = join(testDir, 'second')
const built = join(copy, 'dist')
const page = (path: string): string => readFileSync(join(built, path, 'index.html'), 'utf8')

beforeAll(async () => {
  copyProject(copy)
  writeSecondContent(copy)
  const { code, output } = await buildCopy(copy)
  expect(code, output).toBe(0)
}, 240_000)

/** Words that belong to Oasis. Labels in signatures and stored reports do not count as names. */
const OURS = /oasis|оазис|kyrgyz|кыргыз|киргиз|bishkek|бишкек|traffik/i
const LABELS = /oasis\/v\d|oasis-(header|proof|write|staff)[\w-]*/g

test('No file of the second organisation names Oasis, its place or its network', () => {
  const faults = filesUnder(built)
    .filter((path) => /\.(html|js|json|txt|xml|css)$/.test(path) || path === '_headers')
    .flatMap((path) => {
      const text = readFileSync(join(built, path), 'utf8').replace(LABELS, '')
      const found = OURS.exec(text)
      return found ? [`${path}: …${text.slice(found.index - 40, found.index + 40)}…`] : []
    })
  expect(faults).toEqual([])
})

test('The second organisation has its own names, address and colours', () => {
  for (const lang of LANGUAGES) expect(page(lang)).toContain(OWN.name[lang])
  expect(page('uz/about')).toContain(`<link rel="canonical" href="${OWN.site}/uz/about/">`)
  expect(readFileSync(join(built, 'sitemap.xml'), 'utf8')).toContain(`${OWN.site}/ur/`)
})

test('A page from right to left says so, mirrors its style and turns its arrows', () => {
  for (const path of ['', 'tell', 'help', 'answer', 'country/ru', 'print', 'tell/saved']) {
    expect(page(`ur/${path}`).slice(0, 60), path).toContain('<html lang="ur" dir="rtl">')
    expect(page(`uz/${path}`).slice(0, 60), path).toContain('<html lang="uz">')
    const [style = ''] = /<style>[^<]*<\/style>/.exec(page(`ur/${path}`)) ?? []
    expect(style, path).toContain('unicode-bidi:plaintext')
    expect(style, path).not.toContain('text-align:left')
  }
  expect(page('ur/tell')).toContain('M9.5 5 16 12l-6.5 7')
  expect(page('uz/tell')).toContain('M14.5 5 8 12l6.5 7')
})

test('Every page of the second organisation keeps its bound of bytes', () => {
  const pages = measureSite(built)
  expect(pages.length).toBeGreaterThan(70)
  expect(pages.flatMap(({ address, faults }) => faults.map((fault) => address + fault))).toEqual([])
})

test('The report about content finds no fault, and the launch list names each language', () => {
  const content = (...args: string[]) =>
    spawnSync(process.execPath, [join(copy, 'scripts/content.ts'), ...args], { encoding: 'utf8' })
  const report = content()
  expect(report.status, report.stdout + report.stderr).toBe(0)
  const launch = content('launch').stdout
  for (const lang of LANGUAGES) expect(launch).toContain(`native.${lang}: `)
  expect(launch).toContain('contacts.UZ-01: ')
}, 60_000)

describe('the edition', () => {
  const WITH_FORM = ['tell', 'tell/form', 'tell/sent', 'tell/saved', 'answer', 'answer/thread']
  const PAGES = ['', 'help', 'signs', ...WITH_FORM, 'check', '404']
  const pages = (): string[] =>
    filesUnder(built)
      .filter((path) => path.endsWith('/index.html') && /^[a-z]{2}\//.test(path))
      .map((path) => path.replace(/index\.html$/, ''))
  const languagesIn = (html: string, pattern: RegExp): string[] =>
    [...html.matchAll(pattern)].map(([, lang = '']) => lang).sort()
  const hasPage = (name: string): string[] =>
    [...LANGUAGES, EDITION].filter((lang) => existsSync(join(built, lang, name))).sort()
  /** Runs code in the copy and returns what it logs as JSON. */
  const inCopy = (code: string, env: NodeJS.ProcessEnv = {}): unknown => {
    const args = ['--no-warnings', '--input-type=module', '--eval', code]
    const ran = spawnSync(process.execPath, args, {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    expect(ran.status, ran.stderr).toBe(0)
    return JSON.parse(ran.stdout)
  }

  test('The edition has its four pages and what they need, and no draft', () => {
    const own = pages().filter((path) => path.startsWith(`${EDITION}/`))
    expect(own.sort()).toEqual(PAGES.map((name) => `${EDITION}/${name && `${name}/`}`).sort())
    expect(existsSync(join(copy, 'content/pages', EDITION, 'rights.mdx'))).toBe(true)
    expect(filesUnder(built).filter((path) => path.startsWith(`paper/${EDITION}/`))).toEqual([])
  })

  test('Every link of the site leads to a page, in every language', () => {
    for (const path of pages())
      for (const [, href = ''] of page(path).matchAll(/<a [^>]*?href="\/([a-z]{2}\/[^"#]*)/g))
        expect(existsSync(join(built, href, 'index.html')), `${path} links to ${href}`).toBe(true)
  })

  test('A page names each language that has it, in its head and in its language switch', () => {
    for (const path of pages()) {
      const [, name = ''] = /^[a-z]{2}\/(.*)$/.exec(path) ?? []
      const html = page(path)
      const alternates = languagesIn(html, /rel="alternate" hreflang="([a-z]{2})"/g)
      if (alternates.length > 0) expect(alternates, path).toEqual(hasPage(name))
      const [, nav = ''] =
        /<nav (?:class="langs" )?aria-label="[^"]*">((?:<a [^>]*lang=.*?)+)<\/nav>/.exec(html) ?? []
      const linked = name === 'answer/thread/' ? 'answer/' : name
      if (name !== 'tell/sent/')
        expect(languagesIn(nav, /<a [^>]*?lang="([a-z]{2})"/g), path).toEqual(hasPage(linked))
    }
  })

  test('The pages without a language link to the edition', () => {
    for (const path of ['index.html', '404.html'])
      expect(readFileSync(join(built, path), 'utf8')).toContain(`href="/${EDITION}/"`)
  })

  test('The sitemaps and the list for assistants name the edition where a page exists', () => {
    const file = (path: string): string => readFileSync(join(built, path), 'utf8')
    const named = (text: string): string[] => [
      ...new Set(languagesIn(text, new RegExp(`nur\\.example/${EDITION}/([a-z/]*)[")<]`, 'g'))),
    ]
    const listed = ['', 'help/', 'signs/']
    expect(named(file(`${EDITION}/sitemap.xml`))).toEqual(listed)
    expect(named(file('uz/sitemap.xml'))).toEqual(listed)
    expect(named(file('llms.txt'))).toEqual(listed)
    expect(file('sitemap.xml')).toContain(`/${EDITION}/sitemap.xml`)
  })

  test('A link of the edition to another language says which, in words and to machines', () => {
    const { lang, words } = EDITION_RECORD.elsewhere
    const away = new RegExp(`<a [^>]*href="/${lang}/[a-z-]+/[^>]*>.*?</a>`, 'g')
    const links = page(EDITION).match(away) ?? []
    expect(links.length).toBeGreaterThan(5)
    for (const link of links) {
      expect(link).toContain(` hreflang="${lang}"`)
      expect(link.replace(/<[^>]*>/g, '')).toMatch(new RegExp(`\\(${words.replace(' ', '.')}\\)$`))
    }
    for (const each of LANGUAGES) expect(page(each)).not.toContain(words)
  })

  test('A build that leaves the edition out knows it nowhere', () => {
    const code =
      "const { languagesOf, hasPage } = await import('#site/i18n/languages.ts');" +
      "console.log(JSON.stringify([languagesOf(''), hasPage('vo', 'help')]))"
    expect(inCopy(code)).toEqual([[...LANGUAGES, EDITION], true])
    expect(inCopy(code, { OASIS_LEFT_OUT: EDITION })).toEqual([LANGUAGES, false])
  })

  test('The edge chooses the edition only when the build has it', () => {
    const code = (status: number): string => `
      const chooser = await import('#worker/forms/pages/choose-language')
      const words = await import('#worker/forms/pages/language')
      const fetch = async () => new Response('', { status: ${status} })
      const site = { origin: 'https://a.kg', assets: { fetch } }
      console.log(JSON.stringify([
        await chooser.preferredLanguage(site, 'vo, ur;q=0.5'),
        await chooser.requireLanguage(site, 'vo').catch(({ code }) => code),
        [words.sentence('vo', 'done.keep'), words.errorSentence('vo', 'internal')],
      ]))`
    const sentences: unknown = [/[áéíóú]/, /[áéíóú]/].map((each): unknown =>
      expect.stringMatching(each),
    )
    expect(inCopy(code(200))).toEqual([EDITION, EDITION, sentences])
    expect(inCopy(code(404))).toEqual(['ur', 'not_found', sentences])
    // A form must be accepted even when the page store fails.
    expect(inCopy(code(500))).toEqual([EDITION, EDITION, sentences])
  })

  test('The staff app names the language of a report from the edition, and is not in it', () => {
    const code =
      "const { OWN_NAMES, languages, isWholeLanguage } = await import('#content/languages.ts');" +
      "console.log(JSON.stringify([OWN_NAMES.vo, languages, isWholeLanguage('vo')]))"
    expect(inCopy(code)).toEqual([EDITION_RECORD.name, LANGUAGES, false])
  })

  test('A deployment leaves the edition out until all is signed and somebody answers', () => {
    const code =
      "const { leftOutOf } = await import('#scripts/content/editions');" +
      "console.log(JSON.stringify(leftOutOf('.').map(({ why }) => why)))"
    const [why] = inCopy(code) as string[]
    expect(why).toMatch(
      /^The edition vo is left out: no native speaker has signed signs, check\.json/,
    )
    expect(why).toContain('and foundation.json does not say who answers (answers-vo).')
  })
})
