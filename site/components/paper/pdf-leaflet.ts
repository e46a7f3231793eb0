// Draws two leaflets on one sheet as a PDF: steps before a journey, steps abroad, and numbers.
import { consulate } from '#content/published.ts'
import { t } from '../../i18n/text.ts'
import { A4, EDGE } from './pdf-text.ts'
import { type PdfSheet } from './pdf-sheet.ts'
import { BEFORE, onLeaflet, THERE, starred } from './printed.ts'

const TEXT = { size: 10.5 } as const
const HALF = A4.height / 2
const LEFT = { x: EDGE, width: 84 } as const
const RIGHT = { x: EDGE + 90, width: A4.width - 2 * EDGE - 90 } as const

export function drawLeaflets(sheet: PdfSheet, date: string): void {
  drawLeaflet(sheet, 0, date)
  const dashed = { stroke: 'edge', width: 0.3, dash: [1.5, 1.5] } as const
  sheet.rule(0, HALF, A4.width, dashed)
  drawLeaflet(sheet, HALF, date)
}

function drawLeaflet(sheet: PdfSheet, above: number, date: string): void {
  const top = above + 9
  sheet.brand(EDGE, top, 11)
  drawSteps(sheet, top + 9)
  drawNumbers(sheet, top + 9, date)
}

function drawSteps(sheet: PdfSheet, top: number): void {
  const text = (key: string): string => t(sheet.lang, `print.${key}`)
  const heading = { weight: 'bold', size: 13 } as const
  let y = top
  const list = (title: string, lines: readonly string[]): void => {
    y = sheet.write('H1', text(title), { ...LEFT, y }, heading) + 0.5
    for (const line of lines) {
      sheet.box(LEFT.x, y + 1, 3)
      const place = { x: LEFT.x + 5, y, width: LEFT.width - 5 }
      y = sheet.write('P', text(line), place, TEXT) + 0.8
    }
    y += 1.2
  }
  list('leaflet.before', BEFORE)
  list('leaflet.there', THERE)
  y = sheet.write('P', text('there.signs'), { ...LEFT, y }, TEXT) + 1
  const address = sheet.addressIn(sheet.lang)
  sheet.code(LEFT.x, y + 3, 24)
  const beside = { x: LEFT.x + 29, y: y + 4, width: LEFT.width - 29 }
  const next = sheet.write('P', address, beside, { weight: 'bold', size: 11 })
  sheet.write('P', text('scan'), { ...beside, y: next }, { size: 8.5 })
}

function drawNumbers(sheet: PdfSheet, top: number, date: string): void {
  const { lang } = sheet
  const small = { size: 8.8 } as const
  const strong = { ...small, weight: 'bold' } as const
  let y = sheet.write(
    'H1',
    t(lang, 'print.numbers'),
    { ...RIGHT, y: top },
    { weight: 'bold', size: 13 },
  )
  y = sheet.write('P', t(lang, 'print.abroad'), { ...RIGHT, y }, { size: 9.5 })
  y = sheet.write('P', consulate.display, { ...RIGHT, y }, { weight: 'bold', size: 14 }) + 0.5
  for (const { country, danger, lines } of onLeaflet) {
    sheet.rule(RIGHT.x, y, RIGHT.width, { stroke: 'line', width: 0.3 })
    const start = y + 0.5
    const name = { x: RIGHT.x, y: start, width: 34 }
    const nameEnd = sheet.write('P', t(lang, `country.${country}`), name, small)
    const column = { x: RIGHT.x + 35, width: RIGHT.width - 35 }
    let below = sheet.write('P', starred(danger), { ...column, y: start }, strong)
    for (const { id, display } of lines) {
      const room = sheet.widthOf(display, strong) + 1.5
      sheet.write('P', display, { ...column, y: below }, strong)
      const words = t(lang, `print.for.${id.toLowerCase()}`)
      const rest = { x: column.x + room, y: below, width: column.width - room }
      below = sheet.write('P', words, rest, small)
    }
    y = Math.max(nameEnd, below) + 0.5
  }
  const fine = ['star', 'danger', 'inside'].map((key) => t(lang, `print.${key}`)).join(' ')
  const place = { ...RIGHT, y: y + 0.5 }
  sheet.write('P', `${fine} ${t(lang, 'print.checked', { date })}`, place, {
    size: 7,
    colour: 'soft',
  })
}
