// Builds the recovery page: one HTML file with its script and style inside. The policy of the file
// allows this script and this style by hash, and no request at all.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { directionOf, forEachLanguage, languages, type Language } from '#content/languages.ts'
import { recoveryStrings, staffStrings } from '#content/strings.ts'
import { readPublicFile } from '#scripts/org/public-file'
import { root as clone } from '#scripts/shared/paths'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { withColours } from '#site/styles/colours.ts'

export const RECOVERY_PAGE = 'recovery.html'

const SCRIPT = 'site/staff/recovery/main.tsx'
const STYLES = ['tokens', 'base', 'ui', 'fields', 'narrow-page', 'people', 'recovery'].map((name) =>
  name === 'tokens' ? `site/styles/${name}.css` : `site/staff/styles/${name}.css`,
)

/** Puts the colours of the organisation into tokens.css. */
const colours: Plugin = {
  name: 'colours',
  setup: (bundler) => {
    bundler.onLoad({ filter: /[\\/]tokens\.css$/ }, async ({ path }) => ({
      contents: withColours(await readFile(path, 'utf8')),
      loader: 'css',
    }))
  },
}

interface PinnedKeys {
  /** base64url */
  root: string
  /** see sealRoot, base64url */
  rootForRecovery: string
}

/**
 * Writes RECOVERY_PAGE for the organisation of a folder.
 *
 * @returns SHA-256 of the file, as hex
 * @throws Stop for a public.json that an older version made
 */
export async function writeRecoveryPage(folder: string): Promise<string> {
  const html = await recoveryPage(readPublicFile(join(folder, 'public.json')))
  writeFileSync(join(folder, RECOVERY_PAGE), html, { mode: 0o600 })
  return createHash('sha256').update(html).digest('hex')
}

/** Returns the page as HTML. */
async function recoveryPage({ root, rootForRecovery }: PinnedKeys): Promise<string> {
  const words = forEachLanguage((lang) => ({
    ...recoveryStrings[lang],
    'staff.language': staffStrings[lang]['staff.language'],
    'staff.digits': staffStrings[lang]['staff.digits'],
  }))
  const script = await bundle({
    entryPoints: [join(clone, SCRIPT)],
    define: {
      ROOT: JSON.stringify(root),
      ROOT_FOR_RECOVERY: JSON.stringify(rootForRecovery),
      WORDS: JSON.stringify(words),
      'import.meta.env.DEV': 'false',
    },
  })
  const style = await bundle({
    stdin: {
      contents: STYLES.map((path) => `@import './${path}';`).join('\n'),
      resolveDir: clone,
      loader: 'css',
    },
    plugins: [colours],
  })
  if (/<\/s(cript|tyle)|<!--/i.test(script + style))
    throw new Error('The recovery page would end its own element.')
  return `<!doctype html>
<html lang="${defaultLanguage}"${directed(defaultLanguage)} translate="no">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="google" content="notranslate">
<title>${recoveryStrings[defaultLanguage]['recovery.title']}</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript><div class="door">${noscript()}</div></noscript>
<script>${script}</script>
</body>
</html>
`
}

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

function policyOf(script: string, style: string): string {
  const hashOf = (text: string): string =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

const directed = (lang: Language): string => (directionOf(lang) ? ' dir="rtl"' : '')

const noscript = (): string =>
  languages
    .map(
      (lang) =>
        `<p lang="${lang}"${directed(lang)}>${recoveryStrings[lang]['recovery.noscript']}</p>`,
    )
    .join('')
