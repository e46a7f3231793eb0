// Lists the sheets that a person can download as a PDF, each on one page.
import { checkedDay } from '#content/published.ts'
import type { Language } from '#content/languages.ts'
import { t, writtenDay } from '../../i18n/text.ts'
import { isDrawable } from './fonts.ts'
import { drawLeaflets } from './pdf-leaflet.ts'
import { drawLesson } from './pdf-lesson.ts'
import { drawPoster } from './pdf-poster.ts'
import { drawAsked } from './pdf-questions.ts'
import { PdfSheet } from './pdf-sheet.ts'

/** Each sheet, keyed by its file name, which is the last part of the `print.file.<name>` key. */
const SHEETS: Readonly<Record<string, (sheet: PdfSheet, date: string) => void>> = {
  poster: (sheet, date) => drawPoster(sheet, date, false),
  'poster-light': (sheet, date) => drawPoster(sheet, date, true),
  leaflet: drawLeaflets,
  questions: drawAsked,
  lesson: drawLesson,
}
export const sheetNames = Object.keys(SHEETS)

/**
 * Returns the names of the sheets in a language; none when the fonts lack letters of that language.
 * Also returns none when the site has no address, because the sheets could not state where to
 * write.
 */
export const sheetsIn = (lang: Language, origin: string | null): readonly string[] =>
  origin !== null &&
  isDrawable(
    ['print.headline', 'print.questions', 'lesson.lead'].map((key) => t(lang, key)).join(''),
  )
    ? sheetNames
    : []

/**
 * The sheets of this build. Each sheet is needed twice: a page shows its size, and another address
 * serves it.
 */
const made = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

/** Makes a sheet once. `origin` is the site's address. */
export function pdfOf(
  name: string,
  lang: Language,
  origin: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = `${name} ${lang} ${origin}`
  // Under `npm run dev`, redraws for each request, so that changes are visible.
  const known = process.env['OASIS_DEV_WORKER'] ? undefined : made.get(key)
  if (known) return known
  const drawing = drawSheet(name, lang, origin)
  made.set(key, drawing)
  return drawing
}

function drawSheet(name: string, lang: Language, origin: string): Promise<Uint8Array<ArrayBuffer>> {
  const draw = SHEETS[name]
  if (draw === undefined) throw new Error(`there is no sheet ${name}`)
  const sheet = new PdfSheet(lang, t(lang, `print.file.${name}`), { origin, day: checkedDay })
  draw(sheet, writtenDay(checkedDay))
  return sheet.bytes()
}
