// Draws the pages of a PDF on a canvas, and extracts their text.
import type * as PdfJs from 'pdfjs-dist'
import { Refusal } from '#protocol/errors'

/** Maximum number of pixels in a drawn page. Phones refuse a larger canvas. */
const MAX_PAGE_PIXELS = 16_000_000
/** Maximum number of characters shown from a page's text. */
const MAX_PAGE_CHARS = 50_000

export interface PdfPages {
  /**
   * Draws a page, counted from 1, and sets the size of the canvas.
   *
   * @param width  in device pixels
   * @throws Refusal `cannot_open`. After an abort, the signal's reason
   */
  draw: (n: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal) => Promise<void>
  /** Returns the text of a page; empty for a scanned page. @throws Refusal `cannot_open` */
  wordsOf: (n: number) => Promise<string>
}

/** Converts any failure of PDF.js to the refusal `cannot_open`. */
export const asRefusal = (thrown: unknown): Refusal =>
  thrown instanceof Refusal ? thrown : new Refusal('cannot_open', { cause: thrown })

export function pagesOf(pdf: PdfJs.PDFDocumentProxy, library: typeof PdfJs): PdfPages {
  return {
    draw: async (n, canvas, width, signal) => {
      try {
        const page = await pdf.getPage(n)
        signal.throwIfAborted()
        const viewport = page.getViewport({ scale: scaleFor(page, width) })
        canvas.width = Math.floor(viewport.width)
        canvas.height = Math.floor(viewport.height)
        // The contents of completed forms are drawn as part of the page. No interactive form fields
        // or links are created.
        const annotationMode = library.AnnotationMode.ENABLE
        const task = page.render({ canvas, viewport, annotationMode })
        signal.addEventListener('abort', () => task.cancel())
        await task.promise
      } catch (thrown) {
        signal.throwIfAborted()
        throw asRefusal(thrown)
      }
    },
    wordsOf: async (n) => {
      try {
        const { items } = await (await pdf.getPage(n)).getTextContent()
        const words = items.map((item) =>
          'str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '',
        )
        return words.join('').trim().slice(0, MAX_PAGE_CHARS)
      } catch (thrown) {
        throw asRefusal(thrown)
      }
    },
  }
}

/** Returns the scale for the wanted width, or a smaller scale that stays within the pixel limit. */
function scaleFor(page: PdfJs.PDFPageProxy, width: number): number {
  const { width: whole, height } = page.getViewport({ scale: 1 })
  const scale = Math.min(width / whole, Math.sqrt(MAX_PAGE_PIXELS / (whole * height)))
  // A stranger chose the size of the page, so it may be invalid.
  if (!(scale > 0 && Number.isFinite(scale))) throw new Refusal('cannot_open')
  return scale
}
