// Draws a sheet with questions to ask somebody who offers work, and space for the answers.
import { t } from '../../i18n/text.ts'
import { A4, EDGE } from './pdf-text.ts'
import { type PdfSheet } from './pdf-sheet.ts'
import { ASKED } from './printed.ts'

const INSET = EDGE + 5
const WIDTH = A4.width - 2 * INSET

export function drawAsked(sheet: PdfSheet): void {
  const { lang } = sheet
  const address = sheet.addressIn(lang)
  const width = WIDTH - 45
  sheet.brand(INSET, EDGE + 4, 12)
  const title = { x: INSET, y: EDGE + 16, width }
  let y = sheet.write('H1', t(lang, 'ask.title'), title, { weight: 'bold', size: 22 }) + 1
  y = sheet.write('P', t(lang, 'ask.lead'), { x: INSET, y, width }, { size: 12, colour: 'soft' })
  sheet.code(A4.width - INSET - 32, EDGE + 4, 32)
  const under = { x: A4.width - INSET - 32, y: EDGE + 38, width: 34 }
  sheet.write('P', address, under, { weight: 'bold', size: 9 })
  y = Math.max(y + 6, EDGE + 50)
  ASKED.forEach((question, at) => {
    const number = { x: INSET, y, width: 9 }
    sheet.write('P', `${at + 1}.`, number, { weight: 'bold', size: 14, colour: 'mark' })
    const words = { x: INSET + 9, y, width: WIDTH - 9 }
    y = sheet.write('P', t(lang, `ask.${question}`), words, { weight: 'bold', size: 13 }) + 1
    sheet.write(
      'P',
      `${t(lang, 'ask.answer')}:`,
      { ...words, y: y + 1.5 },
      { size: 8.5, colour: 'soft' },
    )
    sheet.rule(INSET + 9, y + 8, WIDTH - 9, { stroke: 'edge', width: 0.25 })
    sheet.rule(INSET + 9, y + 16, WIDTH - 9, { stroke: 'edge', width: 0.25 })
    y += 20
  })
  const advice = { x: INSET + 5, y: y + 6, width: WIDTH - 10 }
  const below = sheet.write('P', t(lang, 'ask.then'), advice, { weight: 'bold', size: 13 })
  const end = sheet.write('P', t(lang, 'ask.keep'), { ...advice, y: below + 1 }, { size: 11 })
  const height = end - y + 0.5
  sheet.path(`M0 0H${WIDTH}V${height}H0z`, INSET, y + 2.5, 1, { stroke: 'mark', width: 0.6 })
}
