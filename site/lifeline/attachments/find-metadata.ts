// Finds the kinds of metadata in a picture, so that the page can tell the person about them.
// Redrawing removes all metadata. Sources: Exif 2.32 (CIPA DC-008), sections 4.6.4 to 4.6.6; PNG,
// third edition; WebP container, RFC 9649; HEIF, ISO/IEC 23008-12.
import type { Bytes } from '#protocol/bytes'

const HIDDEN = ['place', 'time', 'device', 'other'] as const
export type Hidden = (typeof HIDDEN)[number]

type Find = (part: Hidden) => void

/**
 * Checks whether a tag describes only compression, rotation or exposure, which do not identify a
 * person.
 */
const isTechnical = (tag: number): boolean =>
  (tag >= 0x0100 && tag <= 0x0106) ||
  [0x0112, 0x0115, 0x011a, 0x011b, 0x011c, 0x0128, 0x0201, 0x0202, 0x0213, 0x829a, 0x829d].includes(
    tag,
  ) ||
  (tag >= 0x8822 && tag <= 0x8833 && tag !== GPS_IFD) ||
  (tag >= 0x9000 && tag <= 0x9002) ||
  (tag >= 0x9101 && tag <= 0x9214) ||
  (tag >= 0xa000 && tag <= 0xa003) ||
  (tag >= 0xa20b && tag <= 0xa40c)
const DEVICE = new Set([0x010f, 0x0110, 0x0131, 0x013b, 0x927c, 0xa430, 0xa431, 0xa434, 0xa435])
const TIME = new Set([0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012])
const [EXIF_IFD, GPS_IFD] = [0x8769, 0x8825]

const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)

/**
 * Returns the kinds of metadata in a JPEG, PNG, WebP or HEIF, in the order of HIDDEN.
 * Broken metadata counts as `other`.
 */
export function findMetadata(bytes: Bytes): Hidden[] {
  const found = new Set<Hidden>()
  const find: Find = (part) => found.add(part)
  try {
    const start = textOf(bytes.subarray(0, 12))
    if (start.startsWith('\u00ff\u00d8')) inJpeg(bytes, find)
    else if (start.startsWith('PNG', 1)) inPng(bytes, find)
    else if (/^RIFF[^]{4}WEBP/.test(start)) inWebp(bytes, find)
    else if (start.slice(4, 8) === 'ftyp') inHeif(bytes, find)
  } catch {
    find('other')
  }
  return HIDDEN.filter((part) => found.has(part))
}

function inJpeg(bytes: Bytes, find: Find): void {
  const view = viewOf(bytes)
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1)
    // After the start-of-scan marker, only pixels follow.
    if (marker === 0xda || marker === 0xd9) return
    const end = at + 2 + view.getUint16(at + 2)
    const part = bytes.subarray(at + 4, end)
    const name = textOf(part.subarray(0, 28))
    if (marker === 0xe1 && name.startsWith('Exif')) inTiff(part.subarray(6), find)
    else if (marker === 0xe1) inXmp(textOf(part), find)
    // 0xE0 is the JFIF header, 0xE2 a colour profile, 0xEE the colour transform.
    else if (marker === 0xfe || marker === 0xed || (marker === 0xe2 && !name.startsWith('ICC')))
      find('other')
    at = end
  }
}

function inPng(bytes: Bytes, find: Find): void {
  const view = viewOf(bytes)
  for (let at = 8; at + 8 <= bytes.length;) {
    const part = bytes.subarray(at + 8, at + 8 + view.getUint32(at))
    const type = textOf(bytes.subarray(at + 4, at + 8))
    if (type === 'eXIf') inTiff(part, find)
    if (type === 'tIME') find('time')
    if (/^[tiz](TX|EX)t$/.test(type)) inXmp(textOf(part), find)
    at += 12 + part.length
  }
}

function inWebp(bytes: Bytes, find: Find): void {
  const view = viewOf(bytes)
  for (let at = 12; at + 8 <= bytes.length;) {
    const part = bytes.subarray(at + 8, at + 8 + view.getUint32(at + 4, true))
    const type = textOf(bytes.subarray(at, at + 4))
    if (type === 'EXIF')
      inTiff(textOf(part.subarray(0, 4)) === 'Exif' ? part.subarray(6) : part, find)
    if (type === 'XMP ') inXmp(textOf(part), find)
    at += 8 + part.length + (part.length % 2)
  }
}

/**
 * Searches for the byte sequences at the start of Exif and XMP, which are unique, so no box needs
 * parsing.
 */
function inHeif(bytes: Bytes, find: Find): void {
  const text = textOf(bytes)
  const exif = /Exif\0\0(?=II\*\0|MM\0\*)/.exec(text)
  if (exif) inTiff(bytes.subarray(exif.index + 6), find)
  const xmp = /<x:xmpmeta[^]*?<\/x:xmpmeta>/.exec(text)
  if (xmp) inXmp(xmp[0], find)
}

function inXmp(text: string, find: Find): void {
  find('other')
  if (/GPSL|:City|:Location|:CountryName/i.test(text)) find('place')
  if (/Date|Time/i.test(text)) find('time')
  if (/tiff:M(ake|odel)|CreatorTool|Software/i.test(text)) find('device')
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function inTiff(tiff: Uint8Array, find: Find): void {
  const view = viewOf(tiff)
  const little = view.getUint16(0) === 0x4949
  const seen = new Set<number>()
  const walk = (at: number, tell: (tag: number) => void): void => {
    // A directory that points to itself would cause an endless loop.
    if (!at || seen.has(at)) return
    seen.add(at)
    const count = view.getUint16(at, little)
    for (let entry = at + 2; entry < at + 2 + count * 12; entry += 12) {
      const tag = view.getUint16(entry, little)
      if (tag === EXIF_IFD) walk(view.getUint32(entry + 8, little), tell)
      else if (tag === GPS_IFD) walk(view.getUint32(entry + 8, little), inGps)
      else tell(tag)
    }
    const next = at + 2 + count * 12
    if (tell !== inGps && next + 4 <= tiff.length)
      walk(view.getUint32(next, little), inSmallPicture)
  }
  const inGps = (tag: number): void => {
    // Tag 0 is the version, and cameras write it even without a position.
    if (tag) find(tag === 0x1d || tag === 7 ? 'time' : 'place')
  }
  const inMain = (tag: number): void => {
    if (DEVICE.has(tag)) find('device')
    else if (TIME.has(tag)) find('time')
    else if (!isTechnical(tag)) find('other')
  }
  // The thumbnail may show parts that have been cropped out of the picture.
  const inSmallPicture = (): void => {
    find('other')
  }
  walk(view.getUint32(4, little), inMain)
}
