// Inserts the colours from content/organisation.json into tokens.css, and returns colours for
// markup (theme-color, the icon).
import { COLOURS, type ColourName } from '#content/contrast.ts'
import { organisation } from '#content/organisation.ts'

export type Scheme = 'light' | 'dark'

export const colour = (scheme: Scheme, name: ColourName): string =>
  organisation.colours[scheme][name]

/**
 * Returns the colours that a scheme defines. The dark scheme omits the colours that equal the
 * colours of the light scheme.
 */
const definedIn = (scheme: Scheme): [name: ColourName, hex: string][] =>
  COLOURS.map((name): [ColourName, string] => [name, colour(scheme, name)]).filter(
    ([name, hex]) => scheme === 'light' || hex !== colour('light', name),
  )

/**
 * Replaces `--colours: light;` and `--colours: dark;` in tokens.css with the colours of that
 * scheme.
 *
 * @throws when a placeholder is missing, because pages would then have no colours
 */
export function withColours(css: string): string {
  const places = [...css.matchAll(/^ *--colours: (?:light|dark);$/gm)]
  if (places.length !== 2) throw new Error('tokens.css names no place for the colours')
  return css.replace(/^( *)--colours: (light|dark);$/gm, (_, indent: string, scheme: Scheme) =>
    definedIn(scheme)
      .map(([name, hex]) => `${indent}--${name}: ${hex};`)
      .join('\n'),
  )
}
