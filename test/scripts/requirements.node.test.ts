// Each requirement of the security bar has a test that carries its number at the start of its name: `R9: …`, or `R13, R14: …` for one
// that proves two. docs/threat-model.md names for each the files where they are, and what they do not cover.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#scripts/paths'

/** Proved by nothing that runs here yet: who has left, and whether two builds are the same. docs/threat-model.md says what there is. */
const WITHOUT_A_TEST = ['R24']
const ALL = Array.from({ length: 30 }, (_, at) => `R${at + 1}`)

const TEST_FILE = /\.(node|worker)\.test\.tsx?$|\.e2e\.ts$/
// The first argument of a call, in the quotes of a test's name.
const NUMBERED = /\(\s*['"`](?:\$\{[^}]*\? ')?(R\d+(?:, R\d+)*): /g

/** Which files prove which requirement. */
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

test('a number is found at the start of a name, alone or with others, and nowhere else', () => {
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

test('every requirement has a test that is named by its number', () => {
  expect(sources.size).toBeGreaterThan(80)
  expect(ALL.filter((number) => !proved.has(number))).toEqual(WITHOUT_A_TEST)
})

test('no test is named by a number that is no requirement', () => {
  expect([...proved.keys()].filter((number) => !ALL.includes(number))).toEqual([])
})

test('no test is left out or runs alone', () => {
  for (const [file, text] of sources)
    expect([file, text.match(/\b(test|it|describe)\.(only|skip|todo|fixme)\(/)]).toEqual([
      file,
      null,
    ])
})

test('the threat model has a row for each requirement, with the files that prove it', () => {
  const model = readFileSync(join(root, 'docs/threat-model.md'), 'utf8')
  const rows = new Map(
    [...model.matchAll(/^\| (R\d+) \|.*$/gm)].map(([row, number = '']) => [number, row]),
  )
  expect([...rows.keys()]).toEqual(ALL)
  for (const [number, row] of rows) {
    // What holds, by what it is proved, what it does not cover: none of them empty.
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
