// Computes the contrast of the colours in tokens.css by WCAG 2.2 (relative luminance).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coloursOf, type Scheme } from '#site/styles/colours.ts'

const css = readFileSync(join(import.meta.dirname, '../../site/styles/tokens.css'), 'utf8')

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const text: [string, string][] = [
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
const signs: [string, string][] = [
  ['edge', 'ground'],
  ['edge', 'surface'],
  ['edge', 'danger-ground'],
  ['mark', 'ground'],
  ['mark', 'surface'],
  ['mark', 'tint'],
  ['edge', 'far'],
  ['accent', 'foot'],
]

describe.each<Scheme>(['light', 'dark'])('%s', (scheme) => {
  const colours = coloursOf(scheme, css)
  const between = ([over, under]: [string, string]): number =>
    contrast(colours[over] ?? '', colours[under] ?? '')

  test('The formula of contrast gives the values of the standard', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  test.each(text)('The text colour %s on %s has a contrast of at least 7:1', (...pair) => {
    expect(between(pair)).toBeGreaterThanOrEqual(7)
  })

  test.each(signs)('The sign colour %s on %s has a contrast of at least 3:1', (...pair) => {
    expect(between(pair)).toBeGreaterThanOrEqual(3)
  })
})

test('Both schemes name the same colours, except colours that are dark in both', () => {
  const light = Object.keys(coloursOf('light', css)).sort()
  const [, dark = ''] = css.split('@media screen and (prefers-color-scheme: dark)')
  const unnamed = light.filter((name) => !dark.includes(`--${name}: #`))
  expect(unnamed).toEqual(['call', 'on-call', 'on-deep'])
})
