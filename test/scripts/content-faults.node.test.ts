// Plants one mistake of each kind in a copy of content/, and reads the sentence reported for each.
// The sentence explains the fault and says what to do.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { languages } from '#content/languages.ts'
import { COUNTRY_PARTS, PAGE_PARTS } from '#content/parts.ts'
import { contentFaults } from '#scripts/content/content-faults'
import { faultWords, lineOfFault, sentenceOfFault } from '#scripts/content/fault'
import { root } from '#scripts/shared/paths'

const folder = mkdtempSync(join(tmpdir(), 'oasis-faults-'))
const restore = (path: string): void =>
  cpSync(join(root, 'content', path), join(folder, 'content', path), { recursive: true })
const changed = new Set<string>()
beforeAll(() => restore(''))
afterEach(() => {
  for (const path of changed) restore(path)
  changed.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const english = faultWords('en')

type Change = (text: string) => string
function change(path: string, to: Change): void {
  const file = join(folder, 'content', path)
  const text = readFileSync(file, 'utf8')
  const after = to(text)
  expect(after, path).not.toBe(text)
  writeFileSync(file, after)
  changed.add(path)
}
const swap =
  (from: string | RegExp, to: string): Change =>
  (text) =>
    text.replace(from, to)
const add =
  (words: string): Change =>
  (text) =>
    `${text}\n${words}\n`
/** Changes the first record that has this id. */
const record =
  (id: string, to: (fields: Record<string, unknown>) => Record<string, unknown>): Change =>
  (text) =>
    JSON.stringify(
      (JSON.parse(text) as Record<string, unknown>[]).map((each) =>
        each['id'] === id || each['country'] === id ? to(each) : each,
      ),
      null,
      2,
    )

const MYTHS = 'pages/ru/myths.mdx'
const KR = 'countries/ru/kr.mdx'

/** Each mistake: its kind, the file, the change, and words from the expected sentence. */
const MISTAKES: [kind: string, path: string, to: Change, words: RegExp][] = [
  ['part-unknown', MYTHS, add('<Box>x</Box>'), /no part <Box>.*list “Insert”/],
  ['part-unknown', KR, add('<Network />'), /no part <Network>/],
  ['part-open', MYTHS, add('<Checklist>\n\n- x'), /<Checklist> has no end/],
  ['part-close', MYTHS, add('</Fold>'), /<\/Fold> ends something that has not begun/],
  ['part-slash', MYTHS, add('<Picture name="door">'), /<Picture> holds no words/],
  ['part-empty', MYTHS, add('<Checklist />'), /<Checklist \/> is empty/],
  ['part-line', MYTHS, add('Words <Onward />'), /<Onward> needs a line of its own/],
  ['part-sign', MYTHS, add('Less < more'), /The sign < belongs to no part/],
  ['part-sign', MYTHS, add('{name}'), /The sign \{ belongs to no part/],
  ['part-needs', MYTHS, add('<Fold>\n\nx\n\n</Fold>'), /<Fold> lacks title/],
  ['part-attribute', MYTHS, add('<NightLine at="1" />'), /<NightLine> has no at/],
  ['part-value', MYTHS, add('<FirstSteps for="me" />'), /for “me”.*family, professionals/],
  ['part-value', KR, add('<Passage name="work" />'), /name “work”.*police, passport/],
  ['part-value', MYTHS, add("<Awaited keys={['no']} />"), /keys “no”/],
  ['picture-unknown', MYTHS, add('<Picture name="cat" />'), /no picture “cat”/],
  ['figure-unknown', MYTHS, add('<Figure id="unodc" />'), /“unodc” has no figure/],
  ['figure-unknown', MYTHS, add("<Figures ids={['no.such']} />"), /“no\.such” has no figure/],
  ['fact-unlisted', MYTHS, add('<Figure id="registered" />'), /Add it there/],
  ['valley-none', 'pages/ru/accessibility.mdx', add('<Valley />'), /Take <Valley \/> out/],
  ['fact-unknown', MYTHS, add('<FactText id="no.such" />'), /no fact “no\.such”/],
  ['fact-unknown', MYTHS, swap(/facts: \[/, 'facts: [no.such, '), /no fact “no\.such”/],
  ['fact-unlisted', MYTHS, add('<FactText id="unodc" />'), /Add it there, so that the page names/],
  ['number-unknown', MYTHS, add("<Contacts ids={['KG-99']} />"), /no number KG-99/],
  ['number-typed', MYTHS, add('Звоните +996 312 000 000.'), /\+996 312 000 000 is typed/],
  ['exclamation', MYTHS, add('Осторожно!'), /full stop/],
  ['link', MYTHS, add('[x](/ru/nowhere/)'), /\/ru\/nowhere\/ leads nowhere/],
  ['link', MYTHS, add('[x](http://example.org)'), /begins with https/],
  ['link-slash', MYTHS, add('[x](/ru/rights)'), /Write \/ru\/rights\//],
  ['link-heading', MYTHS, add('[x](/ru/professionals/#учитель)'), /Write one of these.*#учителю/],
  ['link-heading', MYTHS, add('[x](#нет)'), /#нет leads to a heading/],
  ['link-language', MYTHS, add('[x](/ky/rights/)'), /begins with \/ru\//],
  ['related', MYTHS, swap(/related: \[/, 'related: [nowhere, '), /no page “nowhere”/],
  ['related-many', MYTHS, swap(/related: .*/, 'related: [rights, signs, family, help]'), /three/],
  ['head-none', MYTHS, () => 'Words', /no head/],
  ['head-line', MYTHS, swap('reviewed:', 'reviewed\n:'), /cannot be read/],
  ['head-unknown', MYTHS, swap('reviewed:', 'colour: red\nreviewed:'), /unknown field, colour/],
  ['head-needs', MYTHS, swap(/title: .*\n/, ''), /The field title is empty/],
  ['head-reviewed', MYTHS, swap('reviewed: false', 'reviewed: no'), /true or false/],
  ['head-list', MYTHS, swap(/facts: .*/, 'facts: one'), /field facts must be a list/],
  ['head-country', KR, swap('country: KR', 'country: US'), /Write KR in the field/],
  ['text-empty', MYTHS, (text) => text.slice(0, text.indexOf('---\n\n') + 4), /text is empty/],
  ['parts-unlike', MYTHS, add('## Новое'), /built in another way than in ky/],
  [
    'number-danger',
    'countries.json',
    record('KR', (one) => ({ ...one, danger: 'KR-99' })),
    /KR names KR-99/,
  ],
  [
    'number-country',
    'contacts.json',
    record('KR-01', (one) => ({ ...one, country: 'ZZ' })),
    /is of ZZ, which/,
  ],
  [
    'number-prefix',
    'contacts.json',
    record('KG-09', (one) => ({ ...one, tel: '+992999312002' })),
    /begins with another code/,
  ],
  [
    'number-prefixless',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, tel: '+8215771366' })),
    /no code for KR/,
  ],
  [
    'number-display',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, tel: '15771367' })),
    /same digits/,
  ],
  [
    'number-note',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, note: { ky: '199 же', ru: '199', en: '199' } })),
    /number 199, which is in no record/,
  ],
  ['number-unknown', 'organisation.json', swap('"KG-01"', '"KG-77"'), /no number KG-77/],
  [
    'fact-words',
    'facts.json',
    record('oasis', (one) => ({ ...one, text: 'fact.no' })),
    /key fact\.no is missing/,
  ],
  [
    'country-text',
    'countries.json',
    record('EU', (one) => ({ ...one, page: true })),
    /EU has a page of its own and no text/,
  ],
  [
    'country-name',
    'strings/ru/tell.json',
    swap(/ {2}"country\.KR".*\n/, ''),
    /country KR has no name/,
  ],
  [
    'page-name',
    'strings/ru/site.json',
    swap(/ {2}"nav\.rights".*\n/, ''),
    /page “rights” has no name/,
  ],
  ['page-lost', 'added-pages.json', () => '["no-text"]', /names “no-text”, and there is no text/],
  [
    'record-source',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, sources: [] })),
    /KR-02 has no source/,
  ],
  [
    'record-green',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, status: 'AMBER' })),
    /KR-02 is not GREEN/,
  ],
  ['record-twice', 'links.json', swap('"KG-21"', '"KG-13"'), /KG-13 stands twice/],
  [
    'record-empty',
    'contacts.json',
    record('KR-02', ({ scope: _, ...one }) => one),
    /the field scope is empty/,
  ],
  [
    'record-unknown',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, fax: '1' })),
    /knows the field fax/,
  ],
  [
    'record-choice',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, certainty: 'V9' })),
    /V1, V2/,
  ],
  [
    'record-form',
    'contacts.json',
    record('KR-02', (one) => ({ ...one, lastChecked: 'May' })),
    /lastChecked/,
  ],
  [
    'record-form',
    'countries.json',
    swap('"country": "KR"', '"country": 5'),
    /:\d+: № 6: the words of the field country/,
  ],
  [
    'record-says',
    'organisation.json',
    swap(/"soft": "#[0-9a-f]{6}"/, '"soft": "#dddddd"'),
    /needs 7/,
  ],
  [
    'story-name',
    'stories/call.json',
    swap('"id": "call"', '"id": "calls"'),
    /story with another id/,
  ],
  ['key-form', 'strings/ru/errors.json', swap('"error.', '"Error.'), /small Latin letters/],
  [
    'key-empty',
    'strings/ru/site.json',
    swap(/"nav\.rights": ".*"/, '"nav.rights": " "'),
    /nav\.rights is empty/,
  ],
  [
    'key-text',
    'strings/ru/site.json',
    swap(/"nav\.rights": ".*"/, '"nav.rights": 1'),
    /holds no words/,
  ],
  [
    'key-missing',
    'strings/ru/errors.json',
    swap(/ {2}"error\.[^\n]*\n/, ''),
    /is missing\. Translate/,
  ],
  [
    'key-extra',
    'strings/ru/site.json',
    swap('{', '{ "own.key": "x",'),
    /own\.key does not exist in ky/,
  ],
  [
    'key-places',
    'strings/ru/site.json',
    swap(/"nav\.rights": ".*"/, '"nav.rights": "{n}"'),
    /places in braces/,
  ],
  ['key-twice', 'strings/ru/tell.json', swap('{', '{ "nav.rights": "x",'), /also stands in/],
  ['json', 'contacts.json', swap(',', ''), /no JSON from this line/],
  ['recording', 'recordings.json', swap('"help"', '"nowhere"'), /recording does not fit/],
  [
    'waiver',
    'waivers.json',
    () => '[{"id":"x","who":"x","day":"2026-12-01","reason":"x"}]',
    /waiver does not fit/,
  ],
]

