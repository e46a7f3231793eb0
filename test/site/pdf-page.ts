// Reads a PDF with PDF.js: its pages, its words, and its filled paths as SVG.
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface PdfPage {
  pages: number
  width: number
  height: number
  lang: string | null
  isTagged: boolean
  title: string
  text: string
  /** The filled paths without the letters, as a picture of the page. */
  svg: string
}

type Matrix = readonly [number, number, number, number, number, number]
const START: Matrix = [1, 0, 0, 1, 0, 0]

const multiply = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
]

/** Reads the path commands of PDF.js: 0 moves, 1 draws a line, 2 and 3 draw curves, 4 closes. */
function pathOf(data: ArrayLike<number>): string {
  const letters = ['M', 'L', 'C', 'Q', 'Z']
  const counts = [2, 2, 6, 4, 0]
  let path = ''
  for (let at = 0; at < data.length;) {
    const kind = data[at] ?? 4
    const numbers = Array.from({ length: counts[kind] ?? 0 }, (_, index) => data[at + 1 + index])
    path += (letters[kind] ?? '') + numbers.join(' ')
    at += 1 + numbers.length
  }
  return path
}

export async function readPdf(bytes: Uint8Array): Promise<PdfPage> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const pdf = await task.promise
  const page = await pdf.getPage(1)
  const [, , width = 0, height = 0] = page.view
  const { fnArray, argsArray } = await page.getOperatorList()
  let matrix = START
  let colour = '#000'
  const stack: [Matrix, string][] = []
  let shapes = ''
  fnArray.forEach((operator, index) => {
    const args = argsArray[index] as unknown[]
    if (operator === OPS.save) stack.push([matrix, colour])
    else if (operator === OPS.restore) [matrix, colour] = stack.pop() ?? [START, '#000']
    else if (operator === OPS.transform) matrix = multiply(matrix, args as unknown as Matrix)
    else if (operator === OPS.setFillRGBColor) colour = String(args[0])
    else if (operator === OPS.constructPath && isFill(Number(args[0]))) {
      const [data] = args[1] as [ArrayLike<number> | null]
      const paint = `transform="matrix(${matrix.join(' ')})" fill="${colour}"`
      if (data) shapes += `<path ${paint} d="${pathOf(data)}"/>`
    }
  })
  const { items } = await page.getTextContent()
  const { info } = await pdf.getMetadata()
  const found = {
    ...{ pages: pdf.numPages, width, height, shapes },
    text: items.map((item) => ('str' in item ? item.str : '')).join(' '),
    ...{ lang: (info as { Language?: string }).Language ?? null },
    title: String((info as { Title?: string }).Title),
    isTagged: (await page.getStructTree()).children.length > 0,
  }
  await task.destroy()
  const box = `viewBox="0 0 ${width} ${height}" width="${width * 2}" height="${height * 2}"`
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" ${box}><path fill="#fff" d="M0 0h9999v9999H0z"/>` +
    `<g transform="matrix(1 0 0 -1 0 ${height})">${shapes}</g></svg>`
  return { ...found, svg }
}

const isFill = (operator: number): boolean =>
  [OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke].some((each) => each === operator)
