// Draws a picture anew, so that nothing goes along but what is seen on it.
import { make } from '../tools/elements.ts'

const LONGEST_EDGE = 2048
const QUALITY = 0.85
const SMALL_EDGE = 96

export interface Redrawn {
  blob: Blob
  small: HTMLCanvasElement
}

type Drawable = ImageBitmap | HTMLImageElement | HTMLCanvasElement

/** Width and height that fit into `edge`, never larger than they are. */
function fitInto(width: number, height: number, edge: number): [number, number] {
  const scale = Math.min(1, edge / Math.max(width, height))
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
}

/** On paper, as JPEG knows nothing behind it. */
function draw(picture: Drawable, edge: number): HTMLCanvasElement {
  const canvas = make('canvas')
  ;[canvas.width, canvas.height] = fitInto(picture.width, picture.height, edge)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Browsers that hide who uses them, Tor's first of all, hand out noise instead of what was drawn. */
function givesBackWhatWasDrawn(): boolean {
  const canvas = make('canvas')
  canvas.width = canvas.height = 8
  const pen = canvas.getContext('2d')
  if (!pen) return false
  pen.fillStyle = 'rgb(200, 100, 50)'
  pen.fillRect(0, 0, 8, 8)
  const { data } = pen.getImageData(0, 0, 8, 8)
  return data.every((value, at) => Math.abs(value - ([200, 100, 50, 255][at % 4] as number)) < 9)
}

/** The picture in `file` as an element. Rejects when this browser cannot read it. */
export function pictureOf(file: Blob): Promise<HTMLImageElement> {
  const picture = make('img')
  return new Promise((done, failed) => {
    picture.onload = () => {
      done(picture)
    }
    picture.onerror = failed
    const reader = new FileReader()
    reader.onerror = failed
    // The policy of the page shows pictures from data: only.
    reader.onload = () => {
      picture.src = reader.result as string
    }
    reader.readAsDataURL(file)
  })
}

/** Turned as the camera was held. */
async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return pictureOf(file)
  }
}

/** Null when this browser cannot read the picture, or does not let it be drawn anew. */
export async function redraw(file: Blob): Promise<Redrawn | null> {
  try {
    if (!givesBackWhatWasDrawn()) return null
    const picture = await decode(file)
    const large = draw(picture, LONGEST_EDGE)
    const blob = await new Promise<Blob | null>((done) => {
      large.toBlob(done, 'image/jpeg', QUALITY)
    })
    const small = draw(large, SMALL_EDGE)
    if ('close' in picture) picture.close()
    // On phones memory is short, and a canvas keeps its own until it is made small.
    large.width = large.height = 0
    return blob && blob.size ? { blob, small } : null
  } catch {
    return null
  }
}
