// Keeps files and lines short, so that a reader sees a whole function at once.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'

const MAX_COLUMNS = 100
const MAX_LINES = 200

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
  return [...wide, ...long]
}

/**
 * Finds wide lines. A table, a single long word and a document's indented code cannot be wrapped.
 */
const isWide = (path: string, line: string): boolean =>
  [...line].length > MAX_COLUMNS && !(path.endsWith('.md') && /^\s*(\||\S+$|    )/.test(line))
