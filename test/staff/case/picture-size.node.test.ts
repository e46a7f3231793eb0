import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { concat, u32, utf8, type Bytes } from '#protocol/bytes'
import { pictureSize, showable } from '#site/staff/case/screen/files/picture-size.ts'

const [WIDTH, HEIGHT] = [613, 377]
const picture = () =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 4, background: '#33554488' } })
const bytes = async (made: Sharp): Promise<Bytes> => new Uint8Array(await made.toBuffer())

/** Makes the header of a PNG without pixels. */
const png = (width: number, height: number): Bytes =>
  concat(
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[u32(13), utf8('IHDR'), u32(width), u32(height), new Uint8Array(9)],
  )

/** Makes a JPEG whose dimensions come after other segments, as in camera pictures. */
const jpeg = (width: number, height: number): Bytes =>
  new Uint8Array([
    ...[0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xc0, 9, 9, 0xff, 0xff, 0xff, 0xc4, 0, 4, 0, 0],
    ...[0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
  ])

describe('the size of a picture', () => {
  test.each<[string, () => Sharp]>([
    ['PNG', () => picture().png()],
    ['JPEG', () => picture().jpeg()],
    [
      'progressive JPEG with Exif',
      () =>
        picture()
          .withExif({ IFD0: { Model: 'x' } })
          .jpeg({ progressive: true }),
    ],
    ['WebP', () => picture().removeAlpha().webp()],
    ['WebP with alpha', () => picture().webp()],
    ['lossless WebP', () => picture().webp({ lossless: true })],
  ])('The size of a picture is read from the header of a %s', async (_, made) => {
    expect(pictureSize(await bytes(made()))).toEqual({ width: WIDTH, height: HEIGHT })
  })

  test('The size of a JPEG is read behind its other segments and not inside them', () => {
    expect(pictureSize(jpeg(5000, 300))).toEqual({ width: 5000, height: 300 })
  })

  test('A picture of another format, with a cut header or of size zero has no size', async () => {
    for (const other of [
      ...[await bytes(picture().gif()), await bytes(picture().tiff()), utf8('<svg/>')],
      ...[new Uint8Array(0), png(0, 5), jpeg(0, 5), new Uint8Array([0xff, 0xd8, 0, 0])],
    ])
      expect(pictureSize(other)).toBeNull()
    for (const whole of [png(5, 5), jpeg(5, 5), await bytes(picture().webp())])
      for (let cut = 0; cut < 24; cut++)
        expect(pictureSize(whole.slice(0, Math.min(cut, whole.length)))).toBeNull()
  })
})

test('A picture of more than 40 megapixels is not shown, even with few bytes', () => {
  expect(showable(png(8000, 5000))).toBe('yes')
  expect(showable(png(8001, 5000))).toBe('huge')
  expect(showable(png(0xffffffff, 0xffffffff))).toBe('huge')
  expect(showable(jpeg(65_535, 65_535))).toBe('huge')
  expect(showable(utf8('GIF89a'))).toBe('unknown')
})
