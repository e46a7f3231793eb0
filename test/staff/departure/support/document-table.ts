// Reads tables from documents, so that a test can compare them with the events that it plays out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#scripts/shared/paths'

/**
 * Lists the rows of the table below a heading in a document. Each row is a list of cells, and the
 * header row comes first.
 */
export function rowsAfter(path: string, heading: string, firstHead: string): string[][] {
  const [, after = ''] = readFileSync(join(root, path), 'utf8').split(`\n${heading}\n`)
  const lines = after.split('\n')
  const head = lines.findIndex((line) => line.startsWith(`| ${firstHead} `))
  const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'))
  const cells = (line = ''): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  return [cells(lines[head]), ...lines.slice(head + 2, end).map(cells)]
}

/** Lists the words between backticks in a cell. */
export const quoted = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, it = '']) => it)
