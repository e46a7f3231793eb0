// Reads a PDF of a stranger with PDF.js, and draws its pages on a canvas. Nothing of the PDF runs:
// links, forms and scripts of a PDF are not made. A worker reads the bytes, and the policy of its
// response forbids it every request.
import type * as PdfJs from 'pdfjs-dist'
import libraryAddress from 'pdfjs-dist/legacy/build/pdf.min.mjs?url'
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { constantAddress } from '../../../ui/constant-address.ts'

/** The most pixels of a picture in a PDF, as in picture-size.ts. */
const MAX_PICTURE_PIXELS = 40_000_000
/** The most pixels of a drawn page. Phones refuse a larger canvas. */
const MAX_PAGE_PIXELS = 16_000_000
/** The most characters of a page that are shown as words. */
const MAX_PAGE_CHARS = 50_000

export interface OpenPdf {
  pages: number
  /**
   * Draws a page, numbered from 1, and sets the size of the canvas.
   *
   * @param width  pixels of the device
   * @throws Refusal `cannot_open`. The signal's reason after an abort
   */
  draw: (n: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal) => Promise<void>
  /** Returns the words of a page; empty for a scanned one. @throws Refusal `cannot_open` */
  wordsOf: (n: number) => Promise<string>
  /** Ends the worker, also in the middle of a page. */
  close: () => void
}

/**
 * @throws Refusal `network` when the code does not arrive. `cannot_open` for a broken PDF, for one
 *   with a password, and after an abort
 */
export async function openPdf(content: Bytes, signal: AbortSignal): Promise<OpenPdf> {
  const library = await loadLibrary()
  const port = new Worker(constantAddress('pdf', workerAddress), { type: 'module' })
  const close = (): void => port.terminate()
  try {
    const pdf = await orEnded(port, signal, read(library, port, content))
    return { pages: pdf.numPages, close, ...pagesOf(pdf, library) }
  } catch (thrown) {
    close()
    throw asRefusal(thrown)
  }
}

async function loadLibrary(): Promise<typeof PdfJs> {
  try {
    // Guarantee: the address is that of the package whose types these are.
    return (await import(/* @vite-ignore */ libraryAddress)) as typeof PdfJs
  } catch (cause) {
    throw new Refusal('network', { cause })
  }
}

function read(
  library: typeof PdfJs,
  port: Worker,
  content: Bytes,
): Promise<PdfJs.PDFDocumentProxy> {
  // PDF.js takes this worker for the next document.
  library.GlobalWorkerOptions.workerPort = port
  return library.getDocument({
    // The worker takes the bytes away, and the person may still save the file.
    data: content.slice(),
    verbosity: library.VerbosityLevel.ERRORS,
    // PDF.js draws the letters itself, so that no font of a stranger reaches the browser.
    disableFontFace: true,
    enableXfa: false,
    isImageDecoderSupported: false,
    maxImageSize: MAX_PICTURE_PIXELS,
    useWasm: false,
    useWorkerFetch: false,
  }).promise
}

/** Waits for `work`, the failure of the worker's script, or the signal. */
const orEnded = <Result>(
  port: Worker,
  signal: AbortSignal,
  work: Promise<Result>,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    port.addEventListener('error', () => reject(new Refusal('network')))
    signal.addEventListener('abort', () => reject(new Refusal('cannot_open')))
    work.then(resolve, reject)
  })

const asRefusal = (thrown: unknown): Refusal =>
  thrown instanceof Refusal ? thrown : new Refusal('cannot_open', { cause: thrown })

function pagesOf(
  pdf: PdfJs.PDFDocumentProxy,
  library: typeof PdfJs,
): Pick<OpenPdf, 'draw' | 'wordsOf'> {
  return {
    draw: async (n, canvas, width, signal) => {
      try {
        const page = await pdf.getPage(n)
        signal.throwIfAborted()
        const viewport = page.getViewport({ scale: scaleFor(page, width) })
        canvas.width = Math.floor(viewport.width)
        canvas.height = Math.floor(viewport.height)
        // The looks of filled forms belong to the page. No field and no link is made of them.
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

/** Returns the scale for the wanted width, or a smaller one that keeps the bound of pixels. */
function scaleFor(page: PdfJs.PDFPageProxy, width: number): number {
  const { width: whole, height } = page.getViewport({ scale: 1 })
  const scale = Math.min(width / whole, Math.sqrt(MAX_PAGE_PIXELS / (whole * height)))
  // A stranger writes the size of the page.
  if (!(scale > 0 && Number.isFinite(scale))) throw new Refusal('cannot_open')
  return scale
}
