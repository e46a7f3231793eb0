// Compares the requirements with the tests. The name of a test that proves a requirement begins
// with the requirement's number: `R9: …`, or `R13, R14: …` for two. docs/requirements.md lists the
// files of these tests and their gaps.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#scripts/shared/paths'
import { namedIn, successesIn } from '#scripts/test/soak-record'

/** Requirements without a test; docs/requirements.md describes what exists. */
const WITHOUT_A_TEST: string[] = []
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `R${from + at}`)
/** R54 to R58 are not built yet. */
const ALL = [...numbered(1, 53), 'R59']

const TEST_FILE = /\.(node|worker)\.test\.tsx?$|\.e2e\.ts$/
// Matches the first argument of a call, with the quotes used for test names.
const NUMBERED = /\(\s*['"`](?:\$\{[^}]*\? ')?(R\d+(?:, R\d+)*): /g

/** Maps each requirement to the files that prove it. */
function provedBy(files: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const proved = new Map<string, Set<string>>()
  for (const [file, text] of files)
    for (const [, numbers = ''] of text.matchAll(NUMBERED))
      for (const number of numbers.split(', '))
        proved.set(number, (proved.get(number) ?? new Set()).add(file))
  return proved
}

const sources = new Map(
  readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => TEST_FILE.test(file))
    .map((file) => [`test/${file}`, readFileSync(join(root, 'test', file), 'utf8')]),
)
const proved = provedBy(sources)

test('The check finds a requirement by its number at the start of a test name only', () => {
  const text = [
    "test('R9: one', run)",
    "test.each(cases)('R10, R11: %s', run)",
    '  test(`R12: ${name}`, run)',
    "test(`${script ? 'R13: ' : ''}a report`, run)",
    "// R14: a comment, and const x = 'R15: a text'",
    "test('after R16: nothing', run)",
  ]
  const found = provedBy(new Map([['a.node.test.ts', text.join('\n')]]))
  expect([...found.keys()]).toEqual(['R9', 'R10', 'R11', 'R12', 'R13'])
})

test('Every requirement has a test that is named by its number', () => {
  expect(sources.size).toBeGreaterThan(80)
  expect(ALL.filter((number) => !proved.has(number))).toEqual(WITHOUT_A_TEST)
})

test('No test name has a number that is not a requirement', () => {
  expect([...proved.keys()].filter((number) => !ALL.includes(number))).toEqual([])
})

test('No test is skipped or marked to run alone', () => {
  for (const [file, text] of sources)
    expect([file, /\b(test|it|describe)\.(only|skip|todo|fixme)\(/.exec(text)]).toEqual([
      file,
      null,
    ])
})

test('The requirements have a row for each number, with the files that prove it', () => {
  const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8')
  const rows = new Map(
    [...page.matchAll(/^\| (R\d+) *\|.*$/gm)].map(([row, number = '']) => [number, row]),
  )
  // The tables group the requirements by subject, so the numbers are not in order.
  expect([...rows.keys()].sort()).toEqual([...ALL].sort())
  for (const [number, row] of rows) {
    // A row contains a number, a sentence, a proof and a gap, and no cell is empty.
    const cells = row.split('|').map((cell) => cell.trim())
    expect([number, cells.length, cells.slice(1, -1).every((cell) => cell !== '')]).toEqual([
      number,
      6,
      true,
    ])
    const named = [...row.matchAll(/`(test\/[\w./-]+)`/g)].map(([, file = '']) => file)
    expect([number, named.filter((file) => !proved.get(number)?.has(file))]).toEqual([number, []])
    expect([number, named.length > 0]).toEqual([number, !WITHOUT_A_TEST.includes(number)])
  }
})

test('Each slow test that proves a requirement has once passed in a whole run', () => {
  const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8')
  const slow = [...namedIn(page)].filter((file) => file.includes('.soak.'))
  expect(slow.length).toBeGreaterThan(5)
  expect(slow.filter((file) => !successesIn(page).has(file))).toEqual([])
})
