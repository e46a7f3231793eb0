// Keeps files and lines short, so that a reader sees a whole function at once.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from '#scripts/shared/paths'

const MAX_COLUMNS = 100
const MAX_LINES = 200
/** The most lines of a small file. Only this share of the files outside the tests may be small. */
const FEW_LINES = 20
const MAX_SHARE_OF_SMALL = 0.08
/** Outside the tests half of the files, and nine of ten, may have at most so many lines. */
const MOST_LINES_OF = [
  { share: 0.5, lines: 60 },
  { share: 0.9, lines: 120 },
] as const

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
  const lengths = own.map(({ lines }) => lines.length).sort((a, b) => a - b)
  const longer = MOST_LINES_OF.flatMap(({ share, lines }) => {
    const found = lengths[Math.ceil(lengths.length * share) - 1] ?? 0
    return found > lines
      ? [`${share * 100} % of the files have up to ${found} lines, more than ${lines}: split some`]
      : []
  })
  return [
    ...wide,
    ...long,
    ...longer,
    ...(tooMany
      ? [
          `${small.length} of ${own.length} files have ${FEW_LINES} lines or fewer, more than ` +
            `${MAX_SHARE_OF_SMALL * 100} %: put the smallest into their callers`,
        ]
      : []),
  ]
}

/** Finds wide lines. Nobody can wrap a table, one long word or indented code of a document. */
const isWide = (path: string, line: string): boolean =>
  [...line].length > MAX_COLUMNS && !(path.endsWith('.md') && /^\s*(\||\S+$|    )/.test(line))
