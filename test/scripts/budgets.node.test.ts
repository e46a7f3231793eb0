import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { boundOf, measurePage } from '#scripts/lab/budgets/measure'
import { measureStrings } from '#scripts/lab/budgets/measure-strings'
import { randomBytes } from '#protocol/bytes'

let dist: string
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'oasis-budgets-'))
})
afterEach(() => rmSync(dist, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dist, path)), { recursive: true })
  writeFileSync(join(dist, path), text)
}

test('Each page has the limit of its kind', () => {
  expect(boundOf('/ky/tell/')).toBe(10_240)
  expect(boundOf('/ru/answer/')).toBe(8_192)
  expect(boundOf('/en/help/')).toBe(8_192)
  expect(boundOf('/ky/')).toBe(12_288)
  expect(boundOf('/staff/')).toBe(92_160)
})

test('A page counts with every file that it loads at once, and without its links', () => {
  write(
    'ky/index.html',
    '<link rel=stylesheet href=/a.css><script type="module" src="/a.js"></script>' +
      '<a href="https://example.org/">x</a><img src="data:,">',
  )
  write('a.css', '@import "b.css"; p{background:url(/p.svg)}')
  write('b.css', '')
  write('p.svg', '')
  write('a.js', 'import{x}from"./c.js";import"./d.js";const later=()=>import("./late.js")')
  write('c.js', 'export const x=1')
  write('d.js', '')
  write('late.js', '')
  const { parts, faults } = measurePage(dist, 'ky/index.html')
  expect(parts).toBe(7)
  expect(faults).toEqual([])
})

/** Returns the loader for the strings of a language, as Vite writes it. */
const loaderOf = (lang: string, file: string): string =>
  `"../../../content/strings/${lang}/staff.json":` +
  `()=>i(()=>import(\`./${file}\`).then(e=>e.default),[])`

test('The strings of the staff app are weighed in each language, against their own bound', () => {
  const heavy = Buffer.from(randomBytes(40_000)).toString('base64')
  write(
    '_astro/app.AAAA1111.js',
    `const x={${loaderOf('ky', 'staff.BBBB2222.js')},${loaderOf('ru', 'staff.CC-C3_33.js')}}`,
  )
  write('_astro/staff.BBBB2222.js', `export default{"a":"${heavy}"}`)
  write('_astro/staff.CC-C3_33.js', 'export default{"a":"b"}')
  const [ky, ru, ...others] = measureStrings(dist)
  expect([ky?.address, ru?.address, others]).toEqual([
    '/staff/ strings ky',
    '/staff/ strings ru',
    [],
  ])
  expect(ky?.faults).toEqual([expect.stringMatching(/above the bound$/)])
  expect([ru?.faults, (ru?.bytes ?? 0) > 0]).toEqual([[], true])
})

test('A build in which no strings of the staff app are found is refused', () => {
  write('_astro/app.AAAA1111.js', 'import("./other.js")')
  expect(measureStrings(dist).map(({ faults }) => faults)).toEqual([
    ['the build has no strings of the staff app'],
  ])
})

test('R29: A lifeline page with a sub-resource is refused', () => {
  write('ky/tell/index.html', '<img src="/x.png">')
  write('x.png', '')
  expect(measurePage(dist, 'ky/tell/index.html').faults).toEqual([
    'must be one response, but loads x.png',
  ])
})

test('A recording that nobody plays adds no bytes and no request', () => {
  write('ky/help/index.html', '<audio controls preload="none" src="/audio/ky/a.opus"></audio>')
  expect(measurePage(dist, 'ky/help/index.html')).toMatchObject({ parts: 1, faults: [] })
})

test('R13: A load from another host by a script element or a style is refused', () => {
  write(
    'ky/index.html',
    '<script src="//evil.example/a.js"></script>' +
      '<style>p{background:url(https://evil.example/p.png)}</style>',
  )
  expect(measurePage(dist, 'ky/index.html').faults).toHaveLength(2)
})

test('R29: A page above its limit is refused', () => {
  write('ky/help/index.html', `<p>${Buffer.from(randomBytes(9_000)).toString('base64')}</p>`)
  expect(measurePage(dist, 'ky/help/index.html').faults).toEqual([
    expect.stringMatching(/above the bound$/),
  ])
})
