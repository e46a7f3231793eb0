// Draws the parts of the pictures to send as SVG: outlined text, the hand and the code.
import { type ColourName } from '#content/contrast.ts'
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
import { colour } from '../../styles/colours.ts'
import { CURL } from '../pictures/drawings.ts'
import { KEEPING, KEEPING_SIZE, PAINTS, transformOf } from './keeping.ts'
import { evenLines, outline, widthOf, type Setting } from './outline.ts'
import { paperCode } from './printed.ts'

export interface PictureSize {
  width: number
  height: number
}
export interface Block {
  svg: string
  /** The position below the last line. */
  bottom: number
}
interface Place {
  x: number
  y: number
  width: number
  colour: ColourName
}

/** The empty margin of a picture. */
export const PICTURE_EDGE = 80
const LEADING = 1.22

export const tone = (name: ColourName): string => colour('light', name)
export const path = (d: string, paint: string): string => `<path d="${d}" ${paint}/>`

/** Sets a text on as many lines as the text needs. */
export function block(words: string, { x, y, width, colour: name }: Place, set: Setting): Block {
  const step = set.size * LEADING
  const lines = evenLines(words, width, set)
  const svg = lines.map((line, at) =>
    path(outline(line, x, y + set.size + at * step, set), `fill="${tone(name)}"`),
  )
  return { svg: svg.join(''), bottom: y + lines.length * step }
}

/** Draws the curl and the name of the Foundation in one line. */
export const brand = (lang: Language, y: number, name: ColourName): string =>
  path(
    CURL,
    `transform="translate(${PICTURE_EDGE - 4} ${y}) scale(1.5)" fill="none" ` +
      `stroke="${tone(name === 'text' ? 'mark' : 'accent')}" stroke-width="3.4" ` +
      'stroke-linecap="round"',
  ) +
  block(t(lang, 'org.name'), { x: PICTURE_EDGE + 84, y: y - 2, width: 800, colour: name }, BRAND)
    .svg

const BRAND: Setting = { weight: 'bold', size: 34 }

/**
 * Draws the hand with its passport at the lower right, across the full width and at least `cover`
 * high.
 */
export function keeping({ width, height }: PictureSize, cover: number): string {
  const scale = Math.max(width / KEEPING_SIZE.width, cover / KEEPING_SIZE.height)
  const shapes = KEEPING.filter(({ name }) => name !== 'sky').map((shape) => {
    const { fill, opacity, stroke, width: line = 1.5, dash } = PAINTS[shape.name]
    const paint = [
      `fill="${fill === undefined ? 'none' : tone(fill)}"`,
      ...(opacity === undefined ? [] : [`fill-opacity="${opacity}"`]),
      ...(stroke === undefined ? [] : [`stroke="${tone(stroke)}" stroke-width="${line}"`]),
      ...(dash === undefined ? [] : [`stroke-dasharray="${dash.join(' ')}"`]),
    ]
    return path(shape.path, `transform="${transformOf(shape)}" ${paint.join(' ')}`)
  })
  const x = width - KEEPING_SIZE.width * scale
  const y = height - KEEPING_SIZE.height * scale
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})" stroke-linecap="round" ` +
    `stroke-linejoin="round">${shapes.join('')}</g>`
  )
}

/** Draws the ridge from the site's footer along the lower edge. */
export const ridge = ({ width, height }: PictureSize, high: number): string =>
  path(
    'M0 60V42l34-18 22 12L98 8l38 30 26-14 44 24 40-34 36 24 22-12 48 28 48-20v26z',
    `transform="translate(0 ${height - high}) scale(${width / 400} ${high / 60})" ` +
      `fill="${tone('foot')}"`,
  )

interface Scan {
  lang: Language
  /** The site's address. */
  origin: string
  x: number
  y: number
  side: number
}

/** The height of a code with its address, as a multiple of the code's side. */
const SCAN_HEIGHT = 1.16

/** Draws a code on white, with the address below it. */
export function scan({ lang, origin, x, y, side }: Scan): string {
  const { side: modules, path: code, address } = paperCode(origin, lang)
  const quiet = (4 * side) / modules
  const room = side - 2 * quiet
  const size = Math.min(side * 0.1, (room / widthOf(address, { weight: 'bold', size: 100 })) * 100)
  const words = outline(address, x + quiet, y + side * 1.06, { weight: 'bold', size })
  return (
    `<rect x="${x}" y="${y}" width="${side}" height="${side * SCAN_HEIGHT}" rx="12" ` +
    `fill="${tone('surface')}"/>` +
    path(code, `transform="translate(${x} ${y}) scale(${side / modules})" fill="${tone('text')}"`) +
    path(words, `fill="${tone('text')}"`)
  )
}
