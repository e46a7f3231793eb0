// After the build: a policy for every page, from the hashes of its own inline script and style, in the form that Cloudflare reads
// (`_headers`). Two matching rules for one header are joined there with a comma, so each header of a path stands in one rule.
import type { AstroIntegration } from 'astro'
import { createHash } from 'node:crypto'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import {
  API_POLICY,
  NO_STORE,
  pagePolicy,
  RECORDING_PERMISSIONS,
  SCANNING_PERMISSIONS,
  SECURITY_HEADERS,
} from '#protocol/security-headers'
import { siblingHosts } from './hosts.ts'

const MAX_RULES = 100
const MAX_LINE = 2000
const SHORT = 'public, max-age=300'
const FOREVER = 'public, max-age=31536000, immutable'

/** Inline script and style of one page as CSP hashes. Throws on what no policy of ours would let run. */
export function pageHashes(html: string): {
  scripts: string[]
  styles: string[]
  external: boolean
} {
  const scripts: string[] = []
  const styles: string[] = []
  let external = false
  const markup = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(
      /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/gi,
      (_, tag: string, attributes: string, text: string) => {
        if (tag.toLowerCase() === 'style') styles.push(hashOf(text))
        else if (/\ssrc\s*=/i.test(attributes)) external = true
        // A block of JSON never runs, and a tool that a saved page carries does not run from there.
        else if (!/\stype\s*=\s*["']?(application\/(?:ld\+)?json|text\/plain)/i.test(attributes))
          scripts.push(hashOf(text))
        return `<${tag}${attributes}>`
      },
    )
  const inline = /<[a-z][^<>]*\s(style|on[a-z]+)\s*=/i.exec(markup)
  if (inline) throw new Error(`an inline ${inline[1] ?? ''} attribute: the policy would drop it`)
  return { scripts: [...new Set(scripts)], styles: [...new Set(styles)], external }
}

/** A CSP source expression for an inline script or style. */
export const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/** `ky/tell/index.html` is served at `/ky/tell/`, `404.html` at `/404`. */
export const addressOf = (file: string): string =>
  `/${file
    .replace(/\\/g, '/')
    .replace(/(^|\/)index\.html$/, '$1')
    .replace(/\.html$/, '')}`

const TELLS_OF_A_VISIT = /^\/[a-z]{2}\/(tell|tell\/sent|tell\/saved|answer|send|check)\/$/
const RECORDS = /^\/[a-z]{2}\/tell\/$/
const SCANS = /^\/[a-z]{2}\/send\/$/
const TOOL = /^tools\/([a-z]{2})\/[\w-]+\.js$/
const NOT_FOUND = /\/404\/?$/

function staffPolicy(hashes: { scripts: string[]; styles: string[] }): string {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...hashes.scripts].join(' ')}`,
    `style-src ${["'self'", ...hashes.styles].join(' ')}`,
    "connect-src 'self'",
    'img-src data: blob:',
    // Recordings that were opened on this page.
    'media-src blob:',
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

const CHECK = /^\/[a-z]{2}\/check\/$/
const TURNSTILE = 'https://challenges.cloudflare.com'

/** The one page that lets another host in, and only after a click: see site/islands/check/. */
function checkPolicy({ scripts, styles }: { scripts: string[]; styles: string[] }): string {
  return [
    pagePolicy({ scripts: [...scripts, TURNSTILE], styles }).replace(
      "trusted-types 'none'",
      'trusted-types default',
    ),
    `frame-src ${TURNSTILE}`,
  ].join('; ')
}

/**
 * One page's own headers. `html` must come as it is served, byte for byte.
 *
 * @param tools  scripts that a page which makes a policy for them may fetch and run
 */
export function headersOf(
  address: string,
  html: string,
  tools: readonly string[] = [],
): [string, Record<string, string>] {
  const hashes = pageHashes(html)
  if (address.startsWith('/staff/'))
    return [
      '/staff/*',
      {
        'Content-Security-Policy': staffPolicy(hashes),
        'Cache-Control': NO_STORE,
        'X-Robots-Tag': 'noindex',
      },
    ]
  if (hashes.external) throw new Error('a script of its own: a public page is one response')
  const quiet = TELLS_OF_A_VISIT.test(address)
  const more = {
    ...(html.includes('createPolicy(') && { tools: tools.map(hashOf) }),
    ...(quiet && !CHECK.test(address) && { hosts: siblingHosts }),
  }
  return [
    address,
    {
      'Content-Security-Policy': CHECK.test(address)
        ? checkPolicy(hashes)
        : pagePolicy({ ...hashes, ...more }),
      'Cache-Control': quiet ? NO_STORE : SHORT,
      ...(quiet || NOT_FOUND.test(address) ? { 'X-Robots-Tag': 'noindex' } : {}),
      ...(RECORDS.test(address) && { 'Permissions-Policy': RECORDING_PERMISSIONS }),
      ...(SCANS.test(address) && { 'Permissions-Policy': SCANNING_PERMISSIONS }),
    },
  ]
}

/** The text of `_headers` for all files of a build: pages with their HTML, tools with their code, others with null. */
export function headersFile(files: ReadonlyMap<string, string | null>): string {
  const rules = new Map<string, Record<string, string>>([['/*', { ...SECURITY_HEADERS }]])
  const add = (path: string, headers: Record<string, string>): void => {
    if (rules.has(path)) throw new Error(`${path} has two rules`)
    rules.set(path, headers)
  }
  const toolsBeside = (page: string): string[] =>
    [...files].flatMap(([file, code]) =>
      TOOL.exec(file)?.[1] === page.slice(0, 2) && code ? [code] : [],
    )
  for (const [file, html] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      if (TOOL.test(file)) continue
      if (html !== null) add(...headersOf(addressOf(file), html, toolsBeside(file)))
      else if (!/^_astro\/|^_|\/_/.test(file))
        add(`/${file}`, { 'Content-Security-Policy': API_POLICY, 'Cache-Control': SHORT })
    } catch (cause) {
      throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      })
    }
  }
  // Cloudflare sends `/ky/tell` on to `/ky/tell/`: that answer, too, tells of a visit.
  const folders = [...rules.keys()].map((path) => /^(\/[a-z]{2}\/.*?)[^/]+\/$/.exec(path)?.[1])
  for (const folder of new Set(folders.filter((folder) => folder !== undefined)))
    add(`${folder}:page`, { 'Content-Security-Policy': API_POLICY, 'Cache-Control': NO_STORE })
  // Saved pages and siblings fetch them too; the hash in the asking page decides what runs.
  add('/tools/*', {
    'Content-Security-Policy': API_POLICY,
    'Cache-Control': SHORT,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
  add('/_astro/*', { 'Content-Security-Policy': API_POLICY, 'Cache-Control': FOREVER })

  const linesOf = (path: string, headers: Record<string, string>): string[] =>
    Object.entries(headers).flatMap(([name, value]) => [
      // What all share is taken away first: two values would be joined.
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

/** Astro integration: writes `_headers` beside the built pages. */
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
          files.set(
            file,
            /\.html$/.test(file) || TOOL.test(file) ? await readFile(path, 'utf8') : null,
          )
        }
        await writeFile(join(out, '_headers'), headersFile(files))
        logger.info(`_headers: ${files.size} files`)
      },
    },
  }
}
