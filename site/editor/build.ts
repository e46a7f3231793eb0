// Adds a browser editor for content/ at /edit/ to a build with OASIS_EDITOR=1, and a page that
// shows the components. The editor is off by default and has a policy of its own. No page links to
// the editor, and no public page changes.
import type { AstroIntegration } from 'astro'
import { build } from 'esbuild'
import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { directionOf, isLanguage, type Language } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { NO_STORE } from '#protocol/security-headers'
import { defaultLanguage } from '../i18n/languages.ts'
import { ruleText } from '../integrations/headers.ts'
import { editorConfig, type Backend } from './config.ts'

type Environment = Readonly<Record<string, string | undefined>>

const HOSTS: Readonly<Record<string, string>> = {
  github: 'https://api.github.com',
  gitlab: 'https://gitlab.com',
  gitea: 'https://gitea.com',
}

/**
 * Reads from the environment to which repository the editor writes. Without a repository, the
 * editor can only write to a folder on its own computer.
 */
export function backendFrom(env: Environment): { backend: Backend; hosts: string[] } {
  const repo = env['OASIS_EDITOR_REPO']
  // The editor requires a name even for a local folder. This name belongs to no repository, and
  // the policy allows no request to another host.
  if (repo === undefined || repo === '')
    return { backend: { name: 'gitea', repo: 'no/repository' }, hosts: [] }
  const name = env['OASIS_EDITOR_BACKEND'] ?? 'github'
  const known = HOSTS[name]
  if (known === undefined)
    throw new Error(`OASIS_EDITOR_BACKEND=${name}: say github, gitlab or gitea`)
  if (!/^[\w.-]+(\/[\w.-]+)+$/.test(repo))
    throw new Error(`OASIS_EDITOR_REPO=${repo} is no owner/name`)
  const api = env['OASIS_EDITOR_API']
  if (api !== undefined && new URL(api).protocol !== 'https:')
    throw new Error(`OASIS_EDITOR_API=${api} is not https`)
  return {
    backend: {
      name,
      repo,
      ...(env['OASIS_EDITOR_BRANCH'] === undefined ? {} : { branch: env['OASIS_EDITOR_BRANCH'] }),
      ...(api === undefined ? {} : { api_root: api, base_url: new URL(api).origin }),
    },
    hosts: [api === undefined ? known : new URL(api).origin],
  }
}

/**
 * Returns the policy of the editor. The policy is the loosest of all, because the editor uses its
 * own styles and writes markup by script. The policy never allows another host's script.
 */
export const editorPolicy = (hosts: readonly string[]): string =>
  [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data: blob:",
    'media-src blob:',
    "worker-src 'self' blob:",
    `connect-src ${["'self'", 'blob:', ...hosts].join(' ')}`,
  ].join('; ')

const jsonOf = (config: unknown): string => JSON.stringify(config).replaceAll('<', '\\u003c')

const pageOf = (lang: Language, config: unknown): string => `<!doctype html>
<html lang="${lang}"${directionOf(lang) ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${organisation.shortName[lang]}</title>
</head>
<body>
<script type="application/json" id="config">${jsonOf(config)}</script>
<script type="module" src="start.js"></script>
</body>
</html>
`

/** Returns the editor's labels. Values of the Foundation have the same labels as on the pages. */
export async function labelsOf(lang: string): Promise<(key: string) => string> {
  const read = async (file: string): Promise<Record<string, string>> => {
    const path = new URL(`../../content/strings/${lang}/${file}.json`, import.meta.url)
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>
  }
  const texts = { ...(await read('site')), ...(await read('editor')) }
  return (key) => {
    const text = texts[`editor.${key.toLowerCase()}`] ?? texts[key.toLowerCase()]
    if (text === undefined) throw new Error(`${lang}/editor.json: no label for ${key}`)
    return text
  }
}

/**
 * Writes the editor into a built site: /edit/ and its rule in `_headers`.
 * Must run after the build has written `_headers`.
 */
export async function writeEditor(out: string, env: Environment): Promise<void> {
  const lang = env['OASIS_EDITOR_LANG'] ?? defaultLanguage
  if (!isLanguage(lang)) throw new Error(`OASIS_EDITOR_LANG=${lang}: there is no such language`)
  const { backend, hosts } = backendFrom(env)
  const folder = join(out, 'edit')
  await mkdir(folder, { recursive: true })
  const entry = createRequire(import.meta.url).resolve('@sveltia/cms')
  await build({
    alias: { '@sveltia/cms': entry },
    // Excludes code highlighting, because no field here uses it.
    external: ['@shikijs/*'],
    entryPoints: [fileURLToPath(new URL('start.js', import.meta.url))],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    logLevel: 'error',
    legalComments: 'none',
  })
  await cp(join(dirname(entry), 'assets'), join(folder, 'assets'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map'),
  })
  await writeFile(
    join(folder, 'index.html'),
    pageOf(lang, editorConfig(backend, await labelsOf(lang))),
  )
  await appendFile(
    join(out, '_headers'),
    `\n${ruleText('/edit/*', {
      'Content-Security-Policy': editorPolicy(hosts),
      'Cache-Control': NO_STORE,
      'X-Robots-Tag': 'noindex',
    })}\n`,
  )
}

/**
 * Returns the Astro integration. The integration must follow securityHeaders(), which writes
 * `_headers`.
 */
export function editor(): AstroIntegration {
  const on = process.env['OASIS_EDITOR'] === '1'
  return {
    name: 'editor',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        if (on)
          injectRoute({ pattern: '/components', entrypoint: './site/editor/components.astro' })
      },
      'astro:build:done': async ({ dir, logger }) => {
        if (!on) return
        await writeEditor(fileURLToPath(dir), process.env)
        logger.info('the editor of content/ is at /edit/')
      },
    },
  }
}
