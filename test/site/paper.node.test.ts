// Tests the downloadable sheets and the pictures for sharing. An independent library opens each
// file, and an independent decoder reads its QR code.
import decodeQR from 'qr/decode.js'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { contacts } from '#content/published.ts'
import { languages } from '#content/languages.ts'
import { isDrawable } from '#site/components/paper/fonts.ts'
import { linesOf, widthOf } from '#site/components/paper/outline.ts'
import { SHAPES } from '#site/components/paper/picture-drawings.ts'
import { pictureFiles, drawnPicture } from '#site/components/paper/picture.ts'
import { ASKED, onLeaflet, QUESTIONS, starred } from '#site/components/paper/printed.ts'
import { pdfOf, sheetNames } from '#site/components/paper/sheets.ts'
import { textOf, textsUnder, t } from '#site/i18n/text.ts'
import { dist } from './built.ts'
import { readPdf } from './pdf-page.ts'

const ORIGIN = 'https://oasis.example'
const SHEET_BYTES = 61_440
const PICTURE_BYTES = 102_400

/** Reads the QR code in a part of a picture. */
async function codeIn(picture: Sharp): Promise<string | undefined> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return decodeQR({ data: new Uint8ClampedArray(data), width: info.width, height: info.height })
}

/** Pixels per millimetre of a page that readPdf has drawn. */
const MM = (2 * 72) / 25.4

/** Cuts out a part of a page; the measurements are in millimetres. */
const cut = (svg: string, left: number, top: number, width: number, height: number): Sharp => {
  const [x = 0, y = 0, w = 0, h = 0] = [left, top, width, height].map((mm) => Math.round(mm * MM))
  return sharp(Buffer.from(svg)).extract({ left: x, top: y, width: w, height: h })
}

const squeezed = (text: string): string => text.replace(/\s+/g, '')

describe.each(languages)('the sheets in %s', (lang) => {
  test.each(sheetNames)(
    'The sheet %s is one small tagged page of A4 in its language',
    async (name) => {
      const bytes = await pdfOf(name, lang, ORIGIN)
      expect(bytes.length).toBeLessThan(SHEET_BYTES)
      const page = await readPdf(bytes)
      expect(page).toMatchObject({ pages: 1, lang, isTagged: true })
      expect(page.title).toBe(t(lang, `print.file.${name}`))
      expect([Math.round(page.width), Math.round(page.height)]).toEqual([595, 842])
    },
  )

  test.each(sheetNames)(
    'A decoder reads the address from the code of the sheet %s',
    async (name) => {
      const { svg, text } = await readPdf(await pdfOf(name, lang, ORIGIN))
      // A poster also has a code on each strip, so this test examines the area beside the
      // questions.
      const page = name.startsWith('poster')
        ? cut(svg, 152, 135.5, 44, 39)
        : sharp(Buffer.from(svg))
      expect(await codeIn(page)).toBe(`${ORIGIN}/${lang}/`)
      expect(squeezed(text)).toContain(`oasis.example/${lang}`)
    },
  )

  test('A decoder reads the address in each language from the strips of the poster', async () => {
    const { svg } = await readPdf(await pdfOf('poster', lang, ORIGIN))
    const wide = 190 / 9
    const codes: (string | undefined)[] = []
    for (let at = 0; at < 3; at += 1)
      codes.push(await codeIn(cut(svg, 10 + at * wide, 268, wide, 22).resize({ width: 360 })))
    const others = languages.filter((other) => other !== lang)
    expect(codes).toEqual([lang, ...others].map((each) => `${ORIGIN}/${each}/`))
  })

  test('The poster has five questions and only numbers of content/contacts.json', async () => {
    const text = squeezed((await readPdf(await pdfOf('poster', lang, ORIGIN))).text)
    for (const question of QUESTIONS)
      expect(text).toContain(squeezed(t(lang, `print.question.${question}`)))
    for (const id of ['KG-09', 'KG-01', 'KG-02', 'KG-05'])
      expect(text).toContain(squeezed(contacts.find((one) => one.id === id)?.display ?? id))
    expect(text).toContain('112*')
    expect(text).toContain(squeezed(t(lang, 'print.star')))
    expect(text).toContain(squeezed(t(lang, 'print.choice', { address: `oasis.example/${lang}` })))
  })

  test('The leaflet says for whom each line answers, in both copies', async () => {
    const text = squeezed((await readPdf(await pdfOf('leaflet', lang, ORIGIN))).text)
    for (const { country, danger, lines } of onLeaflet) {
      expect(text).toContain(squeezed(t(lang, `country.${country}`) + starred(danger)))
      for (const { id, display } of lines) {
        const line = squeezed(display + t(lang, `print.for.${id.toLowerCase()}`))
        expect(text.split(line)).toHaveLength(3)
      }
    }
  })

  test('The sheet of questions and the lesson hold all their words', async () => {
    const asked = squeezed((await readPdf(await pdfOf('questions', lang, ORIGIN))).text)
    for (const question of ASKED) expect(asked).toContain(squeezed(t(lang, `ask.${question}`)))
    const lesson = squeezed((await readPdf(await pdfOf('lesson', lang, ORIGIN))).text)
    for (const key of Object.keys(textsUnder(lang, 'lesson.')))
      expect(lesson, key).toContain(squeezed(textOf(lang, key)).split('{')[0])
  })
})

describe.each(languages)('the pictures in %s', (lang) => {
  test.each(pictureFiles(lang, ORIGIN))(
    'The picture %s is small, and its code leads home',
    async (name) => {
      const bytes = await drawnPicture(name, lang, ORIGIN)
      const { width, height, format } = await sharp(bytes).metadata()
      expect({ width, height, format }).toEqual({
        ...SHAPES[name.endsWith('tall') ? 'tall' : 'square'],
        format: 'png',
      })
      expect(bytes.length).toBeLessThan(PICTURE_BYTES)
      expect(await codeIn(sharp(bytes))).toBe(`${ORIGIN}/${lang}/`)
    },
  )

  test('The page to print links to every sheet and every picture, which the build holds', () => {
    const html = readFileSync(join(dist, lang, 'print/index.html'), 'utf8')
    const files = [
      ...sheetNames.map((name) => `${name}.pdf`),
      ...pictureFiles(lang, ORIGIN).map((name) => `${name}.png`),
    ]
    for (const file of files) {
      expect(html).toContain(`href="/paper/${lang}/${file}"`)
      expect(existsSync(join(dist, 'paper', lang, file)), file).toBe(true)
    }
  })
})

test('The fonts have the letters of Kyrgyz and Uzbek, and letters they lack are noticed', () => {
  expect(isDrawable('Ңң Өө Үү «Паспорт» oʻzbek ў қ ғ ҳ')).toBe(true)
  expect(isDrawable('پاسپورت')).toBe(false)
})

test('A text breaks into lines that fit, and a long word stays whole', () => {
  const setting = { weight: 'bold', size: 40 } as const
  const lines = linesOf('Паспортуңуз өзүңүздө калсын', 300, setting)
  expect(lines.join(' ')).toBe('Паспортуңуз өзүңүздө калсын')
  for (const line of lines) expect(widthOf(line, setting)).toBeLessThanOrEqual(300)
  expect(linesOf('Паспортуңуз', 10, setting)).toEqual(['Паспортуңуз'])
})
