// Draws a thumbnail of each sheet and each picture to send. People can thus see the content of a
// file before they download it. The box is 48 × 68.

type Layer = 'solid' | 'deep' | 'light' | 'line' | 'pale'

/** The layers from back to front: their class in paper.css, and their path. */
type Thumbnail = readonly (readonly [Layer, string])[]

const SHEET = 'M1 1h46v66H1z'
const PASSPORT = 'M31 15l11 2-3 18-11-2z'
const HEADLINE = 'M6 12h20M6 18h15M6 24h10'
const BOXES = 'M6 22h4v4H6zM6 30h4v4H6zM6 38h4v4H6z'
const LINES = 'M14 24h26M14 32h22M14 40h26'
const FRAMES = { square: 'M1 7h46v46H1z', tall: 'M1 1h46v66H1z' } as const

/** The thumbnail of the passport picture, inside the given frame. */
const passport = (frame: string): Thumbnail => [
  ['deep', frame],
  ['light', PASSPORT],
  ['pale', HEADLINE],
]
const questions = (frame: string): Thumbnail => [
  ['solid', frame],
  ['light', BOXES],
  ['line', LINES],
]

export const thumbnails: Readonly<Record<string, Thumbnail>> = {
  poster: [
    ['solid', SHEET],
    ['deep', 'M1 1h46v36H1z'],
    ['light', PASSPORT],
    ['pale', HEADLINE],
    ['line', 'M6 44h36M6 51h36M1 58h46M16 58v9M32 58v9'],
  ],
  'poster-light': [
    ['solid', SHEET],
    ['line', `M1 37h46${PASSPORT}${HEADLINE}M6 44h36M6 51h36M1 58h46M16 58v9M32 58v9`],
  ],
  leaflet: [
    ['solid', SHEET],
    ['light', 'M6 12h4v4H6zM6 20h4v4H6zM6 46h4v4H6zM6 54h4v4H6z'],
    ['line', 'M1 34h46M14 14h26M14 22h22M14 48h26M14 56h22'],
  ],
  questions: [
    ['solid', SHEET],
    ['light', `${BOXES}M6 46h4v4H6z`],
    ['line', `M6 12h20${LINES}M14 48h22`],
  ],
  lesson: [
    ['solid', SHEET],
    ['light', 'M6 18h36v9H6z'],
    ['line', 'M6 12h20M6 34h36M6 41h28M6 48h36M6 55h28'],
  ],
  'passport-square': passport(FRAMES.square),
  'passport-tall': passport(FRAMES.tall),
  'questions-square': questions(FRAMES.square),
  'questions-tall': questions(FRAMES.tall),
}

/** Returns the thumbnail of a file. @throws when the file has no thumbnail, to stop the build */
export function thumbnailOf(name: string): Thumbnail {
  const thumbnail = thumbnails[name]
  if (thumbnail === undefined) throw new Error(`the file ${name} has no thumbnail`)
  return thumbnail
}
