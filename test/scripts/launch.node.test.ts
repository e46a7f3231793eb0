import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cards } from '#content/published.ts'
import { nativeReadersSchema } from '#content/launch-records.ts'
import { launchOf, launchRefusals } from '#scripts/content/launch'
import { pageTexts, stringFiles } from '#scripts/content/texts'
import { readJson } from '#scripts/content/read-file'
import { root } from '#scripts/shared/paths'
import { languages } from '#content/languages.ts'

const waiver = { who: 'A. Name', day: '2026-12-01', reason: 'the site is tried out by the staff' }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-launch-'))
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const pathOf = (file: string): string => join(folder, 'content', file)
const idsOf = (lines: readonly string[]): string[] => lines.map((line) => line.split(': ')[0] ?? '')
const openIds = (): string[] => idsOf(launchOf(folder).open)
const waive = (...waivers: object[]): void =>
  writeFileSync(pathOf('waivers.json'), JSON.stringify(waivers))
function change(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(pathOf(file), 'utf8')
  expect(text.replace(from, to), file).not.toBe(text)
  writeFileSync(pathOf(file), text.replace(from, to))
}

describe('open questions', () => {
  test('A fact of the Foundation is an open question until the Foundation has confirmed it', () => {
    for (const key of ['night', 'readers', 'replyTime', 'dutyToReport', 'help', 'phone', 'email'])
      expect(openIds()).toContain(`foundation.${key}`)
    for (const key of ['hours', 'retention', 'familyAdvice', 'careTexts', 'exit'])
      expect(openIds()).toContain(`foundation.${key}`)
    for (const key of ['minorConsent', 'years', 'projectName', 'helped'])
      expect(openIds()).toContain(`foundation.${key}`)
    for (const key of ['address', 'registration', 'people', 'press', 'partners', 'report', 'money'])
      expect(openIds()).toContain(`foundation.${key}`)
    for (const key of ['leaving', 'blackmail', 'journalists'])
      expect(openIds()).toContain(`foundation.${key}`)
    change('foundation.json', '"provisional"', '"green"')
    expect(openIds()).not.toContain('foundation.exit')
  })

  test('Each number and each address is an open question until its test has succeeded', () => {
    expect(openIds()).toEqual(expect.arrayContaining(['contacts.KG-01', 'network.la-strada']))
    change('contacts.json', '"launchTest": "pending"', '"launchTest": "passed"')
    expect(openIds()).not.toContain('contacts.KG-01')
    expect(openIds()).toContain('contacts.KG-02')
  })

  test('A number whose hours no source says comes with the question to ask on the phone', () => {
    const lineOf = (id: string): string =>
      launchOf(folder).open.find((line) => line.startsWith(`${id}: `)) ?? ''
    expect(lineOf('contacts.KG-09')).toContain('Ask, as no source says it: at which hours')
    expect(lineOf('contacts.TR-02')).not.toContain('at which hours')
    expect(lineOf('network.la-strada')).not.toContain('Ask, as')
  })

  test('Each card is an open question until a native speaker and the Foundation sign it', () => {
    expect(openIds()).toEqual(expect.arrayContaining(cards.map(({ id }) => `cards.${id}`)))
    const who = { who: 'A. Name', day: '2026-12-01' }
    const signed = `"signed": ${JSON.stringify({ native: who, foundation: who })}`
    change('cards.json', '"signed": null', signed)
    expect(openIds()).not.toContain('cards.ru')
    expect(openIds()).toContain('cards.kk')
  })

  test('The weights of the signs are an open question until a specialist has agreed', () => {
    expect(openIds()).toContain('offer-check.weights')
    change('offer-check.json', '"weightsReviewed": false', '"weightsReviewed": true')
    expect(openIds()).not.toContain('offer-check.weights')
  })

  test('A language is an open question until native speakers have read all its texts', () => {
    expect(openIds()).toEqual(expect.arrayContaining(['native.ky', 'native.ru', 'native.en']))
    for (const { path } of pageTexts(folder).filter(({ lang }) => lang === 'ru'))
      if (path.endsWith('.json')) change(path, '"ru": false', '"ru": true')
      else change(path, 'reviewed: false', 'reviewed: true')
    expect(openIds()).toContain('native.ru')
    const files = stringFiles(folder).filter(({ lang }) => lang === 'ru')
    change('reviewed.json', '"ru": []', `"ru": ${JSON.stringify(files.map(({ file }) => file))}`)
    expect(openIds()).not.toContain('native.ru')
    expect(openIds()).toContain('native.ky')
  })
})

