// Makes one A4 page as a PDF with its own letters, in millimetres from the upper left corner.
// The page is tagged for screen readers, and two builds give the same bytes.
import { type ColourName } from '#content/contrast.ts'
import PDFDocument from 'pdfkit'
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
import { colour } from '../../styles/colours.ts'
import { CURL } from '../pictures/drawings.ts'
import { fontBytes, type Weight } from './fonts.ts'
import { paperCode } from './printed.ts'

export const A4 = { width: 210, height: 297 } as const
/** The empty edge of a sheet, which every printer leaves. */
export const EDGE = 10
/** Points in a millimetre. */
export const MM = 72 / 25.4

export type TextKind = 'H1' | 'H2' | 'P'
export interface TextLook {
  weight?: Weight
  /** The size of the letters in points. */
  size?: number
  colour?: ColourName
  /** The height of a line in sizes of the letters. */
  leading?: number
}
export interface SheetPlace {
  x: number
  y: number
  width: number
}
interface Mark {
  fill?: ColourName | undefined
  opacity?: number | undefined
  stroke?: ColourName | undefined
  width?: number | undefined
  dash?: readonly [number, number] | undefined
}

export class PdfSheet {
  readonly lang: Language
  /** The address of the site. null: the sheet has neither code nor address. */
  readonly origin: string | null
  readonly doc: PDFKit.PDFDocument
  readonly #root: PDFKit.PDFStructureElement

  constructor(
    lang: Language,
    title: string,
    { origin, day }: { origin: string | null; day: string },
  ) {
    this.lang = lang
    this.origin = origin
    this.doc = new PDFDocument({
      ...{ size: 'A4', margin: 0, lang, displayTitle: true, tagged: true },
      // The types of PDFKit know neither this subset nor a sheet without a first font.
      ...{ subset: 'PDF/UA' as never, pdfVersion: '1.7', font: null as never },
      info: { Title: title, Author: t(lang, 'org.name'), CreationDate: new Date(day) },
    })
    for (const weight of ['regular', 'bold'] as const)
      this.doc.registerFont(weight, fontBytes(weight))
    this.#root = this.doc.struct('Document')
    this.doc.addStructure(this.#root)
  }

  /** Returns the height of a text in millimetres. */
  heightOf(words: string, width: number, look: TextLook = {}): number {
    return this.#set(look).heightOfString(words, { width: width * MM, lineGap: gapOf(look) }) / MM
  }

  /** Returns the width of one line of text in millimetres. */
  widthOf(words: string, look: TextLook = {}): number {
    return this.#set(look).widthOfString(words) / MM
  }

  /** Writes a text and returns the height below it. */
  write(kind: TextKind, words: string, { x, y, width }: SheetPlace, look: TextLook = {}): number {
    this.#root.add(
      this.doc.struct(kind, {}, () => {
        const options = { width: width * MM, lineGap: gapOf(look) }
        this.#set(look).text(words, x * MM, y * MM, options)
      }),
    )
    return this.doc.y / MM
  }

  /** Draws something that carries no meaning of its own. */
  decorate(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    this.doc.save()
    draw()
    this.doc.restore()
    this.doc.endMarkedContent()
  }

  /** Writes a line that is no part of the text, inside `decorate`, in points of the moment. */
  label(words: string, y: number, width: number, look: TextLook): void {
    this.#set(look).text(words, 0, y, { width })
  }

  /** Draws a path of SVG whose unit is `scale` millimetres. */
  path(d: string, x: number, y: number, scale: number, mark: Mark): void {
    this.decorate(() => {
      this.doc.translate(x * MM, y * MM).scale(scale * MM)
      this.paint(d, mark)
    })
  }

  /** Paints a path in the units of the moment. */
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

  /** Draws a small empty square to tick. */
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
   * Draws the code of the home page in a language. Nothing without an address.
   *
   * @param side  of the dark modules; around them the paper stays white for four modules
   */
  code(x: number, y: number, side: number, lang = this.lang): void {
    if (this.origin === null) return
    const { side: modules, path } = paperCode(this.origin, lang)
    const scale = side / (modules - 8)
    this.path(path, x - 4 * scale, y - 4 * scale, scale, { fill: 'text' })
  }

  /** Returns the address that a person types. */
  addressIn(lang: Language): string | null {
    return this.origin === null ? null : paperCode(this.origin, lang).address
  }

  /** Ends the sheet. @throws when the words did not fit on one page */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const { count } = this.doc.bufferedPageRange()
    const parts: Buffer[] = []
    this.doc.on('data', (part: Buffer) => parts.push(part))
    const ended = new Promise((resolve) => this.doc.on('end', resolve))
    this.#root.end()
    this.doc.end()
    await ended
    if (count > 1) throw new Error(`${this.lang}: the words need ${count} pages instead of one`)
    return new Uint8Array(Buffer.concat(parts))
  }

  #set({ weight = 'regular', size = 10, colour: name = 'text' }: TextLook): PDFKit.PDFDocument {
    return this.doc.font(weight).fontSize(size).fillColor(colour('light', name))
  }
}

/** The height of a line in Noto Sans, in sizes of the letters. */
const OWN_LEADING = 1.362

/** Returns the points between two lines; less than none, because Noto Sans has tall lines. */
const gapOf = ({ size = 10, leading = 1.26 }: TextLook): number => size * (leading - OWN_LEADING)
