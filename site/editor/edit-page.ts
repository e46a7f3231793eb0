// Makes the browser editor's page, with its policy, its labels and its configuration.
import { readFile } from 'node:fs/promises'
import { directionOf, type WholeLanguage } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'

/**
 * Returns the policy of the editor. The policy is more permissive than any other, because the
 * editor uses its own styles and writes markup from scripts. The policy never allows another host's
 * script.
 *
 * @param ancestors  the pages that may show the editor in a frame: only the page of `npm run
 *   edit`
 */
export const editorPolicy = (hosts: readonly string[], ancestors = "'none'"): string =>
  [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data: blob:",
    'media-src blob:',
    "worker-src 'self' blob:",
    `connect-src ${["'self'", 'blob:', ...hosts].join(' ')}`,
  ].join('; ')

/** Writes a value into a page, escaped so that the text cannot end the script. */
export const jsonInPage = (config: unknown): string =>
  JSON.stringify(config).replaceAll('<', '\\u003c')

export const editorPage = (
  lang: WholeLanguage,
  config: unknown,
  script: string,
): string => `<!doctype html>
<html lang="${lang}"${directionOf(lang) ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${organisation.shortName[lang]}</title>
</head>
<body>
<script type="application/json" id="config">${jsonInPage(config)}</script>
<script type="module" src="${script}"></script>
</body>
</html>
`

/** Returns the editor's labels. The Foundation's values have the same labels as on the pages. */
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
