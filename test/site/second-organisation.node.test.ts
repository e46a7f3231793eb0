// Builds the site of a made-up second organisation from the same code. Only its content folder
// differs: other names, another country's numbers, Uzbek, and right-to-left Urdu.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { measureSite } from '#scripts/lab/budgets/measure'
import { filesUnder, testDir } from '#scripts/shared/paths'
import { buildCopy, copyProject } from '#scripts/test/site'
import { writeSecondContent } from '../second-organisation/make-content.ts'
import { LANGUAGES, OWN } from '../second-organisation/words.ts'

const copy = join(testDir, 'second')
const built = join(copy, 'dist')
const page = (path: string): string => readFileSync(join(built, path, 'index.html'), 'utf8')

beforeAll(async () => {
  copyProject(copy)
  writeSecondContent(copy)
  const { code, output } = await buildCopy(copy)
  expect(code, output).toBe(0)
}, 240_000)

/** Words of Oasis. Labels in signatures and stored reports do not count as names. */
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
