// Checks an organisation's colours against WCAG 2.2 (relative luminance): text needs 7:1 on every
// background, edges and marks 3:1. The build refuses other colours, because some people could not
// distinguish them.

/**
 * The colours that all pages use. site/styles/tokens.css documents where a page uses each colour.
 */
export const COLOURS = [
  ...['ground', 'surface', 'text', 'soft', 'line', 'edge', 'accent', 'on-accent', 'mark', 'tint'],
  ...['danger', 'danger-ground', 'call', 'on-call', 'deep', 'on-deep', 'foot', 'far', 'mid'],
] as const
export type ColourName = (typeof COLOURS)[number]

type Pair = readonly [over: ColourName, under: ColourName]

const TEXT: readonly Pair[] = [
  ['text', 'ground'],
  ['text', 'surface'],
  ['text', 'danger-ground'],
  ['soft', 'ground'],
  ['soft', 'surface'],
  ['soft', 'danger-ground'],
  ['danger', 'ground'],
  ['danger', 'surface'],
  ['danger', 'danger-ground'],
  ['text', 'tint'],
  ['text', 'far'],
  ['soft', 'far'],
  ['on-accent', 'accent'],
  ['on-call', 'call'],
  ['on-deep', 'deep'],
  ['on-deep', 'foot'],
]
const SIGNS: readonly Pair[] = [
  ['edge', 'ground'],
  ['edge', 'surface'],
  ['edge', 'danger-ground'],
  ['mark', 'ground'],
  ['mark', 'surface'],
  ['mark', 'tint'],
  ['edge', 'far'],
  ['accent', 'foot'],
]
const TEXT_CONTRAST = 7
const SIGN_CONTRAST = 3

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/** Returns the contrast between two colours (`#rrggbb`), from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Lists each pair of colours with too little contrast. */
export function contrastFaults(colours: Readonly<Record<ColourName, string>>): string[] {
  const faultsOf = (pairs: readonly Pair[], needed: number): string[] =>
    pairs.flatMap(([over, under]) => {
      const found = contrast(colours[over], colours[under])
      const shown = Math.floor(found * 100) / 100
      return found >= needed ? [] : [`${over} on ${under} has ${shown}:1, and needs ${needed}:1`]
    })
  return [...faultsOf(TEXT, TEXT_CONTRAST), ...faultsOf(SIGNS, SIGN_CONTRAST)]
}