describe('a waiver', () => {
  test('A waiver removes its question from the list and names the responsible person', () => {
    waive({ id: 'foundation.night', ...waiver })
    expect(openIds()).not.toContain('foundation.night')
    expect(openIds()).toContain('foundation.readers')
    expect(launchOf(folder).waived).toEqual([
      'foundation.night: A. Name, 2026-12-01: the site is tried out by the staff',
    ])
    expect(launchOf(folder).faults).toEqual([])
  })

  test('Waivers of all open questions open the site, and a missing waiver keeps it closed', () => {
    const all = openIds()
    waive(...all.map((id) => ({ id, ...waiver })))
    expect(launchRefusals(folder)).toEqual([])
    waive(...all.slice(1).map((id) => ({ id, ...waiver })))
    expect(launchRefusals(folder)).toEqual([
      expect.stringContaining(all[0] ?? '?'),
      expect.stringContaining('docs/operations/first-deployment.md'),
    ])
  })

  test('A waiver of an unknown or a settled question is refused', () => {
    change('offer-check.json', '"weightsReviewed": false', '"weightsReviewed": true')
    waive({ id: 'foundation.nights', ...waiver }, { id: 'offer-check.weights', ...waiver })
    expect(launchOf(folder).faults).toEqual([
      expect.stringContaining('no question foundation.nights'),
      expect.stringContaining('offer-check.weights is settled'),
    ])
    expect(launchRefusals(folder).join()).toContain('foundation.nights')
  })

  test.each([
    ['without a name', { ...waiver, who: ' ' }],
    ['without a reason', { ...waiver, reason: '' }],
    ['without a day', { ...waiver, day: 'soon' }],
    ['with an unknown field', { ...waiver, until: '2027' }],
  ])('A waiver %s waives nothing and is refused', (_what, fields) => {
    waive({ id: 'foundation.night', ...fields })
    expect(launchOf(folder).faults).not.toEqual([])
    expect(openIds()).toContain('foundation.night')
  })

  test('Two waivers of the same question are refused', () => {
    waive({ id: 'foundation.night', ...waiver }, { id: 'foundation.night', ...waiver })
    expect(launchOf(folder).faults).not.toEqual([])
  })
})

const readStrings = (path: string): Record<string, string> =>
  readJson(root, path) as Record<string, string>

test('Every question to a native reader quotes words that appear in the place it names', () => {
  const questions = nativeReadersSchema.parse(readJson(root, 'native-readers.json'))
  const pages = pageTexts(root)
  const records = ['contacts', 'network'].flatMap((file) =>
    (readJson(root, `${file}.json`) as { id: string }[]).map(
      (record) => [`${file}.${record.id}`, JSON.stringify(record)] as const,
    ),
  )
  for (const lang of languages) {
    const places = new Map<string, string>([
      ...stringFiles(root)
        .filter((strings) => strings.lang === lang && strings.file !== 'replies.json')
        .flatMap(({ file }) => Object.entries(readStrings(`strings/${lang}/${file}`))),
      ...pages
        .filter((text) => text.lang === lang)
        .map(({ page, source }) => [`pages/${page}`, source.replaceAll('\n', ' ')] as const),
      ...records,
      // The offer check keeps its word stems in a separate file.
      ['offer-check.json', JSON.stringify(readJson(root, 'offer-check.json'))],
      ['templates', JSON.stringify(readJson(root, `templates/${lang}.json`))],
    ])
    for (const { where, now } of questions[lang])
      for (const part of now.split(' … '))
        expect(places.get(where), `${lang} ${where}`).toContain(part)
  }
})
