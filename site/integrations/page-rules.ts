// Makes the rules of `_headers` for a build's pages.
import { addressOf, headersOf, pageAt, usesTools } from './page-headers.ts'
import { pageHashes } from './page-hashes.ts'
import { toolPolicy, type Headers } from './policies.ts'

/**
 * The files of a build: pages with their HTML, tools with their code. The value of other files is
 * null.
 */
export type BuiltFiles = ReadonlyMap<string, string | null>
type Rule = [path: string, headers: Headers]

const TOOL = /^tools\/([a-z]{2})\/[\w-]+\.js$/
export const isTool = (file: string): boolean => TOOL.test(file)

export interface BuiltPage {
  address: string
  html: string
  headers: Headers
}

export function pagesIn(files: BuiltFiles): BuiltPage[] {
  const pages: BuiltPage[] = []
  for (const [file, html] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (html === null || isTool(file)) continue
    const address = addressOf(file)
    pages.push({ address, html, headers: namingFile(file, () => headersOf(address, html)) })
  }
  return pages
}

function namingFile<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/**
 * Returns a rule for each language, with the single policy of the language's pages that use tools.
 * The policy lists the scripts of all these pages, because otherwise each page would need a rule in
 * every language.
 */
export function languageRules(files: BuiltFiles, pages: readonly BuiltPage[]): Rule[] {
  const withTools = pages.filter(({ address }) => usesTools(address))
  const languages = new Set(withTools.map(({ address }) => address.slice(1, 3)))
  return [...languages].map((lang) => {
    const own = withTools.filter(({ address }) => address.startsWith(`/${lang}/`))
    const tools = [...files].flatMap(([file, code]) =>
      TOOL.exec(file)?.[1] === lang && code ? [code] : [],
    )
    const hashes = own.map(({ html }) => pageHashes(html))
    const policy = toolPolicy({
      scripts: [...new Set(hashes.flatMap(({ scripts }) => scripts))],
      styles: [...new Set(hashes.flatMap(({ styles }) => styles))],
      tools,
    })
    return [`/${lang}/*`, { 'Content-Security-Policy': policy }]
  })
}

/** Pages of one kind in a folder share a rule: the countries, and the stories. */
const FORMS = [
  ['country/', '/:lang/country/:code/'],
  ['stories/', '/:lang/stories/:story/'],
] as const

/** Returns the path of the rule that a page shares. */
export const sharedPath = (name: string): string =>
  FORMS.find(([folder]) => name.startsWith(folder))?.[1] ?? `/:lang/${name && `${name}/`}`

const POLICY = 'Content-Security-Policy'
const STYLES = /(?<=style-src )[^;]+/

/**
 * Returns headers that fit every language of a page. Returns null when anything but the styles
 * differs, and for a page in one language. The policy allows the styles of each language, because a
 * right-to-left language has its own styles.
 */
function joinedHeaders(all: readonly Headers[]): Headers | null {
  const [first] = all
  const restOf = (headers: Headers): string =>
    JSON.stringify({ ...headers, [POLICY]: headers[POLICY]?.replace(STYLES, '') })
  if (!first || all.length < 2 || all.some((each) => restOf(each) !== restOf(first))) return null
  if (first[POLICY] === undefined) return first
  const styles = all.flatMap((each) => STYLES.exec(each[POLICY] ?? '')?.[0].split(' ') ?? [])
  return { ...first, [POLICY]: first[POLICY].replace(STYLES, [...new Set(styles)].join(' ')) }
}

/** Returns the rules of pages. Pages with the same headers in every language share a rule. */
export function pageRules(pages: readonly BuiltPage[]): Rule[] {
  const rules: Rule[] = []
  const sisters = new Map<string, Rule[]>()
  for (const { address, headers } of pages) {
    const name = pageAt(address)
    if (name === null) rules.push([address === '/staff/' ? '/staff/*' : address, headers])
    else {
      const path = sharedPath(name)
      sisters.set(path, [...(sisters.get(path) ?? []), [address, headers]])
    }
  }
  const shared: Rule[] = []
  for (const [path, each] of sisters) {
    const joined = joinedHeaders(each.map(([, headers]) => headers))
    if (joined) shared.push([path, joined])
    else shared.push(...each)
  }
  // `/:lang/` also matches `/staff/`, whose rule comes later.
  return [...shared, ...rules]
}
