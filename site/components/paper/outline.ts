// Converts text to outlines of its letters, so that a picture can be drawn without a font.
import { fontOf, type Weight } from './fonts.ts'

export interface Setting {
  weight: Weight
  /** The size in pixels. */
  size: number
}

/** Widths of words in ems. Shaping a word is slow, and each word is measured many times. */
const measured: Record<Weight, Map<string, number>> = { regular: new Map(), bold: new Map() }

function emsOf(word: string, weight: Weight): number {
  const known = measured[weight].get(word)
  if (known !== undefined) return known
  const font = fontOf(weight)
  const ems = font.layout(word).advanceWidth / font.unitsPerEm
  measured[weight].set(word, ems)
  return ems
}

/** Returns the width of a line in pixels: its words, and the spaces between them. */
export function widthOf(text: string, { weight, size }: Setting): number {
  const words = text.split(' ')
  const ems = words.reduce((sum, word) => sum + emsOf(word, weight), 0)
  return (ems + (words.length - 1) * emsOf(' ', weight)) * size
}

/**
 * Breaks a text into lines that fit within a width. A word that is too long is placed on a separate
 * line, unbroken.
 */
export function linesOf(text: string, width: number, setting: Setting): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && widthOf(longer, setting) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/**
 * Breaks a text into as few lines as possible, of similar length, so that no line contains only one
 * word.
 */
export function evenLines(text: string, width: number, setting: Setting): string[] {
  const lines = linesOf(text, width, setting)
  for (let narrow = width * 0.5; narrow < width; narrow += width * 0.03) {
    const even = linesOf(text, narrow, setting)
    const fits = even.every((line) => widthOf(line, setting) <= narrow)
    if (fits && even.length === lines.length) return even
  }
  return lines
}

/** Returns the path of one line of text with its baseline at (x, y). */
export function outline(text: string, x: number, y: number, { weight, size }: Setting): string {
  const font = fontOf(weight)
  const scale = size / font.unitsPerEm
  const { glyphs, positions } = font.layout(text)
  let at = x
  let path = ''
  glyphs.forEach((glyph, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {}
    path += glyph.path
      .scale(scale, -scale)
      .translate(at + xOffset * scale, y - yOffset * scale)
      .toSVG()
    at += xAdvance * scale
  })
  return path
}
