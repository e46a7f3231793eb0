// Makes the page of the browser editor, with its policy, its labels and its configuration.
import { readFile } from 'node:fs/promises'
import { directionOf, type WholeLanguage } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'

/**
 * Returns the policy of the editor. This policy is the most permissive, because the editor uses its
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

export const editorPage = (lang: WholeLanguage, config: unknown): string => `<!doctype html>
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
