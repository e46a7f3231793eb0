// Draws the poster as a PDF: the sentence about the passport, five questions, numbers and strips.
import { consulate } from '#content/published.ts'
import { t } from '../../i18n/text.ts'
import { KEEPING, KEEPING_SIZE, lightPaint, PAINTS, TURN } from './keeping.ts'
import { A4, EDGE, MM } from './pdf-text.ts'
import { type PdfSheet } from './pdf-sheet.ts'
import { drawStrips } from './pdf-strips.ts'
import { onPoster, QUESTIONS, recordedOn, starred } from './printed.ts'

const WIDTH = A4.width - 2 * EDGE
const BAND = 124

export function drawPoster(sheet: PdfSheet, date: string, isLight: boolean): void {
  drawBand(sheet, isLight)
  const below = drawQuestions(sheet, EDGE + BAND + 5)
  const fine = drawNumbers(sheet, below + 4, isLight)
  drawStrips(sheet, drawBelow(sheet, fine, date) + 2)
}

/**
 * Explains the possible consequences of a call to the police, and how to get help without the
 * police.
 */
function drawBelow(sheet: PdfSheet, top: number, date: string): number {
  const { lang } = sheet
  const line = (words: string, y: number): number =>
    sheet.write('P', words, { x: EDGE, y, width: WIDTH }, { size: 8.5 })
  const choice = t(lang, 'print.choice', { address: sheet.addressIn(lang) })
  const y = line(choice, line(t(lang, 'print.star'), top))
  const fine = [...recordedOn(lang), t(lang, 'print.checked', { date })].join(' ')
  return sheet.write('P', fine, { x: EDGE, y, width: WIDTH }, { size: 7, colour: 'soft' })
}

function drawBand(sheet: PdfSheet, isLight: boolean): void {
  const { doc, lang } = sheet
  const scale = (WIDTH / KEEPING_SIZE.width) * MM
  sheet.decorate(() => {
    const top = (EDGE + BAND) * MM - KEEPING_SIZE.height * scale
    doc.translate(EDGE * MM, top).scale(scale)
    doc.rect(0, KEEPING_SIZE.height - BAND, KEEPING_SIZE.width, BAND).clip()
    for (const { name, path, move, isTurned, place } of KEEPING) {
      const { width = 1.5, ...paint } = isLight ? lightPaint(name) : PAINTS[name]
      doc.save().translate(...move)
      if (isTurned) doc.rotate(TURN.degrees, { origin: [TURN.x, TURN.y] })
      if (place) doc.translate(place.x, place.y).scale(place.scale)
      sheet.paint(path, { ...paint, width })
      doc.restore()
    }
  })
  const frame = `M0 0H${WIDTH}V${BAND}H0z`
  if (isLight) sheet.path(frame, EDGE, EDGE, 1, { stroke: 'text', width: 0.6 })
  const name = isLight ? 'text' : 'on-deep'
  sheet.brand(EDGE + 8, EDGE + 6, 15, name, isLight ? 'mark' : 'accent')
  const words = t(lang, 'print.headline').split(' ').join('\n')
  const place = { x: EDGE + 8, y: EDGE + 17, width: WIDTH - 16 }
  sheet.write('H1', words, place, { weight: 'bold', size: 44, colour: name, leading: 1.12 })
}

function drawQuestions(sheet: PdfSheet, top: number): number {
  const { lang } = sheet
  const address = sheet.addressIn(lang)
  const width = WIDTH - 50
  const title = { x: EDGE, y: top, width }
  let y = sheet.write('H2', t(lang, 'print.questions'), title, { weight: 'bold', size: 17 }) + 1
  QUESTIONS.forEach((question, at) => {
    sheet.write(
      'P',
      `${at + 1}.`,
      { x: EDGE, y, width: 8 },
      { weight: 'bold', size: 13.5, colour: 'mark' },
    )
    const line = { x: EDGE + 8, y, width: width - 8 }
    y = sheet.write('P', t(lang, `print.question.${question}`), line, { size: 13.5 }) + 1
  })
  const x = A4.width - EDGE - 42
  sheet.code(x, top + 1, 32)
  const under = { x, y: top + 35, width: 42 }
  const next = sheet.write('P', address, under, { weight: 'bold', size: 12 })
  return Math.max(y, sheet.write('P', t(lang, 'print.scan'), { ...under, y: next }, { size: 8.5 }))
}

/** Draws the numbers in a dark band, or in a frame that saves ink. */
function drawNumbers(sheet: PdfSheet, top: number, isLight: boolean): number {
  const { lang } = sheet
  const ink = isLight ? 'text' : 'on-deep'
  const boxes = [
    { name: t(lang, 'print.consul'), number: consulate.display, width: 58 },
    ...onPoster.map((contact) => ({
      name: `${t(lang, `country.${contact.country}`)}: ${contact.name[lang]}`,
      number: starred(contact),
      width: (WIDTH - 58) / onPoster.length,
    })),
  ]
  const look = { size: 8, colour: ink } as const
  const tall = Math.max(...boxes.map(({ name, width }) => sheet.heightOf(name, width - 5, look)))
  const height = tall + 12
  const band = isLight ? ({ stroke: 'text', width: 0.5 } as const) : ({ fill: 'deep' } as const)
  sheet.path(`M0 0H${WIDTH}V${height}H0z`, EDGE, top, 1, band)
  let x = EDGE
  for (const { name, number, width } of boxes) {
    if (x > EDGE) sheet.path(`M0 0V${height - 5}`, x, top + 2.5, 1, { stroke: ink, width: 0.25 })
    sheet.write('P', name, { x: x + 3, y: top + 2, width: width - 5 }, look)
    const below = { x: x + 3, y: top + 2 + tall, width }
    sheet.write('P', number, below, { weight: 'bold', size: 18, colour: ink })
    x += width
  }
  return top + height + 1
}
