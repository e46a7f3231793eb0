// Tests the check of an edition's texts, and which editions a deployment omits.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { editionFaults, leftOutOf } from '#scripts/content/editions'
import { stringFaults } from '#scripts/content/string-faults'
import { root } from '#scripts/shared/paths'

const record = { name: 'Tešt', pages: ['', 'signs'], elsewhere: { lang: 'ru', words: 'iñ R' } }
let folder: string
const pathOf = (file: string): string => join(folder, 'content', file)
const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(pathOf(file), 'utf8')) as Record<string, unknown>
const write = (file: string, value: unknown): void =>
  writeFileSync(pathOf(file), typeof value === 'string' ? value : JSON.stringify(value))
const change = (file: string, values: object): void => write(file, { ...read(file), ...values })

const SIGNED = ['site.json', 'editions.json']
const answers = (status: string, value: string | null): object => ({
  'answers-xa': { note: 'Who answers.', value, status },
})
const page = (isReviewed: boolean): string =>
  `---\ntitle: Signs\ndescription: Signs\nreviewed: ${isReviewed}\n---\n\nText.\n`
const why = (): string[] => leftOutOf(folder).map((each) => each.why)

/** Makes a fully signed edition, with somebody who answers in that language. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-editions-'))
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true })
  for (const path of ['strings/xa', 'pages/xa']) mkdirSync(pathOf(path))
  write('editions.json', { xa: record })
  write('strings/xa/site.json', { 'nav.home': 'Höme' })
  write('pages/xa/signs.mdx', page(true))
  change('reviewed.json', { xa: SIGNED })
  change('native-readers.json', { xa: [] })
  change('foundation.json', answers('green', 'A colleague.'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a deployment', () => {
  test('A signed edition goes out when somebody answers in it', () => {
    expect(leftOutOf(folder)).toEqual([])
  })

  test('A page that no native speaker has signed keeps the edition out', () => {
    write('pages/xa/signs.mdx', page(false))
    expect(why()).toEqual(['The edition xa is left out: no native speaker has signed signs.'])
  })

  test('A page that the edition does not name need not be signed', () => {
    write('pages/xa/rights.mdx', page(false))
    expect(why()).toEqual([])
  })

  test('A file of strings that no native speaker has signed keeps the edition out', () => {
    change('reviewed.json', { xa: ['editions.json'] })
    expect(why()).toEqual(['The edition xa is left out: no native speaker has signed site.json.'])
    write('strings/xa/tell.json', { 'tell.title': 'Téll' })
    expect(why().join()).toContain('has signed site.json, tell.json.')
  })

  test('A sentence that a native speaker has to judge keeps the edition out', () => {
    change('native-readers.json', { xa: [{ where: 'nav.home', now: 'Höme' }] })
    expect(why().join()).toContain('has signed native-readers.json.')
  })

  test('A record with a sentence in the language must be signed too', () => {
    const contacts = readFileSync(pathOf('contacts.json'), 'utf8')
    write('contacts.json', contacts.replace('"en": ', '"xa": "Pölice",\n"en": '))
    expect(why().join()).toContain('has signed contacts.json.')
    change('reviewed.json', { xa: [...SIGNED, 'contacts.json'] })
    expect(why()).toEqual([])
  })

  test('A story of the edition must be signed, and no story of other languages', () => {
    const pages = ['', 'signs', 'stories/call']
    write('editions.json', { xa: { ...record, pages } })
    expect(why().join()).toContain('has signed stories/call.json.')
    const { reviewed } = read('stories/call.json')
    change('stories/call.json', { reviewed: { ...(reviewed as object), xa: true } })
    expect(why()).toEqual([])
  })

  test('An edition in whose language nobody answers stays out, and a waiver does not help', () => {
    change('foundation.json', answers('awaiting', null))
    const waiver = { id: 'foundation.answers-xa', who: 'A', day: '2026-12-01', reason: 'r' }
    write('waivers.json', [waiver])
    expect(why()).toEqual([
      'The edition xa is left out: foundation.json does not say who answers (answers-xa).',
    ])
  })

  test('An edition without a list of signed files stays out', () => {
    const { ky, ru, en } = read('reviewed.json')
    write('reviewed.json', { ky, ru, en })
    expect(why().join()).toContain('has signed site.json, editions.json.')
  })
})

describe('the check of content', () => {
  test('An edition without faults has none, although most texts are missing', () => {
    expect(editionFaults(folder)).toEqual([])
    expect(stringFaults(folder)).toEqual([])
  })

  test('A page that the edition names and nobody has written is named', () => {
    rmSync(pathOf('pages/xa/signs.mdx'))
    expect(editionFaults(folder)).toEqual(['editions.json xa: signs has no text'])
    write('editions.json', { xa: { ...record, pages: ['', 'country/kz'] } })
    expect(editionFaults(folder)).toEqual(['editions.json xa: country/kz has no text'])
  })

  test('An edition with the form needs each sentence that the edge writes', () => {
    write('editions.json', { xa: { ...record, pages: ['', 'signs', 'tell'] } })
    write('strings/xa/errors.json', { ...read('strings/en/errors.json'), 'error.internal': null })
    const { 'done.keep': left, ...rest } = read('strings/en/tell.json')
    expect(left).toBeDefined()
    write('strings/xa/tell.json', rest)
    expect(editionFaults(folder)).toEqual(['strings/xa/tell.json: done.keep is missing'])
    rmSync(pathOf('strings/xa/errors.json'))
    expect(editionFaults(folder)).toContain('strings/xa/errors.json: error.internal is missing')
  })

  test('A string of no other language, an empty one and another placeholder are named', () => {
    write('strings/xa/site.json', { 'nav.homes': 'A', 'nav.home': ' ', 'help.checked': 'At {day}' })
    write('strings/xa/tell.json', { 'help.checked': 'At {day}' })
    const found = stringFaults(folder).map(({ path, kind, values }) => [path, kind, values['key']])
    expect(found).toEqual(
      expect.arrayContaining([
        ['content/strings/xa/site.json', 'key-empty', 'nav.home'],
        ['content/strings/xa/site.json', 'key-extra', 'nav.homes'],
        ['content/strings/xa/tell.json', 'key-places', 'help.checked'],
      ]),
    )
  })

  test('A record that does not fit is named by its path', () => {
    write('editions.json', { xa: { ...record, pages: ['signs'] } })
    expect(editionFaults(folder)).toEqual(['editions.json xa.pages: must name the home page, ""'])
  })
})
