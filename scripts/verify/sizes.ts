// Keeps files and lines short, so that a reader sees a whole function at once.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'

const MAX_COLUMNS = 100
const MAX_LINES = 200
/** The most lines of a small file. Only this share of the files outside the tests may be small. */
const FEW_LINES = 20
const MAX_SHARE_OF_SMALL = 0.08

const CODE = /\.(ts|tsx|astro|mjs|cjs|css)$/
const GENERATED = /^(migrations|test\/vectors)\//

export function sizeFaults(folder: string): string[] {
  const files = filesUnder(folder)
    .filter((path) => !GENERATED.test(path) && (CODE.test(path) || path.endsWith('.md')))
    .map((path) => ({
      path,
      lines: readFileSync(join(folder, path), 'utf8').trimEnd().split('\n'),
    }))
  const wide = files.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) =>
      isWide(path, line) ? [`${path}:${at + 1} is wider than ${MAX_COLUMNS}`] : [],
    ),
  )
  const own = files.filter(
    ({ path }) =>
      /\.(ts|tsx|astro|mjs)$/.test(path) && !(path.startsWith('test/') || path.endsWith('.d.ts')),
  )
  const long = own
    .filter(({ lines }) => lines.length > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines.length} lines; split it by subject`)
  const small = own.filter(({ lines }) => lines.length <= FEW_LINES)
  const tooMany = small.length > own.length * MAX_SHARE_OF_SMALL
  return [
    ...wide,
    ...long,
    ...(tooMany
      ? [
          `${small.length} of ${own.length} files have ${FEW_LINES} lines or fewer, more than ` +
            `${MAX_SHARE_OF_SMALL * 100} %: put the smallest into their callers`,
        ]
      : []),
  ]
}

/** Finds wide lines. Nobody can wrap a table, a single long word or a document's indented code. */
const isWide = (path: string, line: string): boolean =>
  [...line].length > MAX_COLUMNS && !(path.endsWith('.md') && /^\s*(\||\S+$|    )/.test(line))
