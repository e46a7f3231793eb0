// Reads one file in content/ without checking it against its schema: JSON, or a page with its
// frontmatter.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMdx } from '#content/front-matter.ts'
import type { WholeLanguage } from '#content/languages.ts'

/** The text of a page, in a complete language unless `L` states otherwise. */
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

/** Reads a page. @param name  the name of the file, after the prefix of its folder */
export function readPageText<L extends string>(
  folder: string,
  lang: L,
  path: string,
  name: string,
): PageText<L> {
  const source = read(folder, path)
  const { head } = readMdx(source)
  const { reviewed, facts } = head
  return {
    lang,
    path,
    page: name.replace(/\.mdx$/, ''),
    source,
    reviewed: reviewed === true,
    facts: Array.isArray(facts) ? facts : [],
  }
}
