// Makes the style of a lifeline page in one language, with as few bytes as possible.
import { transform } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { FLOOR } from './lifeline-bundle.ts'
import { withColours } from '../styles/colours.ts'
import { styleFor } from '../styles/mirror.ts'
import { lifelineOf, type PageAddress } from '../pages.ts'

/** Returns the style of a page in a language, without the tokens that it does not use. */
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
  return styleFor(lang, inlineTokens(code.trim()))
}

/**
 * Inlines each token that has one value, and then drops the tokens that are no longer read. Colours
 * with a separate value for each scheme stay. The block for forced colours is removed, because the
 * browser chooses every forced colour.
 */
export function inlineTokens(css: string): string {
  let left = css.replace(/@media\s*\(forced-colors:active\)\{:root\{[^}]*\}\}/g, '')
  const definitions = [...left.matchAll(/(--[\w-]+):\s*([^;}]*)/g)]
  const isFixed = (name: string, value: string): boolean =>
    definitions.every(([, other, another]) => other !== name || another === value)
  for (const [, name = '', value = ''] of definitions)
    if (isFixed(name, value)) left = left.split(`var(${name})`).join(value)
  // Shortens names to one letter, because every byte of a lifeline page counts.
  const read = [...new Set([...left.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name))]
  const short = (name: string): string => `--${(read.indexOf(name) + 10).toString(36)}`
  return left
    .replace(/(--[\w-]+):\s*([^;}]*);?/g, (_, name: string, value: string) =>
      read.includes(name) ? `${short(name)}:${value};` : '',
    )
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => `var(${short(name)})`)
    .replace(/;\}/g, '}')
}
