// Bundles the recovery page's script and style. The script contains the pinned keys and the words
// in all languages, because the page has no network access.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { forEachLanguage } from '#content/languages.ts'
import { recoveryStrings, staffStrings } from '#content/strings.ts'
import { root as clone } from '#scripts/shared/paths'
import { withColours } from '#site/styles/colours.ts'

const SCRIPT = 'site/staff/recovery/main.tsx'
const STYLES = ['tokens', 'base', 'ui', 'fields', 'narrow-page', 'people', 'recovery'].map((name) =>
  name === 'tokens' ? `site/styles/${name}.css` : `site/staff/styles/${name}.css`,
)

/** Inserts the organisation's colours into tokens.css. */
const colours: Plugin = {
  name: 'colours',
  setup: (bundler) => {
    bundler.onLoad({ filter: /[\\/]tokens\.css$/ }, async ({ path }) => ({
      contents: withColours(await readFile(path, 'utf8')),
      loader: 'css',
    }))
  },
}

export interface PinnedKeys {
  /** base64url */
  root: string
  /** see sealRoot, base64url */
  rootForRecovery: string
}

export function bundleRecoveryScript({ root, rootForRecovery }: PinnedKeys): Promise<string> {
  const words = forEachLanguage((lang) => ({
    ...recoveryStrings[lang],
    'staff.language': staffStrings[lang]['staff.language'],
    'staff.digits': staffStrings[lang]['staff.digits'],
  }))
  return bundle({
    entryPoints: [join(clone, SCRIPT)],
    define: {
      ROOT: JSON.stringify(root),
      ROOT_FOR_RECOVERY: JSON.stringify(rootForRecovery),
      WORDS: JSON.stringify(words),
      'import.meta.env.DEV': 'false',
    },
  })
}

export const bundleRecoveryStyle = (): Promise<string> =>
  bundle({
    stdin: {
      contents: STYLES.map((path) => `@import './${path}';`).join('\n'),
      resolveDir: clone,
      loader: 'css',
    },
    plugins: [colours],
  })

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
  return (outputFiles[0]?.text ?? '').trim()
}
