// Reads the fonts for pictures and PDFs from a package, because machines have different fonts or no
// fonts.
import { create, type Font } from 'fontkit'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const FOLDER = resolve('node_modules/@expo-google-fonts/noto-sans')
const FILES = {
  regular: '400Regular/NotoSans_400Regular.ttf',
  bold: '700Bold/NotoSans_700Bold.ttf',
} as const

export type Weight = keyof typeof FILES

export const fontBytes = (weight: Weight): Buffer => readFileSync(join(FOLDER, FILES[weight]))

const opened = new Map<Weight, Font>()

export function fontOf(weight: Weight): Font {
  const font = opened.get(weight) ?? create(fontBytes(weight))
  if ('fonts' in font) throw new Error(`${FILES[weight]} holds several fonts`)
  opened.set(weight, font)
  return font
}

/**
 * Returns true when the fonts contain every letter. A printed page would show a box in place of a
 * missing letter.
 */
export const isDrawable = (text: string): boolean =>
  [...text].every((letter) => fontOf('regular').hasGlyphForCodePoint(letter.codePointAt(0) ?? 0))
