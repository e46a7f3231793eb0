import sharp, { type Exif } from 'sharp'
import { expect, test } from 'vitest'
import { concat, u32, utf8, type Bytes } from '#protocol/bytes'
import { findMetadata } from '#site/lifeline/attachments/find-metadata.ts'

const plain = sharp({ create: { width: 40, height: 30, channels: 3, background: '#678' } })
const PLACE: Exif = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '42/1 52/1 30/1' } }
const TIME: Exif = { IFD2: { DateTimeOriginal: '2026:11:20 21:14:00' } }
const DEVICE: Exif = { IFD0: { Make: 'Kyzyl', Model: 'Telefon 5' } }
const FORMATS = ['jpeg', 'png', 'webp'] as const

const bytesOf = (buffer: Buffer): Bytes => new Uint8Array(buffer)
const picture = async (format: (typeof FORMATS)[number], exif?: Exif): Promise<Bytes> =>
  bytesOf(await (exif ? plain.clone().withExif(exif) : plain.clone()).toFormat(format).toBuffer())
/** Inserts a segment after the start marker of a JPEG. */
const withPart = (jpeg: Bytes, marker: number, part: Bytes): Bytes =>
  concat(
    jpeg.slice(0, 2),
    new Uint8Array([255, marker]),
    u32(part.length + 2).slice(2),
    part,
    jpeg.slice(2),
  )

test.each(FORMATS)(
  'The search for metadata finds place, time and device in a %s picture, in any mix',
  async (format) => {
    expect(await picture(format).then(findMetadata)).toEqual([])
    expect(findMetadata(await picture(format, PLACE))).toEqual(['place'])
    expect(findMetadata(await picture(format, TIME))).toEqual(['time'])
    expect(findMetadata(await picture(format, DEVICE))).toEqual(['device'])
    expect(findMetadata(await picture(format, { ...PLACE, ...TIME, ...DEVICE }))).toEqual([
      'place',
      'time',
      'device',
    ])
  },
)

test('A picture whose only metadata is its orientation counts as clean', async () => {
  const turned = await plain.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer()
  expect(findMetadata(bytesOf(turned))).toEqual([])
})

test('The search for metadata finds XMP, comments and IPTC in a JPEG, but no profile', async () => {
  const jpeg = await picture('jpeg')
  const xmp = utf8(
    'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude="42,52N" xmp:CreateDate="2026"/>',
  )
  expect(findMetadata(withPart(jpeg, 0xe1, xmp))).toEqual(['place', 'time', 'other'])
  expect(findMetadata(withPart(jpeg, 0xfe, utf8('Айгүл')))).toEqual(['other'])
  expect(findMetadata(withPart(jpeg, 0xed, utf8('Photoshop 3.0\0')))).toEqual(['other'])
  expect(findMetadata(withPart(jpeg, 0xe2, utf8('ICC_PROFILE\0')))).toEqual([])
})

test('The search for metadata finds text and the time of a change in a PNG', async () => {
  const png = await picture('png')
  const chunk = (type: string, part: Bytes): Bytes =>
    concat(u32(part.length), utf8(type), part, u32(0))
  const before = (type: string, part: Bytes): Bytes =>
    concat(png.slice(0, 33), chunk(type, part), png.slice(33))
  expect(findMetadata(before('tIME', new Uint8Array(7)))).toEqual(['time'])
  expect(findMetadata(before('tEXt', utf8('Author\0Айгүл')))).toEqual(['other'])
})

test('The search for metadata finds Exif data deep inside a HEIF picture', async () => {
  const jpeg = await picture('jpeg', { ...PLACE, ...DEVICE })
  const heif = concat(u32(24), utf8('ftypheic'), new Uint8Array(900), jpeg)
  expect(findMetadata(heif)).toEqual(['place', 'device'])
  expect(findMetadata(concat(u32(24), utf8('ftypheic'), new Uint8Array(900)))).toEqual([])
})

test('The search for metadata never throws or hangs on a broken or hostile picture', async () => {
  const jpeg = await picture('jpeg', { ...PLACE, ...TIME, ...DEVICE })
  for (let length = 0; length < jpeg.length; length++) findMetadata(jpeg.slice(0, length))
  for (let at = 0; at < 400; at++) {
    const wrong = jpeg.slice()
    wrong[at] = 255 - (wrong[at] ?? 0)
    findMetadata(wrong)
  }
  // This directory refers to itself as the next directory.
  const circle = concat(utf8('Exif\0\0MM\0*'), u32(8), new Uint8Array([0, 0]), u32(8))
  expect(findMetadata(withPart(await picture('jpeg'), 0xe1, circle))).toEqual([])
  expect(findMetadata(new Uint8Array(0))).toEqual([])
})
