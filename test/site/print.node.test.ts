// Tests the printed sheets. An independent decoder reads the QR code from a picture.
import decodeQR from 'qr/decode.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import { contactOf, contacts } from '#content/published.ts'
import { addressOnPaper } from '#site/integrations/hosts.ts'
import { pictureFiles } from '#site/components/paper/picture.ts'
import { paperCode, onLeaflet, starred } from '#site/components/paper/printed.ts'
import { sheetNames, sheetsIn } from '#site/components/paper/sheets.ts'
import { qrCode } from '#site/components/paper/qr.ts'
import { languages } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { t } from '#site/i18n/text.ts'
import { dist } from './built.ts'

const LESSON = /сабак|урок|lesson/

async function readBack(side: number, path: string, pixels: number): Promise<string | undefined> {
  const size = `viewBox="0 0 ${side} ${side}" width="${pixels}" height="${pixels}"`
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>` +
    `<rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return decodeQR({ data: new Uint8ClampedArray(data), width: info.width, height: info.height })
}

test('A decoder reads the address of a QR code from a large and a small picture', async () => {
  const { side, path } = qrCode('https://example.org/ky/')
  expect(await readBack(side, path, 600)).toBe('https://example.org/ky/')
  expect(await readBack(side, path, 150)).toBe('https://example.org/ky/')
})

test('The drawing of a QR code keeps the empty margin of four modules', () => {
  const { side, path } = qrCode('https://example.org/ky/')
  const starts = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, ...n]) => n.map(Number))
  for (const [x = 0, y = 0, run = 0] of starts) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
    expect(Math.max(x + run, y + 1)).toBeLessThanOrEqual(side - 4)
  }
})

test.each(languages)('The QR code on paper leads to the home page in %s', async (lang) => {
  const { side, path, address } = paperCode('https://oasis.example', lang)
  expect(await readBack(side, path, 400)).toBe(`https://oasis.example/${lang}/`)
  expect(address).toBe(`oasis.example/${lang}`)
})

test('A build without an address has neither a sheet nor a picture', () => {
  expect(addressOnPaper('https://oasis.example')).toBe('https://oasis.example')
  expect(addressOnPaper('')).toBeNull()
  vi.stubEnv('OASIS_SITE', undefined)
  expect(addressOnPaper()).toBeNull()
  vi.unstubAllEnvs()
  for (const lang of languages) {
    expect([...sheetsIn(lang, null), ...pictureFiles(lang, null)]).toEqual([])
    expect(sheetsIn(lang, 'https://oasis.example')).toEqual(sheetNames)
  }
})

describe.each(languages)('the built sheets in %s', (lang) => {
  const html = readFileSync(join(dist, lang, 'print/index.html'), 'utf8')
  const [, sheets = ''] = html.split('class="paper poster"')
  const texts = (pattern: RegExp): string[] =>
    [...sheets.matchAll(pattern)].map(([, text = '']) => text.replace(/<[^>]+>/g, ' ').trim())

  test('A strip has the address in one language with its code, and no other word', () => {
    const [, host = ''] = /rel="canonical" href="https:\/\/([^"/]+)/.exec(html) ?? []
    const strips = [...sheets.matchAll(/<div class="strip" lang="([a-z]+)">([\s\S]*?)<\/div>/g)]
    expect(strips).toHaveLength(9)
    for (const [, own = '', inside = ''] of strips) {
      expect(inside.replace(/<[^>]*>/g, '').trim()).toBe(`${host}/${own}`)
      expect(inside).toContain(`href="#qr-${own}"`)
    }
    expect(new Set(strips.map(([, own]) => own)).size).toBe(languages.length)
  })

  test('The page for professionals names the lesson in a link to the sheets', () => {
    const link = new RegExp(`<a href="${pathOf(lang, 'print')}"[^>]*>[\\s\\S]*?</a>`, 'g')
    const built = readFileSync(join(dist, pathOf(lang, 'professionals'), 'index.html'), 'utf8')
    const links = [...built.matchAll(link)].filter(([found]) => LESSON.test(found))
    expect(links).toHaveLength(1)
  })

  test('112 in Russia has its star, and the poster names a way without the police', () => {
    const { display, country } = contactOf('RU-01')
    expect(texts(/<dd>([^<]+)<\/dd>/g).filter((number) => number.endsWith('*'))).toEqual([
      `${display}*`,
    ])
    const shown = sheets.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    expect(shown.split(t(lang, 'print.star'))).toHaveLength(4)
    expect(country).toBe('RU')
    const [choice = ''] = t(lang, 'print.choice', { address: '…' }).split('…')
    expect(shown).toContain(choice)
    expect(shown).toContain('ukuk-jardam.gov.kg')
    expect(shown).toContain(contactOf('KG-05').logged?.[lang] ?? 'KG-05')
    expect(shown.split('migrant.kg')).toHaveLength(3)
  })

  test('The sheets print each number as content/contacts.json does', () => {
    const numbers = [
      ...texts(/<dd>([^<]+)<\/dd>/g),
      ...texts(/<b>([^<]*\d[^<]*)<\/b>/g),
      ...texts(/<dd>\s*<b>([^<]+)<\/b>/g),
    ]
    expect(numbers.length).toBeGreaterThan(30)
    const known = [...contacts.map(({ display }) => display), starred(contactOf('RU-01'))]
    for (const number of numbers) expect(known).toContain(number)
  })

  test('The leaflet has Russia first, a number per country and the audience of each line', () => {
    const [rows = []] = [...sheets.matchAll(/class="leaflet"[\s\S]*?<dl>([\s\S]*?)<\/dl>/g)].map(
      ([, list = '']) => list.split('<dt').slice(1),
    )
    expect(rows.map((row) => /<b>([^<]+)<\/b>/.exec(row)?.[1])).toEqual(
      onLeaflet.map(({ danger }) => starred(danger)),
    )
    expect(rows[0]).toContain(t(lang, 'country.RU'))
    for (const { country, lines } of onLeaflet)
      for (const { id, display } of lines) {
        const row = rows.find((each) => each.includes(t(lang, `country.${country}`)))
        expect(row?.replace(/\s+/g, ' ')).toContain(
          `<b>${display}</b> ${t(lang, `print.for.${id.toLowerCase()}`)}`,
        )
      }
    expect(t(lang, 'print.for.kz-02')).toContain('111')
  })
})
