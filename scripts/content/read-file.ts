// Reads one file of content/ without its schema: JSON, or a page with its frontmatter.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WholeLanguage } from '#content/languages.ts'

/** The text of a page, in a whole language unless `L` says otherwise. */
export interface PageText<L extends string = WholeLanguage> {
  lang: L
  /** The path of the file inside content/. */
  path: string
  /** The name of the page: `about`, `country/ru` for a country, `stories/call` for a story. */
  page: string
  source: string
  reviewed: boolean
  facts: string[]
}

const read = (folder: string, path: string): string =>
  readFileSync(join(folder, 'content', path), 'utf8')

export const readJson = (folder: string, path: string): unknown => JSON.parse(read(folder, path))

/**
 * Returns the ids under `facts` in a page's frontmatter. The ids are on one line or, as the browser
 * editor writes them, on separate lines.
 */
export function factsIn(head: string): string[] {
  const [, line = ''] = /^facts: \[(.*)\]/m.exec(head) ?? []
  const [, list = ''] = /^facts:\n((?: *- .*\n?)+)/m.exec(head) ?? []
  return [...line.split(','), ...list.split('\n')]
    .map((id) => id.replace(/^ *- /, '').trim())
    .filter((id) => id !== '')
}

/** Reads a page. @param name  the name of the file, after the prefix of its folder */
export function readPageText<L extends string>(
  folder: string,
  lang: L,
  path: string,
  name: string,
): PageText<L> {
  const source = read(folder, path)
  const [, head = ''] = /^---\n([\s\S]*?)\n---/.exec(source) ?? []
  return {
    lang,
    path,
    page: name.replace(/\.mdx$/, ''),
    source,
    reviewed: /^reviewed: true$/m.test(head),
    facts: factsIn(head),
  }
}
