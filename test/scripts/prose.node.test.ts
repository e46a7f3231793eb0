import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { proseFaults } from '#scripts/verify/prose'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-prose-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, ...lines: string[]): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `${lines.join('\n')}\n`)
}

const wordsOf = (count: number): string =>
  ['Stores', ...Array<string>(count - 1).fill('a')].join(' ')

test.each(['a.ts', 'a.mjs', 'a.tsx'])(
  'The check of comments finds a long sentence in %s',
  (path) => {
    write(path, `// ${wordsOf(20)}. Stores`, `// ${wordsOf(20)}.`, `const a = 1 // ${wordsOf(21)}`)
    expect(proseFaults(folder)).toEqual([
      `${path}:1 has a sentence of 21 words: Stores ${wordsOf(20)}.`,
      `${path}:3 has a sentence of 21 words: ${wordsOf(21)}`,
    ])
  },
)

test('The check of comments reads styles, docstrings, tags, and the parts of a page', () => {
  write('a.css', `/* ${wordsOf(11)}`, `   ${wordsOf(10)} */`)
  write('b.ts', '/**', ' * Stores a report.', ` * @param at  ${wordsOf(21)}`, ' */')
  write(
    'c.astro',
    '---',
    `// ${wordsOf(21)}`,
    '---',
    `<!-- ${wordsOf(22)} -->`,
    `<p>{/* ${wordsOf(23)} */}</p>`,
    `<script>`,
    `// ${wordsOf(24)}`,
    `</script>`,
  )
  write('d.tsx', `const a = <p>{/* ${wordsOf(21)} */}</p>`)
  expect(proseFaults(folder).map((fault) => fault.replace(/: .*/, ''))).toEqual([
    'a.css:1 has a sentence of 21 words',
    'b.ts:3 has a sentence of 21 words',
    'c.astro:2 has a sentence of 21 words',
    'c.astro:4 has a sentence of 22 words',
    'c.astro:5 has a sentence of 23 words',
    'c.astro:7 has a sentence of 24 words',
    'd.tsx:1 has a sentence of 21 words',
  ])
})

test.each([
  ...['What', 'How', 'Where', 'Who', 'Why', 'what', 'how'],
  ...['It', 'Its', 'They', 'Them', 'Those', 'There', 'None', 'One', 'Ones', 'This is', 'These are'],
])('The check of comments finds a sentence that begins with "%s"', (begin) => {
  write('a.ts', `// ${begin} red.`, '', `/** Stores reports. ${begin} red. */`)
  expect(proseFaults(folder)).toEqual([
    `a.ts:1 begins a sentence with "${begin}": ${begin} red.`,
    `a.ts:3 begins a sentence with "${begin}": ${begin} red.`,
  ])
})

test.each(['whoever', 'whatever', 'another one', 'of ours', 'those that', 'those who'])(
  'The check of comments finds the words "%s" inside a sentence',
  (words) => {
    write('a.ts', `// Stores ${words} sends.`)
    expect(proseFaults(folder)).toEqual([`a.ts:1 says "${words}": Stores ${words} sends.`])
  },
)

test('The check of comments counts code as one word, and a sign as no word', () => {
  write('a.ts', `// ${wordsOf(19)} \`a b c d\` ‖ – →`)
  expect(proseFaults(folder)).toEqual([])
})

test('The check of comments ignores lists, tables, drawings, code and orders to tools', () => {
  const long = wordsOf(30)
  write(
    'a.ts',
    `// - ${long}`,
    `//   ${long}`,
    `// 1. ${long}`,
    `// | ${long} |`,
    `// │ ${long}`,
    `//     ${long}`,
    `// 144    4  ${long}`,
    `// prettier-ignore ${long}`,
    `// eslint-disable-next-line ${long} -- The reason is short.`,
  )
  expect(proseFaults(folder)).toEqual([])
})

test('The check of comments ignores strings and markup that look like comments', () => {
  write('a.ts', "const a = '// It is red.'", 'const b = `/* What ${a} */`')
  write('b.astro', "<a href='https://a.example'>It is red.</a>")
  expect(proseFaults(folder)).toEqual([])
})

test('The check of comments accepts a pronoun with its noun, and a dot after a short form', () => {
  write('a.ts', '// This page is red. Once-only calls end. Art. It is no end. One-way hashes.')
  expect(proseFaults(folder)).toEqual([])
})
