// The code on the posters, read back from a picture of it by a decoder that knows nothing of how it was made.
import jsQR from 'jsqr'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { contacts } from '#content/published.ts'
import { qrCode } from '#site/components/qr.ts'
import { languages } from '#site/i18n/languages.ts'
import { dist } from './built.ts'

async function readBack(side: number, path: string, pixels: number): Promise<string | undefined> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${pixels}" height="${pixels}"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data
}

test('a code says the address that was put in, large and small', async () => {
  const { side, path } = qrCode('https://example.org/ky/')
  expect(await readBack(side, path, 600)).toBe('https://example.org/ky/')
  expect(await readBack(side, path, 150)).toBe('https://example.org/ky/')
})

test('the drawing keeps the empty margin of four modules', () => {
  const { side, path } = qrCode('https://example.org/ky/')
  const starts = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, ...n]) => n.map(Number))
  for (const [x = 0, y = 0, run = 0] of starts) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
    expect(Math.max(x + run, y + 1)).toBeLessThanOrEqual(side - 4)
  }
})

describe('the built sheets', () => {
  test.each(languages)(
    'the code on the %s poster leads to the home page in that language',
    async (lang) => {
      const html = readFileSync(join(dist, lang, 'print/index.html'), 'utf8')
      const canonical = /rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? ''
      const [, side = '', path = ''] =
        /<symbol id="qr" viewBox="0 0 (\d+) \d+"><path d="([^"]+)"/.exec(html) ?? []
      expect(await readBack(Number(side), path, 400)).toBe(new URL(`/${lang}/`, canonical).href)
    },
  )

  test.each(languages)(
    'every number on the %s sheets is a number of content/contacts.json',
    (lang) => {
      const html = readFileSync(join(dist, lang, 'print/index.html'), 'utf8')
      const [, sheets = ''] = html.split('class="paper poster"')
      const numbers = [...(sheets.split('</main>')[0] ?? '').matchAll(/<dd>([^<]+)<\/dd>/g)].map(
        ([, number = '']) => number,
      )
      expect(numbers.length).toBeGreaterThan(8)
      for (const number of numbers) expect(contacts.map(({ display }) => display)).toContain(number)
    },
  )
})
