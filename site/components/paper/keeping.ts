// Contains the drawing of a hand with a passport in front of mountains, shape by shape. The page,
// the pictures to send and the PDF draw the same shapes.
import { type ColourName } from '#content/contrast.ts'
import { CURL } from '../pictures/drawings.ts'

/** The size of the drawing in its own units. */
export const KEEPING_SIZE = { width: 190, height: 145 } as const

export type ShapeName =
  | 'sky'
  | 'hills'
  | 'ridge-line'
  | 'skin'
  | 'pass'
  | 'line'
  | 'curl'
  | 'cuff'
  | 'seam'

export interface Shape {
  name: ShapeName
  path: string
  /** Moves the shape, in units of the drawing. */
  move: readonly [x: number, y: number]
  /** Rotates the shape with the passport before it is moved. */
  isTurned?: true
  /** Places and shrinks the shape before it is rotated. */
  place?: { x: number; y: number; scale: number }
}

/** The rotation of the passport in degrees, and its centre. */
export const TURN = { degrees: 9, x: 160, y: 97 } as const

const FAR = [6, -8] as const
const NEAR = [-5, -8] as const

export const KEEPING: readonly Shape[] = [
  { name: 'sky', move: [0, 0], path: 'M0 0h190v145H0z' },
  { name: 'hills', move: FAR, path: 'M0 152l30-18 24 12 40-29 34 26 26-14 56 40v8H0z' },
  { name: 'ridge-line', move: FAR, path: 'M54 146l40-29 34 26M78 128.600l7 4 7-6 7 6 7-5' },
  {
    name: 'skin',
    move: NEAR,
    path: 'M137 140c-7-14-4-32 8-38l44 8c8 8 9 22 4 34l-4 14-46 6z',
  },
  {
    name: 'pass',
    move: NEAR,
    isTurned: true,
    path: 'M133 54h50a4 4 0 0 1 4 4v72a4 4 0 0 1-4 4h-50a4 4 0 0 1-4-4V58a4 4 0 0 1 4-4z',
  },
  { name: 'line', move: NEAR, isTurned: true, path: 'M136 54v80M147 110h30M153 118h18' },
  {
    name: 'curl',
    move: NEAR,
    isTurned: true,
    place: { x: 142.2, y: 74, scale: 0.82 },
    path: CURL,
  },
  {
    name: 'skin',
    move: NEAR,
    path:
      'M196 138c-2-14-12-22-24-25-8-2-16-2-22 0-6 2-4 11 3 11 6 0 12 0 15 5 3 5 0 11-6 13' +
      'l-22 5 4 22h50z',
  },
  { name: 'line', move: NEAR, path: 'M150 113c-3 3-2 7 2 8' },
  { name: 'cuff', move: NEAR, path: 'M134 151l68-13 8 2v50h-70z' },
  { name: 'seam', move: NEAR, path: 'M137 159l70-13' },
]

/** Returns the `transform` of a shape in SVG. */
export function transformOf({ move: [x, y], isTurned, place }: Shape): string {
  const turned = isTurned ? ` rotate(${TURN.degrees} ${TURN.x} ${TURN.y})` : ''
  const placed = place ? ` translate(${place.x} ${place.y}) scale(${place.scale})` : ''
  return `translate(${x} ${y})${turned}${placed}`
}

/** The paint of a shape, keyed by the names of its colours. */
export interface Paint {
  fill?: ColourName
  /** The opacity of the fill, from 0 to 1. */
  opacity?: number
  stroke?: ColourName
  width?: number
  dash?: readonly [number, number]
}

/** The paint of each shape in full colour. */
export const PAINTS: Readonly<Record<ShapeName, Paint>> = {
  sky: { fill: 'deep' },
  hills: { fill: 'on-deep', opacity: 0.1 },
  'ridge-line': { stroke: 'on-deep', width: 1 },
  skin: { fill: 'on-deep', stroke: 'deep' },
  pass: { fill: 'accent', stroke: 'deep' },
  line: { stroke: 'deep' },
  curl: { stroke: 'deep', width: 2.2 },
  cuff: { fill: 'edge', stroke: 'deep' },
  seam: { stroke: 'accent', dash: [3, 2.6] },
}

/** The paint of a shape on white paper: lines, so that a page uses little ink. */
export function lightPaint(name: ShapeName): Paint {
  if (name === 'hills' || name === 'sky') return {}
  if (name === 'ridge-line') return { stroke: 'text', width: 1 }
  const isBody = name === 'skin' || name === 'pass' || name === 'cuff'
  return { ...PAINTS[name], ...(isBody && { fill: 'surface' }), stroke: 'text' }
}
