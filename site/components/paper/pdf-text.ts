// Makes one A4 page as a PDF with embedded fonts; positions are in millimetres from the upper left
// corner. The page is tagged for screen readers, and two builds produce the same bytes.
import { type ColourName } from '#content/contrast.ts'
import PDFDocument from 'pdfkit'
import type { Language } from '#content/languages.ts'
import { t } from '../../i18n/text.ts'
import { colour } from '../../styles/colours.ts'
import { fontBytes, type Weight } from './fonts.ts'

export const A4 = { width: 210, height: 297 } as const
/** The margin that every printer leaves empty on a sheet. */
export const EDGE = 10
/** Points per millimetre. */
export const MM = 72 / 25.4

type TextKind = 'H1' | 'H2' | 'P'
interface TextLook {
  weight?: Weight
  /** The font size in points. */
  size?: number
  colour?: ColourName
  /** The height of a line, as a multiple of the font size. */
  leading?: number
}
interface SheetPlace {
  x: number
  y: number
  width: number
}

export class TextSheet {
  readonly lang: Language
  /** The site's address. */
  readonly origin: string
  readonly doc: PDFKit.PDFDocument
  readonly #root: PDFKit.PDFStructureElement

  constructor(lang: Language, title: string, { origin, day }: { origin: string; day: string }) {
    this.lang = lang
    this.origin = origin
    this.doc = new PDFDocument({
      ...{ size: 'A4', margin: 0, lang, displayTitle: true, tagged: true },
      // PDFKit's types cover neither this subset nor a sheet without an initial font.
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

  /** Draws a text and returns the position below the text. */
  write(kind: TextKind, words: string, { x, y, width }: SheetPlace, look: TextLook = {}): number {
    this.#root.add(
      this.doc.struct(kind, {}, () => {
        const options = { width: width * MM, lineGap: gapOf(look) }
        this.#set(look).text(words, x * MM, y * MM, options)
      }),
    )
    return this.doc.y / MM
  }

  /** Draws a decoration, which a screen reader skips. */
  decorate(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    this.doc.save()
    draw()
    this.doc.restore()
    this.doc.endMarkedContent()
  }

  /** Writes a line that is not part of the text, inside `decorate`; positions are in points. */
  label(words: string, y: number, width: number, look: TextLook): void {
    this.#set(look).text(words, 0, y, { width })
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

/** The height of a line in Noto Sans, as a multiple of the font size. */
const OWN_LEADING = 1.362

/** Returns the line gap in points, which is negative because Noto Sans has tall lines. */
const gapOf = ({ size = 10, leading = 1.26 }: TextLook): number => size * (leading - OWN_LEADING)
