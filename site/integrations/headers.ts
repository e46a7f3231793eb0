// Writes a policy for every page after the build, in the format that Cloudflare reads (`_headers`).
// A policy contains the hashes of the page's inline scripts and styles. Cloudflare applies every
// rule that matches an address, in the order of the file. Each rule first removes the headers that
// it sets, because Cloudflare would join two values.
import type { AstroIntegration } from 'astro'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { API_POLICY, NO_STORE, SECURITY_HEADERS } from '#protocol/security-headers'
import { SHORT } from './page-headers.ts'
import { isTool, languageRules, pageRules, pagesIn, type BuiltFiles } from './page-rules.ts'
import { type Headers } from './policies.ts'
import { SECURITY_FILE } from './security-text.ts'

const MAX_RULES = 100
const MAX_LINE = 2000
const FOREVER = 'public, max-age=31536000, immutable'
const STAFF_SCRIPT = /^staff\/[\w-]+\.js$/
/**
 * Files that share one rule, so that additional languages and files do not need additional rules.
 */
const TOGETHER = /^(paper|audio)\/|^[a-z]{2}\/sitemap\.xml$/

/** Returns the text of `_headers` for all files of a build. */
export function headersFile(files: BuiltFiles): string {
  const rules = new Map<string, Headers>([['/*', { ...SECURITY_HEADERS }]])
  const add = (path: string, headers: Headers): void => {
    if (rules.has(path)) throw new Error(`${path} has two rules`)
    rules.set(path, headers)
  }
  const pages = pagesIn(files)
  for (const [path, headers] of languageRules(files, pages)) add(path, headers)
  // Cloudflare redirects `/ky/tell` to `/ky/tell/`, and that redirect also reveals a visit.
  for (const folder of ['', 'tell/', 'answer/', 'country/'])
    add(`/:lang/${folder}:page`, {
      'Content-Security-Policy': API_POLICY,
      'Cache-Control': NO_STORE,
    })
  for (const [path, headers] of pageRules(pages)) add(path, headers)
  for (const [file, text] of files)
    if (
      text === null &&
      ![STAFF_SCRIPT, TOGETHER, /^_astro\/|^_|\/_/].some((own) => own.test(file))
    )
      add(`/${file}`, { 'Content-Security-Policy': API_POLICY, 'Cache-Control': SHORT })
  for (const path of ['/:lang/sitemap.xml', '/paper/*'])
    add(path, { 'Content-Security-Policy': API_POLICY, 'Cache-Control': SHORT })
  // Some lists of media types do not recognise this audio file extension.
  add('/audio/*', {
    'Content-Security-Policy': API_POLICY,
    'Cache-Control': SHORT,
    'Content-Type': 'audio/ogg',
  })
  // Saved pages and sibling hosts fetch tools too. A hash in the policy of each page decides what
  // runs.
  add('/tools/*', {
    'Content-Security-Policy': API_POLICY,
    'Cache-Control': SHORT,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
  // `glob` skips folders that begin with a dot.
  add(`/${SECURITY_FILE}`, {
    'Content-Security-Policy': API_POLICY,
    'Cache-Control': SHORT,
    'Content-Type': 'text/plain; charset=utf-8',
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

/** Returns the text of one rule, which first removes the headers that it sets. */
export const ruleText = (path: string, headers: Headers): string =>
  [
    path,
    ...Object.entries(headers).flatMap(([name, value]) => [
      ...(path === '/*' ? [] : [`  ! ${name}`]),
      `  ${name}: ${value}`,
    ]),
  ].join('\n')

function textOf(rules: ReadonlyMap<string, Headers>): string {
  const text = [...rules].map(([path, headers]) => ruleText(path, headers)).join('\n\n')
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
          const isRead = file.endsWith('.html') || isTool(file)
          files.set(file, isRead ? await readFile(path, 'utf8') : null)
        }
        await writeFile(join(out, '_headers'), headersFile(files))
        logger.info(`_headers: ${files.size} files`)
      },
    },
  }
}
