// Redraws a picture, so that only its visible content is sent.
import { make } from '../dom/elements.ts'

const LONGEST_EDGE = 2048
const QUALITY = 0.85
const SMALL_EDGE = 96

export interface Redrawn {
  blob: Blob
  small: HTMLCanvasElement
}

type Drawable = ImageBitmap | HTMLImageElement | HTMLCanvasElement

/** Scales the width and the height down so that both fit within `edge`. */
function fitInto(width: number, height: number, edge: number): [number, number] {
  const scale = Math.min(1, edge / Math.max(width, height))
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
}

/** Draws on a white background, because JPEG has no transparency. */
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

/**
 * Checks whether a canvas returns its true pixels. Browsers that resist fingerprinting return
 * noise.
 */
function hasTrueCanvas(): boolean {
  const canvas = make('canvas')
  canvas.width = canvas.height = 8
  const pen = canvas.getContext('2d')
  if (!pen) return false
  pen.fillStyle = 'rgb(200, 100, 50)'
  pen.fillRect(0, 0, 8, 8)
  const { data } = pen.getImageData(0, 0, 8, 8)
  return data.every((value, at) => Math.abs(value - ([200, 100, 50, 255][at % 4] || 0)) < 9)
}

/** Returns the picture in `file` as an element. Rejects when this browser cannot read the file. */
export function pictureOf(file: Blob): Promise<HTMLImageElement> {
  const picture = make('img')
  return new Promise((done, failed) => {
    picture.onload = () => {
      done(picture)
    }
    picture.onerror = failed
    const reader = new FileReader()
    reader.onerror = failed
    // The page's policy allows pictures only from data: addresses.
    reader.onload = () => {
      picture.src = reader.result as string
    }
    reader.readAsDataURL(file)
  })
}

/** Decodes a picture and applies its orientation. */
async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return pictureOf(file)
  }
}

/** Redraws a picture. Returns null for an unreadable picture or a canvas that returns noise. */
export async function redraw(file: Blob): Promise<Redrawn | null> {
  try {
    if (!hasTrueCanvas()) return null
    const picture = await decode(file)
    const large = draw(picture, LONGEST_EDGE)
    const blob = await new Promise<Blob | null>((done) => {
      large.toBlob(done, 'image/jpeg', QUALITY)
    })
    const small = draw(large, SMALL_EDGE)
    if ('close' in picture) picture.close()
    // Frees the canvas immediately, because phones have little memory.
    large.width = large.height = 0
    return blob && blob.size ? { blob, small } : null
  } catch {
    return null
  }
}
