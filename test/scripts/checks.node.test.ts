import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nameFaults } from '#scripts/verify/names'
import { sizeFaults } from '#scripts/verify/sizes'
import { wordFaults } from '#scripts/verify/words'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-checks-'))
  write(
    'docs/glossary.md',
    '## Words that are not used\n\n| Not this | But this |\n| --- | --- |\n',
  )
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const lines = (count: number): string => 'x()\n'.repeat(count)

test('The check of words finds a banned word in a file name and in an exported name', () => {
  write(
    'docs/glossary.md',
    '## Words that are not used\n\n| Not this | But this |\n| --- | --- |\n| tray | partition |\n',
  )
  write('worker/store/trays.ts', '')
  write('site/staff/open.ts', 'export const openTrayNow = 1\nconst tray = 2\n')
  write('site/staff/portrayed.ts', 'export type Portrayed = string\n')
  expect(wordFaults(folder)).toEqual([
    'site/staff/open.ts: openTrayNow has the word tray; see docs/glossary.md',
    'worker/store/trays.ts: trays has the word tray; see docs/glossary.md',
  ])
})

test('The check of words finds a term that the glossary enters twice', () => {
  write(
    'docs/glossary.md',
    [
      ...['| Term | Meaning |', '| **share**, sheet | a part |', '| to take | x |'],
      ...['| Term | Meaning |', '| share | bytes |', '| take (a letter) | y |'],
      ...['| tray table | z |', '## Words that are not used', '| tray | partition |'],
    ].join('\n'),
  )
  expect(wordFaults(folder)).toEqual([
    'docs/glossary.md enters the term share twice',
    'docs/glossary.md enters the term take twice',
  ])
})

test('The check of words finds a name that no file of its row of the glossary contains', () => {
  write('worker/moves.ts', 'export const quarantine = 1\n')
  write('site/list/line.ts', 'export const lineOf = 1\n')
  write(
    'docs/glossary.md',
    [
      '| quarantine | objects aside | `worker/moves.ts`, `quarantine`, `quarantineAll` |',
      '| line | a case | `site/list/`, `lineOf`, `npm run list` |',
      ...['## Words that are not used', '| tray | partition |'],
    ].join('\n'),
  )
  expect(wordFaults(folder)).toEqual([
    'docs/glossary.md names quarantineAll, which no file of its row contains',
  ])
})

test('A glossary without banned words is a fault, because the check would then see nothing', () => {
  expect(wordFaults(folder)).toHaveLength(1)
})

test('The check of sizes finds a line over 100 columns in code, comments and documents', () => {
  write('worker/a.ts', `${lines(30)}// ${'я'.repeat(98)}\n`)
  write('docs/b.md', `${'word '.repeat(21)}\n\n| ${'x'.repeat(120)} |\n`)
  expect(sizeFaults(folder)).toEqual([
    'docs/b.md:1 is wider than 100',
    'worker/a.ts:31 is wider than 100',
  ])
})

test('The check of sizes finds a file over 200 lines', () => {
  write('worker/long.ts', lines(201))
  write('worker/short.ts', lines(200))
  expect(sizeFaults(folder)).toEqual(['worker/long.ts has 201 lines; split it by subject'])
})

test('The check of names finds a double export, too many casts and a stray fetch', () => {
  write('site/staff/a.ts', 'export const openReport = 1\n')
  write('worker/b.ts', 'export function openReport(): void {\n  void fetch("/")\n}\n')
  write('site/lifeline/c.ts', 'export const c = 1 as number\nexport const d = [1] as const\n')
  expect(nameFaults(folder)).toEqual([
    'openReport is exported by site/staff/a.ts and worker/b.ts: one name, one meaning',
    'site/lifeline has 1 casts in 3 lines, more than 5 in 1,000',
    'worker/b.ts calls fetch itself',
  ])
})
