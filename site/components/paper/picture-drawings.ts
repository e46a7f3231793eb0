// Draws, as SVG, the pictures to send: the poster's questions, and the sentence about the passport.
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
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
type PictureShape = keyof typeof SHAPES
export const SHAPE_NAMES = ['square', 'tall'] as const satisfies readonly PictureShape[]

export interface WantedPicture {
  lang: Language
  shape: PictureShape
  /** The site's address. */
  origin: string
}

/** Phones place their own icons over the upper and lower edges of a status picture. */
const TALL_EDGE = 250

/** The font sizes to try for the list of questions, from the largest to the smallest. */
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

export function drawQuestions({ lang, shape, origin }: WantedPicture): string {
  const size = SHAPES[shape]
  const isTall = shape === 'tall'
  const top = isTall ? TALL_EDGE : 64
  const code = isTall ? 320 : 230
  const beside = isTall ? 920 : 920 - code - 40
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

export function drawPassport({ lang, shape, origin }: WantedPicture): string {
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
