// Makes the pictures to send: a square picture for a chat and a tall picture for a status. Nothing
// in a picture shows who reads or sends that picture. The words are the same as on the poster.
import sharp from 'sharp'
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
import { keptWork } from '../../integrations/keep-work.ts'
import { isDrawable } from './fonts.ts'
import {
  drawPassport,
  drawQuestions,
  SHAPES,
  SHAPE_NAMES,
  type WantedPicture,
} from './picture-drawings.ts'

interface Picture {
  /**
   * The file name, which is also the last part of the key of the picture's name,
   * `print.picture.<id>`.
   */
  id: string
  draw: (wanted: WantedPicture) => string
}

/**
 * Every picture. A picture made from any other record, such as a story's first scene, belongs here
 * too.
 */
export const PICTURES: readonly Picture[] = [
  { id: 'questions', draw: drawQuestions },
  { id: 'passport', draw: drawPassport },
]

/**
 * Returns the names of the pictures in a language. Returns no names when the site has no address,
 * or when the fonts lack letters of that language.
 */
export const pictureFiles = (lang: Language, origin: string | null): readonly string[] =>
  origin !== null &&
  isDrawable(['headline', 'questions'].map((key) => t(lang, `print.${key}`)).join(''))
    ? PICTURES.flatMap(({ id }) => SHAPE_NAMES.map((shape) => `${id}-${shape}`))
    : []

/** Draws a picture as SVG. `name` is one of `pictureFiles`. */
function pictureSvg(name: string, lang: Language, origin: string): string {
  const shape = SHAPE_NAMES.find((each) => name.endsWith(`-${each}`))
  const picture = PICTURES.find(({ id }) => name === `${id}-${shape ?? ''}`)
  if (shape === undefined || picture === undefined) throw new Error(`there is no picture ${name}`)
  const { width, height } = SHAPES[shape]
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
  const drawing = picture.draw({ lang, shape, origin })
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${drawing}</svg>`
}

const FEW_COLOURS = { palette: true, colours: 32 }

/** Makes a picture as a PNG with few colours. */
export async function drawnPicture(
  name: string,
  lang: Language,
  origin: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const svg = pictureSvg(name, lang, origin)
  const input = JSON.stringify(FEW_COLOURS) + svg
  return keptWork({ name: 'picture', input }, () =>
    sharp(Buffer.from(svg)).png(FEW_COLOURS).toBuffer(),
  )
}
