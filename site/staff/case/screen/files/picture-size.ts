// Reads the size of a picture from its header before anything decodes the picture. A picture of a
// few kilobytes can expand to gigabytes. Detects the format from the content, as browsers do, and
// not from the sender's type. Sources: PNG, third edition, 11.2.1; JPEG, ITU-T T.81, B.2.2; WebP,
// RFC 9649, 2.5 to 2.7; VP8, RFC 6386, 9.1.
import { type Bytes } from '#protocol/bytes'

/**
 * Maximum number of pixels in a picture that may be decoded. Even good phone cameras take pictures
 * with fewer pixels than this.
 */
const MAX_PIXELS = 40_000_000

export interface Size {
  width: number
  height: number
}

/** `huge` has too many pixels; `unknown` is not a PNG, JPEG or WebP, or is broken */
export type Showable = 'yes' | 'huge' | 'unknown'

export function showable(content: Bytes): Showable {
  const size = pictureSize(content)
  if (!size) return 'unknown'
  return size.width * size.height <= MAX_PIXELS ? 'yes' : 'huge'
}

/** Returns the size; null for formats other than PNG, JPEG and WebP, and for a size of zero. */
export function pictureSize(content: Bytes): Size | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  try {
    const size = inPng(view) ?? inJpeg(view) ?? inWebp(view)
    return size && size.width > 0 && size.height > 0 ? size : null
  } catch (cause) {
    // The file ends before the bytes that contain the picture's size.
    if (cause instanceof RangeError) return null
    throw cause
  }
}

const isText = (view: DataView, at: number, text: string): boolean =>
  [...text].every((char, place) => view.getUint8(at + place) === char.charCodeAt(0))

function inPng(view: DataView): Size | null {
  if (!isText(view, 0, '\u0089PNG\r\n\u001a\n') || !isText(view, 12, 'IHDR')) return null
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Returns true for a marker that starts a frame: C0 to CF, except C4, C8 and CC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** The markers that are not followed by a length. */
const isBare = (marker: number): boolean => marker === 1 || (marker >= 0xd0 && marker <= 0xd8)

function inJpeg(view: DataView): Size | null {
  if (view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1)
    if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    // Any number of FF bytes may precede a marker.
    if (marker === 0xff) at += 1
    else at += isBare(marker) ? 2 : 2 + view.getUint16(at + 2)
  }
  return null
}

const u24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

function inWebp(view: DataView): Size | null {
  if (!isText(view, 0, 'RIFF') || !isText(view, 8, 'WEBP')) return null
  if (isText(view, 12, 'VP8X')) return { width: u24(view, 24) + 1, height: u24(view, 27) + 1 }
  if (isText(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (!isText(view, 12, 'VP8 ')) return null
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}
