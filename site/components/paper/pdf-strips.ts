// Draws the tear-off strips of a poster. A strip contains only the address and its code, because
// other words could harm a person who carries the strip.
import { languagesOf } from '../../i18n/languages.ts'
import { A4, EDGE, MM } from './pdf-text.ts'
import { type PdfSheet } from './pdf-sheet.ts'

const WIDTH = A4.width - 2 * EDGE
/** The side length of the code on a strip, without the white margin. */
const CODE = 16
/** The maximum font size of an address, in points. */
const LARGEST = 15
const COUNT = 9

/** Draws the strips from `top` to the lower edge of the paper. */
export function drawStrips(sheet: PdfSheet, top: number): void {
  const { doc, lang } = sheet
  const turn = [lang, ...languagesOf('print').filter((other) => other !== lang)]
  const wide = WIDTH / COUNT
  const dashed = { stroke: 'edge', width: 0.3, dash: [1.5, 1.5] } as const
  const end = A4.height - EDGE - CODE - 3
  const room = end - top - 4
  const look = { weight: 'bold', size: sizeOf(sheet, room) } as const
  const row = sheet.heightOf('1', room, look)
  sheet.rule(0, top, A4.width, dashed)
  for (let at = 0; at < COUNT; at += 1) {
    const other = turn[at % turn.length] ?? lang
    const x = EDGE + at * wide
    if (at > 0) sheet.path(`M0 0V${A4.height - top}`, x, top, 1, dashed)
    sheet.decorate(() => {
      doc.translate((x + (wide + row) / 2) * MM, (top + 2.5) * MM)
      doc.rotate(90)
      sheet.label(sheet.addressIn(other), 0, (room + 1) * MM, look)
    })
    sheet.code(x + (wide - CODE) / 2, A4.height - EDGE - CODE, CODE, other)
  }
}

/** Returns the largest size at which the longest address fits into the space above its code. */
function sizeOf(sheet: PdfSheet, room: number): number {
  const widths = languagesOf('print').map((each) =>
    sheet.widthOf(sheet.addressIn(each), { weight: 'bold', size: LARGEST }),
  )
  return Math.min(LARGEST, (LARGEST * room) / Math.max(...widths))
}
