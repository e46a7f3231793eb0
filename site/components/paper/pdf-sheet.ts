// Draws on a page: paths, lines, tick boxes, the name of the Foundation and the QR code.
import { type ColourName } from '#content/contrast.ts'
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
import { colour } from '../../styles/colours.ts'
import { CURL } from '../pictures/drawings.ts'
import { MM, TextSheet } from './pdf-text.ts'
import { paperCode } from './printed.ts'

interface Mark {
  fill?: ColourName | undefined
  opacity?: number | undefined
  stroke?: ColourName | undefined
  width?: number | undefined
  dash?: readonly [number, number] | undefined
}

export class PdfSheet extends TextSheet {
  /** Draws an SVG path. Each unit of the path is `scale` millimetres. */
  path(d: string, x: number, y: number, scale: number, mark: Mark): void {
    this.decorate(() => {
      this.doc.translate(x * MM, y * MM).scale(scale * MM)
      this.paint(d, mark)
    })
  }

  /** Paints a path in the current units. */
  paint(d: string, { fill, opacity = 1, stroke, width = 1, dash }: Mark): void {
    if (fill === undefined && stroke === undefined) return
    const shape = this.doc.path(d).lineWidth(width).lineCap('round').lineJoin('round')
    if (fill !== undefined) shape.fillColor(colour('light', fill), opacity)
    if (stroke !== undefined) shape.strokeColor(colour('light', stroke))
    if (dash !== undefined) shape.dash(dash[0], { space: dash[1] })
    if (fill !== undefined && stroke !== undefined) shape.fillAndStroke()
    else if (fill !== undefined) shape.fill()
    else shape.stroke()
    this.doc.undash().fillOpacity(1)
  }

  /** Draws a line from left to right. */
  rule(x: number, y: number, width: number, mark: Mark): void {
    this.path(`M0 0H${width}`, x, y, 1, mark)
  }

  /** Draws a small empty tick box. */
  box(x: number, y: number, side: number): void {
    this.path(`M0 0h${side}v${side}h-${side}z`, x, y, 1, { stroke: 'text', width: 0.3 })
  }

  /** Draws the curl and the name of the Foundation. */
  brand(
    x: number,
    y: number,
    size: number,
    name: ColourName = 'text',
    mark: ColourName = 'mark',
  ): void {
    const scale = (size * 0.42) / 28
    this.path(CURL, x, y, scale, { stroke: mark, width: 3 })
    const place = { x: x + 48 * scale + 2, y: y + (28 * scale - size * 0.48) / 2, width: 150 }
    this.write('P', t(this.lang, 'org.name'), place, { weight: 'bold', size, colour: name })
  }

  /**
   * Draws the QR code of a language's home page.
   *
   * @param side  the side length of the code without its white margin of four modules
   */
  code(x: number, y: number, side: number, lang = this.lang): void {
    const { side: modules, path } = paperCode(this.origin, lang)
    const scale = side / (modules - 8)
    this.path(path, x - 4 * scale, y - 4 * scale, scale, { fill: 'text' })
  }

  /** Returns the address that a person types. */
  addressIn(lang: Language): string {
    return paperCode(this.origin, lang).address
  }
}
