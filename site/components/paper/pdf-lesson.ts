// Draws one school lesson on one sheet for the teacher.
import { t } from '../../i18n/text.ts'
import { A4, EDGE } from './pdf-text.ts'
import { type PdfSheet } from './pdf-sheet.ts'
import { QUESTIONS } from './printed.ts'

const INSET = EDGE + 5
const WIDTH = A4.width - 2 * INSET
const STEPS = [
  { key: 'why', minutes: 5 },
  { key: 'five', minutes: 10 },
  { key: 'advert', minutes: 15 },
  { key: 'friend', minutes: 10 },
  { key: 'where', minutes: 5 },
] as const
const RULES = ['own', 'calm', 'blame']
const AFTER = ['hear', 'alone', 'call']
const TEXT = { size: 12 } as const

export function drawLesson(sheet: PdfSheet): void {
  const text = (key: string): string => t(sheet.lang, `lesson.${key}`)
  const address = sheet.addressIn(sheet.lang)
  const narrow = WIDTH - 42
  sheet.brand(INSET, EDGE + 2, 11)
  sheet.code(A4.width - INSET - 30, EDGE + 2, 30)
  const under = { x: A4.width - INSET - 30, y: EDGE + 34, width: 32 }
  sheet.write('P', address, under, { weight: 'bold', size: 8.5 })
  const title = { x: INSET, y: EDGE + 12, width: narrow }
  let y = sheet.write('H1', text('title'), title, { weight: 'bold', size: 21 }) + 1
  y = sheet.write('P', text('lead'), { x: INSET, y, width: narrow }, { ...TEXT, colour: 'soft' })
  y = Math.max(y + 5, EDGE + 42)
  y = list(
    sheet,
    y,
    text('rules'),
    RULES.map((key) => text(`rule.${key}`)),
  )
  y = heading(sheet, y, text('steps'))
  for (const { key, minutes } of STEPS) {
    const time = t(sheet.lang, 'lesson.minutes', { n: minutes })
    sheet.write('P', time, { x: INSET, y, width: 18 }, { ...TEXT, weight: 'bold', colour: 'mark' })
    const place = { x: INSET + 18, y, width: WIDTH - 18 }
    y = sheet.write('P', text(`step.${key}`), place, TEXT) + 1.6
    if (key === 'five') y = questions(sheet, y)
  }
  y = advert(sheet, y + 2)
  list(
    sheet,
    y + 3,
    text('after'),
    AFTER.map((key) => text(`after.${key}`)),
  )
}

const heading = (sheet: PdfSheet, y: number, words: string): number =>
  sheet.write('H2', words, { x: INSET, y, width: WIDTH }, { weight: 'bold', size: 15 }) + 1

function list(sheet: PdfSheet, top: number, title: string, lines: readonly string[]): number {
  let y = heading(sheet, top, title)
  for (const line of lines) {
    sheet.path('M0 0h2', INSET + 0.5, y + 2.8, 1, { stroke: 'mark', width: 0.7 })
    y = sheet.write('P', line, { x: INSET + 5, y, width: WIDTH - 5 }, TEXT) + 1.2
  }
  return y + 3
}

function questions(sheet: PdfSheet, top: number): number {
  let y = top
  QUESTIONS.forEach((question, at) => {
    const words = `${at + 1}. ${t(sheet.lang, `print.question.${question}`)}`
    y = sheet.write('P', words, { x: INSET + 24, y, width: WIDTH - 24 }, { size: 11.5 }) + 0.5
  })
  return y + 1
}

/** Draws the made-up advert in a frame, to read out or to copy. */
function advert(sheet: PdfSheet, top: number): number {
  const text = (key: string): string => t(sheet.lang, `lesson.${key}`)
  const place = { x: INSET + 5, width: WIDTH - 10 }
  const look = { weight: 'bold', size: 9.5, colour: 'mark' } as const
  let y = sheet.write('H2', text('advert'), { ...place, y: top + 2.5 }, look) + 0.5
  y = sheet.write('P', text('advert.text'), { ...place, y }, { size: 13 }) + 2
  const height = y - top
  sheet.path(`M0 0H${WIDTH}V${height}H0z`, INSET, top, 1, { stroke: 'edge', width: 0.4 })
  return sheet.write(
    'P',
    text('signs'),
    { x: INSET, y: y + 1.5, width: WIDTH },
    { size: 10.5, colour: 'soft' },
  )
}
