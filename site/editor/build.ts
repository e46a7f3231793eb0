// Adds a browser editor for content/ at /edit/ if the build has OASIS_EDITOR=1 and a repository on
// the web. A build with OASIS_EDITOR=1 also shows the components at /components. The editor is off
// by default and has its own policy. No page links to the editor, and no public page changes.
import type { AstroIntegration } from 'astro'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isWholeLanguage } from '#content/languages.ts'
import { NO_STORE } from '#protocol/security-headers'
import { defaultLanguage } from '../i18n/languages.ts'
import { ruleText } from '../integrations/headers.ts'
import { backendFrom, type Environment } from './backend.ts'
import { bundleEditor } from './bundle.ts'
import { editorConfig } from './config.ts'
import { editorPolicy, labelsOf, editorPage } from './edit-page.ts'
import { listsIn } from './lists.ts'

/**
 * Writes the editor into a built site: /edit/ and its rule in `_headers`. Does nothing when the
 * environment does not set a repository. Must run after the build has written `_headers`.
 *
 * @returns true when the editor has been written
 */
async function writeEditor(out: string, env: Environment): Promise<boolean> {
  const lang = env['OASIS_EDITOR_LANG'] ?? defaultLanguage
  if (!isWholeLanguage(lang))
    throw new Error(`OASIS_EDITOR_LANG=${lang}: there is no such language`)
  const found = backendFrom(env)
  if (found === null) return false
  const folder = join(out, 'edit')
  await bundleEditor(folder, ['start.js'])
  const label = await labelsOf(lang)
  await writeFile(
    join(folder, 'index.html'),
    editorPage(
      lang,
      editorConfig({ backend: found.backend, lang, label, lists: listsIn(lang, label) }),
      'start.js',
    ),
  )
  await appendFile(
    join(out, '_headers'),
    `\n${ruleText('/edit/*', {
      'Content-Security-Policy': editorPolicy(found.hosts),
      'Cache-Control': NO_STORE,
      'X-Robots-Tag': 'noindex',
    })}\n`,
  )
  return true
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
        if (on && (await writeEditor(fileURLToPath(dir), process.env)))
          logger.info('the editor of content/ is at /edit/')
      },
    },
  }
}
