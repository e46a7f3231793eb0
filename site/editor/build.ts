// Adds a browser editor for content/ at /edit/ to a build with OASIS_EDITOR=1, and a page that
// shows the components. The editor is off by default and has its own policy. No page links to the
// editor, and no public page changes.
import type { AstroIntegration } from 'astro'
import { build } from 'esbuild'
import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isWholeLanguage } from '#content/languages.ts'
import { NO_STORE } from '#protocol/security-headers'
import { defaultLanguage } from '../i18n/languages.ts'
import { ruleText } from '../integrations/headers.ts'
import { backendFrom, type Environment } from './backend.ts'
import { editorConfig } from './config.ts'
import { editorPolicy, labelsOf, editorPage } from './edit-page.ts'

/**
 * Writes the editor into a built site: /edit/ and its rule in `_headers`.
 * Must run after the build has written `_headers`.
 */
export async function writeEditor(out: string, env: Environment): Promise<void> {
  const lang = env['OASIS_EDITOR_LANG'] ?? defaultLanguage
  if (!isWholeLanguage(lang))
    throw new Error(`OASIS_EDITOR_LANG=${lang}: there is no such language`)
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
    editorPage(lang, editorConfig(backend, await labelsOf(lang))),
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
