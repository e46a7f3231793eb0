// Builds the recovery page: one HTML file with its script and style inside. The file's policy
// allows this script and this style by hash, and forbids every request.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { directionOf, languages, type WholeLanguage } from '#content/languages.ts'
import { recoveryStrings } from '#content/strings.ts'
import {
  bundleRecoveryScript,
  bundleRecoveryStyle,
  type PinnedKeys,
} from '#scripts/org/recovery/bundle-page'
import { readPublicFile } from '#scripts/org/files/public-file'
import { defaultLanguage } from '#site/i18n/languages.ts'

export const RECOVERY_PAGE = 'recovery.html'

/**
 * Writes RECOVERY_PAGE for the organisation in a folder.
 *
 * @returns SHA-256 of the file, as hex
 * @throws Stop for a public.json from an older version
 */
export async function writeRecoveryPage(folder: string): Promise<string> {
  const html = await recoveryPage(readPublicFile(join(folder, 'public.json')))
  writeFileSync(join(folder, RECOVERY_PAGE), html, { mode: 0o600 })
  return createHash('sha256').update(html).digest('hex')
}

/** Returns the page as HTML. */
async function recoveryPage(keys: PinnedKeys): Promise<string> {
  const script = await bundleRecoveryScript(keys)
  const style = await bundleRecoveryStyle()
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

const directed = (lang: WholeLanguage): string => (directionOf(lang) ? ' dir="rtl"' : '')

const noscript = (): string =>
  languages
    .map(
      (lang) =>
        `<p lang="${lang}"${directed(lang)}>${recoveryStrings[lang]['recovery.noscript']}</p>`,
    )
    .join('')
