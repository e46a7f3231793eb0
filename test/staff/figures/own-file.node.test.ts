import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownFile } from '#site/staff/figures/own-file.ts'
import { figureWordsFrom } from '#site/staff/figures/words.tsx'
import { yearlyRows } from '#site/staff/figures/yearly-tables-view.tsx'
import type { OwnTable } from '#site/staff/figures/own-tables.ts'

const tableOf = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(`content/strings/ru/${name}.json`, 'utf8')) as Record<string, string>
const words = figureWordsFrom('ru', tableOf('staff-figures'), tableOf('staff-case'))
const TABLE: OwnTable = {
  name: 'help',
  rows: [
    { code: 'legal', n: 44 },
    { code: 'work', n: 4 },
  ],
  total: 47,
}

/** Imitates the page of a trial organisation, or of a real one. */
const stubPage = (dataset: Record<string, string>): unknown =>
  vi.stubGlobal('document', { getElementById: () => ({ dataset }) })

beforeEach(() => stubPage({}))
afterEach(() => vi.unstubAllGlobals())

test('A file writes 1–10 for a small number, and rounds its sum', () => {
  expect(ownFile(TABLE, '2026', false, words)).toEqual({
    name: 'pomoshch-2026.csv',
    text: 'что;число\r\nюрист;44\r\nработа или учёба;1–10\r\n' + 'всего, округлено до 5;45\r\n',
  })
})

test('A file for us only says so in its name and first line, and has exact numbers', () => {
  const { name, text } = ownFile(TABLE, '2026', true, words)
  expect(name).toBe('tolko-dlya-nas-pomoshch-2026.csv')
  expect(text.split('\r\n')).toEqual([
    ...['Только для нас. Не передавать.', 'что;число', 'юрист;44', 'работа или учёба;4'],
    ...['всего;47', ''],
  ])
})

test('A file of a trial organisation says in its name and first line that it is invented', () => {
  stubPage({ trial: '' })
  const { name, text } = ownFile(TABLE, '2026', false, words)
  expect(name).toBe('proba-pomoshch-2026.csv')
  expect(text.split('\r\n')[0]).toBe('Пробная организация: люди и числа выдуманы.')
})

test('A yearly line names all its categories, and "most" in words', () => {
  const table = {
    table: 'country' as const,
    lines: [
      { codes: ['KZ'], people: 'most' as const },
      { codes: ['TR', 'elsewhere', 'unknown'], people: 15 },
    ],
  }
  expect(yearlyRows(table, words)).toEqual([
    ['Казахстан', 'большинство'],
    ['Турция; другие страны; неизвестно или не спросили', '15'],
  ])
  const help = {
    table: 'help' as const,
    lines: [{ codes: ['humanitarian', 'shelter'], people: 15 }],
  }
  expect(yearlyRows(help, words)).toEqual([['вещи, еда; жильё', '15']])
})

test.each(['ky', 'ru'])('Every code of a table has a name in %s', (lang) => {
  const read = (name: string): Record<string, string> =>
    JSON.parse(readFileSync(`content/strings/${lang}/${name}.json`, 'utf8')) as never
  const own = figureWordsFrom(lang as 'ky', read('staff-figures'), read('staff-case'))
  for (const code of CODES) expect(own.rowName(code)).not.toBe(code)
})

const CODES = [
  ...['psychological', 'legal', 'medical', 'humanitarian', 'shelter', 'papers', 'return', 'work'],
  ...[
    'Feminine',
    'Masculine',
    'NonConforming',
    'under18',
    'adult',
    'unknown',
    'elsewhere',
    'Other',
  ],
  ...['ForcedLabour', 'SexualExploitation', 'ForcedMilitaryByNonStateActors', 'Surrogacy'],
  ...['new', 'closed', 'open', 'waits', 'made', 'sent', 'accepted', 'done', 'rejected', 'revoked'],
  ...['RU', 'KZ', 'TR', 'AE', 'KR', 'KG', 'BH'],
]
