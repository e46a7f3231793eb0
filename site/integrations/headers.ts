// Writes a policy for every page after the build, in the form that Cloudflare reads (`_headers`). A
// policy holds the hashes of the page's inline scripts and styles. Each header of an address must
// be in one rule, because Cloudflare would join two values with a comma.
import type { AstroIntegration } from 'astro'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  API_POLICY,
  NO_STORE,
  RECORDING_PERMISSIONS,
  SCANNING_PERMISSIONS,
  SECURITY_HEADERS,
} from '#protocol/security-headers'
import { isAddress, PAGES, type PageEntry } from '../pages.ts'
import { pageHashes } from './page-hashes.ts'
import { checkPolicy, policyOf, staffHeaders, type Headers } from './policies.ts'

const MAX_RULES = 100
const MAX_LINE = 2000
const SHORT = 'public, max-age=300'
const FOREVER = 'public, max-age=31536000, immutable'
const TOOL = /^tools\/([a-z]{2})\/[\w-]+\.js$/
const STAFF_SCRIPT = /^staff\/[\w-]+\.js$/
const PERMISSIONS = { microphone: RECORDING_PERMISSIONS, camera: SCANNING_PERMISSIONS }

/** Returns an address: `ky/tell/index.html` is served at `/ky/tell/`, `404.html` at `/404`. */
export const addressOf = (file: string): string =>
  `/${file
    .replace(/\\/g, '/')
    .replace(/(^|\/)index\.html$/, '$1')
    .replace(/\.html$/, '')}`

/** Returns the name of a page in the table: `/ky/tell/` is `tell`. Null outside the languages. */
function pageAt(address: string): string | null {
  const found = /^\/[a-z]{2}\/(?:(?<name>.*)\/)?$/.exec(address)
  return found && (found.groups?.['name'] ?? '')
}

/**
 * Returns the headers of one page. `html` must be the page as it is served, byte for byte.
 *
 * @param tools  scripts that a page with tools can fetch and run
 */
export function headersOf(address: string, html: string, tools: readonly string[] = []): Headers {
  const hashes = pageHashes(html)
  if (address.startsWith('/staff/')) return staffHeaders(hashes)
  if (hashes.hasExternalScript)
    throw new Error('a script of its own: a public page is one response')
  const name = address === '/404' ? '404' : pageAt(address)
  if (name !== null && !isAddress(name)) throw new Error('the page is not in site/pages.ts')
  const page: Partial<PageEntry> = name === null ? {} : PAGES[name]
  const isHidden = page.showsVisit || page.isLinked === false
  return {
    'Content-Security-Policy':
      name === 'check' ? checkPolicy(hashes) : policyOf(page, hashes, tools),
    'Cache-Control': page.showsVisit ? NO_STORE : SHORT,
    ...(isHidden && { 'X-Robots-Tag': 'noindex' }),
    ...(page.needs && { 'Permissions-Policy': PERMISSIONS[page.needs] }),
  }
}

/**
 * Returns the text of `_headers` for all files of a build: pages with their HTML, tools with their
 * code. Other files have null. Pages with the same headers in every language share a rule.
 */
