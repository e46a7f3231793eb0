// Reads from tokens.css the colours that markup needs (theme-color, the icon), so that only that
// file names a colour.
/// <reference types="astro/client" />
import tokens from './tokens.css?raw'

export type Scheme = 'light' | 'dark'

/** Returns the tokens of one colour scheme, `{ ground: '#rrggbb', … }`, from tokens.css. */
export function coloursOf(scheme: Scheme, css: string = tokens): Readonly<Record<string, string>> {
  const [light = '', rest = ''] = css.split('@media screen and (prefers-color-scheme: dark)')
  const [dark = ''] = rest.split('@media')
  const pairs = (text: string): [string, string][] =>
    [...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [
      name,
      hex,
    ])
  return Object.fromEntries([...pairs(light), ...(scheme === 'dark' ? pairs(dark) : [])])
}

export function colour(scheme: Scheme, name: string): string {
  const hex = coloursOf(scheme)[name]
  if (hex === undefined) throw new Error(`tokens.css has no colour --${name}`)
  return hex
}