describe('the check of content', () => {
  test('The content of this project has no fault', () => {
    expect(contentFaults(folder)).toEqual([])
  })

  test.each(MISTAKES)(
    'A mistake of the kind %s in %s is named in words',
    (kind, path, to, words) => {
      change(path, to)
      const faults = contentFaults(folder).filter((each) => each.kind === kind)
      const lines = faults.map((each) => lineOfFault(each, english))
      expect(lines.join('\n')).toMatch(words)
      const own = faults.find((each) => each.path === `content/${path}`)
      expect(own, lines.join('\n')).toBeDefined()
    },
  )

  test('A fault names the line on which it stands', () => {
    const file = join(folder, 'content', MYTHS)
    const count = readFileSync(file, 'utf8').split('\n').length
    change(MYTHS, add('[x](/ru/nowhere/)'))
    expect(contentFaults(folder)).toMatchObject([{ line: count + 1, kind: 'link' }])
  })

  test('Years, days, sums and the address of a link are no telephone numbers', () => {
    const link = '[x](https://example.org/2024/996312000000)'
    change(MYTHS, add(`2019-2024, 2026-11-29, 1 000 000 сом, ${link}.`))
    expect(contentFaults(folder)).toEqual([])
  })

  test('A broken file names the line of the wrong sign, wherever the message has it', () => {
    change('waivers.json', () => '[\n{\n"id": \'x\',\n"who": "y"\n}\n]\n')
    expect(contentFaults(folder)).toMatchObject([{ line: 3, kind: 'json' }])
    change('waivers.json', () => '[\n1\n2]\n')
    expect(contentFaults(folder)).toMatchObject([{ line: 3, kind: 'json' }])
  })

  test('A number in a note is named at the line of the note', () => {
    const note = { ky: '199 же', ru: '199', en: '199' }
    change(
      'contacts.json',
      record('KR-02', (one) => ({ ...one, note })),
    )
    const lines = readFileSync(join(folder, 'content/contacts.json'), 'utf8').split('\n')
    const own = lines.findIndex((line) => line.includes('"id": "KR-02"'))
    const at = lines.findIndex((line, place) => place > own && line.includes('"note":')) + 1
    expect(contentFaults(folder)).toContainEqual(
      expect.objectContaining({ kind: 'number-note', line: at }),
    )
  })

  test('The second of two records with one id is named at its own place', () => {
    change('links.json', (text) => {
      const records = JSON.parse(text) as unknown[]
      return JSON.stringify([...records, records[0]], null, 2)
    })
    const lines = readFileSync(join(folder, 'content/links.json'), 'utf8').split('\n')
    const last = lines.findLastIndex((line) => line.includes('"id":')) + 1
    expect(contentFaults(folder)).toContainEqual(
      expect.objectContaining({ kind: 'record-twice', line: last }),
    )
  })

  test('Every kind of fault has a sentence in every language, with the same places', () => {
    const keys = Object.keys(english).filter((key) => key.startsWith('editor.fault.'))
    const planted = new Set(MISTAKES.map(([kind]) => kind))
    // Other tests plant these mistakes, and `other` quotes another program.
    const elsewhere = ['folder', 'page-orphan', 'country-orphan', 'country-hidden', 'text-missing']
    const rest = [...elsewhere, 'strings-extra', 'strings-missing', 'edition', 'other']
    for (const key of keys)
      expect([...planted, ...rest]).toContain(key.replace('editor.fault.', ''))
    for (const lang of languages)
      for (const kind of planted)
        expect(
          sentenceOfFault({ path: '', line: null, kind, values: {} }, faultWords(lang)),
        ).not.toBe('')
  })

  test('A page, a country and a language without their files or their place are named', () => {
    const source = readFileSync(join(folder, 'content', MYTHS), 'utf8')
    for (const lang of languages) {
      writeFileSync(
        join(folder, `content/pages/${lang}/lost.mdx`),
        source.replaceAll('/ru/', `/${lang}/`),
      )
      writeFileSync(
        join(folder, `content/countries/${lang}/zz.mdx`),
        readFileSync(join(folder, `content/countries/${lang}/kr.mdx`), 'utf8').replace('KR', 'ZZ'),
      )
    }
    rmSync(join(folder, 'content/pages/en/about.mdx'))
    change(
      'countries.json',
      record('KR', (one) => ({ ...one, page: false })),
    )
    const kinds = contentFaults(folder).map(({ path, kind }) => `${kind} ${path}`)
    for (const lang of languages) {
      expect(kinds).toContain(`page-orphan content/pages/${lang}/lost.mdx`)
      expect(kinds).toContain(`country-orphan content/countries/${lang}/zz.mdx`)
    }
    expect(kinds).toContain('country-hidden content/countries/ru/kr.mdx')
    expect(kinds).toContain('text-missing content/pages/en/about.mdx')
    rmSync(join(folder, 'content/pages/en'), { recursive: true })
    expect(contentFaults(folder)).toMatchObject([{ kind: 'folder', path: 'content/pages/en' }])
    mkdirSync(join(folder, 'content/pages/en'))
    writeFileSync(join(folder, 'content/strings/en/new.json'), '{}')
    rmSync(join(folder, 'content/strings/en/offer.json'))
    const strings = contentFaults(folder).map(({ kind }) => kind)
    expect(strings).toEqual(expect.arrayContaining(['strings-extra', 'strings-missing']))
  })
})

test('The parts that the check allows are those that the pages can show', () => {
  const shown = (path: string): string[] => {
    const source = readFileSync(join(root, 'site/pages/[lang]', path), 'utf8')
    const [, list = ''] = /components(?: =|=\{)\s*\{([^}]*)\}/.exec(source) ?? []
    return list.split(',').flatMap((each) => each.split(':')[0]?.trim() || [])
  }
  const namesOf = (parts: typeof PAGE_PARTS): string[] =>
    parts.map(({ name }) => name).filter((name) => name !== 'p')
  expect(namesOf(PAGE_PARTS).sort()).toEqual(shown('[page].astro').sort())
  expect(namesOf(COUNTRY_PARTS).sort()).toEqual(shown('country/[code].astro').sort())
})