export function headersFile(files: ReadonlyMap<string, string | null>): string {
  const rules = new Map<string, Headers>([['/*', { ...SECURITY_HEADERS }]])
  const add = (path: string, headers: Headers): void => {
    if (rules.has(path)) throw new Error(`${path} has two rules`)
    rules.set(path, headers)
  }
  const pages = new Map<string, Headers>()
  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // A rule covers all tools, and another rule the page and the service worker of the staff app.
    if (TOOL.test(file) || STAFF_SCRIPT.test(file)) continue
    if (text !== null)
      pages.set(
        addressOf(file),
        namingFile(file, () => headersIn(files, file, text)),
      )
    else if (!/^_astro\/|^_|\/_/.test(file))
      add(`/${file}`, { 'Content-Security-Policy': API_POLICY, 'Cache-Control': SHORT })
  }
  for (const [path, headers] of sharedRules(pages)) add(path, headers)
  // Cloudflare redirects `/ky/tell` to `/ky/tell/`, and that response shows a visit too.
  const folders = [...pages.keys()].map((path) => /^(\/[a-z]{2}\/.*?)[^/]+\/$/.exec(path)?.[1])
  for (const folder of new Set(folders.filter((folder) => folder !== undefined)))
    add(`${folder}:page`, { 'Content-Security-Policy': API_POLICY, 'Cache-Control': NO_STORE })
  // Saved pages and siblings fetch tools too. A hash in the policy of each page decides what runs.
  add('/tools/*', {
    'Content-Security-Policy': API_POLICY,
    'Cache-Control': SHORT,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
  // `npm run manifest` writes these files after the build.
  add('/.well-known/webcat/*', { 'Content-Security-Policy': API_POLICY, 'Cache-Control': SHORT })
  add('/.well-known/waict/*', {
    'Content-Security-Policy': API_POLICY,
    'Cache-Control': FOREVER,
    'Content-Type': 'application/waict-integrity-manifest',
  })
  add('/_astro/*', { 'Content-Security-Policy': API_POLICY, 'Cache-Control': FOREVER })
  return textOf(rules)
}

function headersIn(files: ReadonlyMap<string, string | null>, file: string, html: string): Headers {
  const lang = file.slice(0, 2)
  const tools = [...files].flatMap(([name, code]) =>
    TOOL.exec(name)?.[1] === lang && code ? [code] : [],
  )
  return headersOf(addressOf(file), html, tools)
}

function namingFile<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/**
 * Joins the rules of a page that has the same headers in every language: `/:lang/about/`.
 * Home keeps a rule for each language, because `/:lang/` would match `/staff/` too.
 */
function sharedRules(pages: ReadonlyMap<string, Headers>): [string, Headers][] {
  const rules: [string, Headers][] = []
  const sisters = new Map<string, [string, Headers][]>()
  for (const [path, headers] of pages) {
    const name = pageAt(path)
    if (name) sisters.set(name, [...(sisters.get(name) ?? []), [path, headers]])
    else rules.push([path === '/staff/' ? '/staff/*' : path, headers])
  }
  for (const [name, each] of sisters) {
    const [first, ...others] = each.map(([, headers]) => headers)
    const areSame = others.every((other) => JSON.stringify(other) === JSON.stringify(first))
    if (first && others.length > 0 && areSame) rules.push([`/:lang/${name}/`, first])
    else rules.push(...each)
  }
  return rules
}

function textOf(rules: ReadonlyMap<string, Headers>): string {
  const linesOf = (path: string, headers: Headers): string[] =>
    Object.entries(headers).flatMap(([name, value]) => [
      // The shared value is removed first, because Cloudflare would join the two.
      ...(path !== '/*' && name in SECURITY_HEADERS ? [`  ! ${name}`] : []),
      `  ${name}: ${value}`,
    ])
  const text = [...rules]
    .map(([path, headers]) => [path, ...linesOf(path, headers)].join('\n'))
    .join('\n\n')
  if (rules.size > MAX_RULES)
    throw new Error(`_headers has ${rules.size} rules; Cloudflare reads ${MAX_RULES}`)
  const long = text.split('\n').find((line) => line.length > MAX_LINE)
  if (long)
    throw new Error(`_headers has a line of ${long.length} characters: ${long.slice(0, 80)}`)
  return `${text}\n`
}

/** Returns the Astro integration that writes `_headers` beside the built pages. */
export function securityHeaders(): AstroIntegration {
  return {
    name: 'security-headers',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const out = fileURLToPath(dir)
        const files = new Map<string, string | null>()
        for await (const entry of glob('**/*', { cwd: out, withFileTypes: true })) {
          if (!entry.isFile()) continue
          const path = join(entry.parentPath, entry.name)
          const file = path.slice(out.length)
          const isRead = file.endsWith('.html') || TOOL.test(file)
          files.set(file, isRead ? await readFile(path, 'utf8') : null)
        }
        await writeFile(join(out, '_headers'), headersFile(files))
        logger.info(`_headers: ${files.size} files`)
      },
    },
  }
}
