// Tests the forms of `npm run edit` for a new country and a new page, and the list of changes.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { contentFaults } from '#scripts/content/content-faults'
import { changesIn } from '#scripts/edit/changes'
import { makeCountry } from '#scripts/edit/new-country'
import { makePage } from '#scripts/edit/new-page'
import { root } from '#scripts/shared/paths'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-new-'))
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const TODAY = '2026-12-01'
const each = (text: string) => Object.fromEntries(languages.map((lang) => [lang, text]))
const texts = {
  names: each('Words'),
  descriptions: each('A line: of words.'),
  leads: each('Lead.'),
}
const headings = () => ({ police: 'Police', passport: 'Passport' })
const country = { code: 'IT', prefix: '+39', danger: 'EU-01', ...texts }
const number = {
  display: '+39 06 00 00',
  tel: '+39060000',
  number: each('Line'),
  audience: each('everybody'),
  scope: each('everywhere'),
  source: 'example.org',
  latestSource: '2026',
}
const read = (path: string): string => readFileSync(join(folder, 'content', path), 'utf8')

test('A new country gets its texts, its name, its line in the list, and no fault is left', () => {
  const changes = changesIn(folder)
  expect(makeCountry(folder, country, headings, TODAY)).toEqual({
    file: `content/countries/${languages[0]}/it.mdx`,
  })
  expect(contentFaults(folder)).toEqual([])
  expect(read('countries/ru/it.mdx')).toContain("description: 'A line: of words.'")
  expect(read('countries/ru/it.mdx')).toContain('<Passage name="police" />')
  expect(changes()).toEqual([
    'content/countries.json',
    ...languages.map((lang) => `content/countries/${lang}/it.mdx`).sort(),
    ...languages.map((lang) => `content/strings/${lang}/tell.json`).sort(),
  ])
})

test('A number that an editor adds with a country is a record with its source', () => {
  makeCountry(folder, { ...country, danger: 'new', ...number }, headings, TODAY)
  expect(contentFaults(folder)).toEqual([])
  const contacts = JSON.parse(read('contacts.json')) as { id: string }[]
  expect(contacts.at(-1)).toMatchObject({
    id: 'IT-01',
    tel: '+39060000',
    sources: ['example.org'],
    launchTest: 'pending',
    lastChecked: TODAY,
  })
})

test('A form with a fault names the field and writes nothing', () => {
  const wrong: [object, string, string][] = [
    [{ ...country, code: 'it' }, 'code', 'form.code'],
    [{ ...country, code: 'RU' }, 'code', 'form.taken'],
    [{ ...country, prefix: '39' }, 'prefix', 'form.prefix'],
    [{ ...country, danger: '' }, 'danger', 'form.empty'],
    [{ ...country, names: { ...each('x'), ky: ' ' } }, 'names.ky', 'form.empty'],
    [{ ...country, danger: 'new', ...number, tel: '06 00' }, 'tel', 'form.tel'],
    [{ ...country, danger: 'new', ...number, source: '' }, 'source', 'form.empty'],
  ]
  for (const [form, field, key] of wrong)
    expect(makeCountry(folder, form, headings, TODAY)).toEqual({ faults: [{ field, key }] })
  const page = { name: 'work-visa', ...texts }
  for (const [name, key] of [
    ['Work', 'form.name'],
    ['rights', 'form.taken'],
    ['tell', 'form.taken'],
  ])
    expect(makePage(folder, { ...page, name })).toEqual({ faults: [{ field: 'name', key }] })
  expect(existsSync(join(folder, 'content/countries/ky/it.mdx'))).toBe(false)
})

test('A new page gets its texts, its name in the menu and its line in the list, once', () => {
  const page = { name: 'work-visa', ...texts }
  expect(makePage(folder, page)).toEqual({ file: `content/pages/${languages[0]}/work-visa.mdx` })
  expect(contentFaults(folder)).toEqual([])
  expect(read('added-pages.json')).toBe('[\n  "work-visa"\n]\n')
  expect(read('strings/en/site.json')).toContain('"nav.work-visa": "Words"')
  expect(makePage(folder, page)).toEqual({ faults: [{ field: 'name', key: 'form.taken' }] })
})

test('A new text overwrites no text of any language, and its number takes a free id', () => {
  const kept = 'content/pages/en/work-visa.mdx'
  writeFileSync(join(folder, kept), 'Kept.')
  expect(makePage(folder, { name: 'work-visa', ...texts })).toEqual({
    faults: [{ field: 'name', key: 'form.taken' }],
  })
  expect(read('pages/en/work-visa.mdx')).toBe('Kept.')
  writeFileSync(join(folder, 'content/countries/ru/it.mdx'), 'Kept.')
  expect(makeCountry(folder, country, headings, TODAY)).toEqual({
    faults: [{ field: 'code', key: 'form.taken' }],
  })
  rmSync(join(folder, 'content/countries/ru/it.mdx'))
  const contacts = JSON.parse(read('contacts.json')) as { id: string }[]
  const path = join(folder, 'content/contacts.json')
  writeFileSync(path, JSON.stringify([...contacts, { ...contacts[0], id: 'IT-01' }]))
  makeCountry(folder, { ...country, danger: 'new', ...number }, headings, TODAY)
  expect((JSON.parse(read('contacts.json')) as { id: string }[]).at(-1)?.id).toBe('IT-02')
})

test('A line break in a name or in a lead becomes a space', () => {
  const broken = { names: each('Two\nlines'), descriptions: each('A\n\nB'), leads: each('C\n\nD') }
  makePage(folder, { name: 'work-visa', ...broken })
  expect(contentFaults(folder)).toEqual([])
  const text = read('pages/ru/work-visa.mdx')
  expect(text).toContain('title: Two lines\ndescription: A B\n')
  expect(text).toContain('<p class="lead">C D</p>')
})

test('A file that a person changes is among the changes, as git knows it or without git', () => {
  const changes = changesIn(folder)
  expect(changes()).toEqual([])
  writeFileSync(join(folder, 'content/waivers.json'), '[ ]\n')
  expect(changes()).toEqual(['content/waivers.json'])
})
