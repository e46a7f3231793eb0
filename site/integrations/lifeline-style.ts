// Builds the style sheet of a lifeline page in one language, with as few bytes as possible.
import { transform } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { FLOOR } from './lifeline-bundle.ts'
import { withColours } from '../styles/colours.ts'
import { inlineTokens } from '../styles/inline-tokens.ts'
import { styleFor } from '../styles/mirror.ts'
import { lifelineOf, type PageAddress } from '../pages.ts'

/** Returns the style of a page in a language, without the tokens that the page does not use. */
export async function lifelineStyle(page: PageAddress, lang: string): Promise<string> {
  const files = [
    'site/styles/tokens.css',
    ...['lifeline', ...lifelineOf(page).styles].map((name) => `site/lifeline/styles/${name}.css`),
  ]
  const [tokens = '', ...sheets] = await Promise.all(
    files.map((file) => readFile(resolve(file), 'utf8')),
  )
  const css = [withColours(tokens), ...sheets].join('\n')
  const { code } = await transform(css, { loader: 'css', minify: true, target: FLOOR })
  return styleFor(lang, inlineTokens(withoutForcedColours(code.trim())))
}

/** Drops the block for forced colours, because the browser chooses every forced colour. */
export const withoutForcedColours = (css: string): string =>
  css.replace(/@media\s*\(forced-colors:active\)\{:root\{[^}]*\}\}/g, '')
