// Loads three fonts with the letters ң, ө and ү into a page: normal, wide and narrow. Phones have
// different fonts, and the fonts of the test machine are unknown.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '#scripts/shared/paths'

const EXPO = '@expo-google-fonts'
const WIDE = '@fontsource/dejavu-sans/files/dejavu-sans-latin'
/** The files of each font, regular and bold. */
const FILES = {
  usual: [
    `${EXPO}/noto-sans/400Regular/NotoSans_400Regular.ttf`,
    `${EXPO}/noto-sans/700Bold/NotoSans_700Bold.ttf`,
  ],
  wide: [`${WIDE}-400-normal.woff2`, `${WIDE}-700-normal.woff2`],
  narrow: [
    `${EXPO}/pt-sans-narrow/400Regular/PTSansNarrow_400Regular.ttf`,
    `${EXPO}/pt-sans-narrow/700Bold/PTSansNarrow_700Bold.ttf`,
  ],
} as const
export type Font = keyof typeof FILES
export const FONTS = Object.keys(FILES) as Font[]

const read = new Map<string, string>()
const base64Of = (file: string): string => {
  const text = read.get(file) ?? readFileSync(join(root, 'node_modules', file), 'base64')
  read.set(file, text)
  return text
}

/**
 * Loads fonts into the open document. Fonts loaded from bytes do not need a URL, which the page's
 * policy would forbid.
 */
export async function loadFonts(page: Page, fonts: readonly Font[]): Promise<void> {
  const faces = fonts.flatMap((font) =>
    FILES[font].map((file, at) => ({
      family: `test ${font}`,
      weight: at === 0 ? '400' : '700',
      base64: base64Of(file),
    })),
  )
  await page.evaluate(async (given) => {
    for (const { family, weight, base64 } of given) {
      const text = atob(base64)
      const bytes = new Uint8Array(text.length)
      // A loop is much faster than `from`, which calls a function for each byte.
      for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
      document.fonts.add(await new FontFace(family, bytes, { weight }).load())
    }
  }, faces)
}

/** Displays the document in a loaded font. */
export const useFont = (page: Page, font: Font): Promise<void> =>
  page.evaluate((family) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`*, ::before, ::after { font-family: "test ${family}" !important }`)
    document.adoptedStyleSheets = [sheet]
  }, font)
