// Draws the strips of a poster to tear off. A strip has only the address and its code, because
// other words could harm a person who carries one.
import { languagesOf } from '../../i18n/languages.ts'
import { A4, EDGE, MM } from './pdf-text.ts'
import { type PdfSheet } from './pdf-sheet.ts'

const WIDTH = A4.width - 2 * EDGE
/** The side of the dark modules of a code on a strip. */
const CODE = 16
/** The height of the address on a strip. */
const ROW = 4.8
const COUNT = 9

/** Draws the strips from `top` to the lower edge of the paper. */
export function drawStrips(sheet: PdfSheet, top: number): void {
  const { doc, lang } = sheet
  const turn = [lang, ...languagesOf('print').filter((other) => other !== lang)]
  const wide = WIDTH / COUNT
  const dashed = { stroke: 'edge', width: 0.3, dash: [1.5, 1.5] } as const
  sheet.rule(0, top, A4.width, dashed)
  for (let at = 0; at < COUNT; at += 1) {
    const other = turn[at % turn.length] ?? lang
    const x = EDGE + at * wide
    if (at > 0) sheet.path(`M0 0V${A4.height - top}`, x, top, 1, dashed)
    const end = A4.height - EDGE - CODE - 3
    sheet.decorate(() => {
      doc.translate((x + wide / 2 + ROW * 0.5) * MM, (top + 2) * MM)
      doc.rotate(90)
      const look = { weight: 'bold', size: 9 } as const
      sheet.label(sheet.addressIn(other), 0, (end - top - 3) * MM, look)
    })
    sheet.code(x + (wide - CODE) / 2, A4.height - EDGE - CODE, CODE, other)
  }
}
