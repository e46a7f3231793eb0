// Opens a stranger's PDF with PDF.js. Nothing in the PDF runs, because its links, forms and scripts
// are never created. A worker reads the bytes, and the security policy of the worker forbids every
// request.
import type * as PdfJs from 'pdfjs-dist'
import libraryAddress from 'pdfjs-dist/legacy/build/pdf.min.mjs?url'
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { constantAddress } from '../../../../ui/constant-address.ts'
import { asRefusal, pagesOf, type PdfPages } from './pdf-pages.ts'

/** Maximum number of pixels in a picture inside a PDF, the same as in picture-size.ts. */
const MAX_PICTURE_PIXELS = 40_000_000

export interface OpenPdf extends PdfPages {
  pages: number
  /** Terminates the worker, even in the middle of a page. */
  close: () => void
}

/**
 * @throws Refusal `network` when the code cannot be loaded. `cannot_open` for a broken PDF, a PDF
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
    // Guarantee: the URL loads the same package that these types come from.
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
  // PDF.js uses this worker for the next document.
  library.GlobalWorkerOptions.workerPort = port
  return library.getDocument({
    // The worker takes ownership of the bytes, and the person may still want to save the file.
    data: content.slice(),
    verbosity: library.VerbosityLevel.ERRORS,
    // PDF.js draws the glyphs itself, so that a stranger's font never reaches the browser.
    disableFontFace: true,
    enableXfa: false,
    isImageDecoderSupported: false,
    maxImageSize: MAX_PICTURE_PIXELS,
    useWasm: false,
    useWorkerFetch: false,
  }).promise
}

/** Waits for `work`, for a failure of the worker's script, or for the signal. */
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
