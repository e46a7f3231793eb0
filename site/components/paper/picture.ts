// Draws the pictures to send: a square one for a chat and a tall one for a status.
// A picture names no reader and no sender, and has only words of the poster.
import sharp from 'sharp'
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
import { isDrawable } from './fonts.ts'
import {
  block,
  type Block,
  brand,
  keeping,
  PICTURE_EDGE,
  path,
  ridge,
  scan,
  tone,
  type PictureSize,
} from './picture-parts.ts'
import { QUESTIONS } from './printed.ts'

export const SHAPES = {
  square: { width: 1080, height: 1080 },
  tall: { width: 1080, height: 1920 },
} as const satisfies Record<string, PictureSize>
export type PictureShape = keyof typeof SHAPES
export const SHAPE_NAMES = ['square', 'tall'] as const satisfies readonly PictureShape[]

interface Wanted {
  lang: Language
  shape: PictureShape
  /** The address of the site. null: the picture has neither code nor address. */
  origin: string | null
}
interface Picture {
  /** The name of the file, and the end of the key of its name, `print.picture.<id>`. */
  id: string
  draw: (wanted: Wanted) => string
}

/** Phones lay their own signs over the upper and lower edge of a status. */
const TALL_EDGE = 250

/** The sizes of letters that a list tries, and the least size. */
const SIZES = [56, 54, 52, 50, 48, 46, 44, 42, 40, 38, 36]
const LEAST = 34

function questionList(lang: Language, top: number, size: number): Block {
  let y = top
  const lines = QUESTIONS.map((question, at) => {
    const number = { x: PICTURE_EDGE, y, width: 80, colour: 'mark' } as const
    const words = {
      x: PICTURE_EDGE + size * 1.5,
      y,
      width: 920 - size * 1.5,
      colour: 'text',
    } as const
    const text = block(t(lang, `print.question.${question}`), words, { weight: 'regular', size })
    y = text.bottom + size * 0.55
    return block(`${at + 1}.`, number, { weight: 'bold', size }).svg + text.svg
  })
  return { svg: lines.join(''), bottom: y }
}

function drawQuestions({ lang, shape, origin }: Wanted): string {
  const size = SHAPES[shape]
  const isTall = shape === 'tall'
  const top = isTall ? TALL_EDGE : 64
  const code = isTall ? 320 : 230
  const beside = origin === null || isTall ? 920 : 920 - code - 40
  const heading = block(
    t(lang, 'print.questions'),
    { x: PICTURE_EDGE, y: top + 80, width: beside, colour: 'text' },
    { weight: 'bold', size: isTall ? 84 : 60 },
  )
  const start = Math.max(heading.bottom, isTall ? 0 : 330) + (isTall ? 50 : 24)
  const end = size.height - (isTall ? TALL_EDGE + code * 1.25 : 110)
  const lists = SIZES.map((letters) => questionList(lang, start, letters))
  const list = lists.find(({ bottom }) => bottom <= end) ?? questionList(lang, start, LEAST)
  const place = isTall
    ? { x: PICTURE_EDGE, y: size.height - TALL_EDGE - code, side: code }
    : { x: size.width - PICTURE_EDGE - code, y: top, side: code }
  return (
    path(`M0 0H${size.width}V${size.height}H0z`, `fill="${tone('ground')}"`) +
    ridge(size, isTall ? 150 : 80) +
    brand(lang, top, 'text') +
    heading.svg +
    list.svg +
    scan({ lang, origin, ...place })
  )
}

function drawPassport({ lang, shape, origin }: Wanted): string {
  const size = SHAPES[shape]
  const isTall = shape === 'tall'
  const top = isTall ? TALL_EDGE : 64
  const heading = block(
    t(lang, 'print.headline'),
    { x: PICTURE_EDGE, y: top + 90, width: isTall ? 920 : 560, colour: 'on-deep' },
    { weight: 'bold', size: isTall ? 132 : 96 },
  )
  const advice = block(
    t(lang, 'print.there.passport'),
    { x: PICTURE_EDGE, y: heading.bottom + 30, width: isTall ? 800 : 430, colour: 'accent' },
    { weight: 'regular', size: isTall ? 56 : 40 },
  )
  const side = isTall ? 320 : 230
  return (
    path(`M0 0H${size.width}V${size.height}H0z`, `fill="${tone('deep')}"`) +
    keeping(size, isTall ? 1100 : size.height) +
    brand(lang, top, 'on-deep') +
    heading.svg +
    advice.svg +
    scan({
      ...{ lang, origin, side, x: PICTURE_EDGE },
      y: size.height - (isTall ? TALL_EDGE : PICTURE_EDGE) - side * 1.16,
    })
  )
}

/** Every picture. Another record, such as the first scene of a story, makes another picture. */
export const PICTURES: readonly Picture[] = [
  { id: 'questions', draw: drawQuestions },
  { id: 'passport', draw: drawPassport },
]

/** Returns the names of the pictures in a language, none when the fonts lack its letters. */
export const pictureFiles = (lang: Language): readonly string[] =>
  isDrawable(['headline', 'questions'].map((key) => t(lang, `print.${key}`)).join(''))
    ? PICTURES.flatMap(({ id }) => SHAPE_NAMES.map((shape) => `${id}-${shape}`))
    : []

/** Draws a picture as SVG. `name` is one of `pictureFiles`. */
function pictureSvg(name: string, lang: Language, origin: string | null): string {
  const shape = SHAPE_NAMES.find((each) => name.endsWith(`-${each}`))
  const picture = PICTURES.find(({ id }) => name === `${id}-${shape ?? ''}`)
  if (shape === undefined || picture === undefined) throw new Error(`there is no picture ${name}`)
  const { width, height } = SHAPES[shape]
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
  const drawing = picture.draw({ lang, shape, origin })
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${drawing}</svg>`
}

/** Makes a picture as a PNG of few colours. */
export async function drawnPicture(
  name: string,
  lang: Language,
  origin: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const svg = Buffer.from(pictureSvg(name, lang, origin))
  return new Uint8Array(await sharp(svg).png({ palette: true, colours: 32 }).toBuffer())
}
