// Makes the contents of the files that invented reports list: a picture, a recording and a
// document.
import sharp from 'sharp'
import { utf8, type Bytes } from '#protocol/bytes'
import type { Made } from '#protocol/report/plain-report'
import { wavOf } from '#site/lifeline/attachments/wav.ts'

export type SampleName = 'picture' | 'recording' | 'document'

export interface SampleFile {
  content: Bytes
  type: string
  made: Made
  name?: string
}

const ADVERT = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="1280">
<rect width="960" height="1280" fill="#f4efe6"/>
<rect y="80" width="960" height="220" fill="#b5562e"/>
<g font-family="sans-serif" fill="#222"><text x="60" y="215" font-size="84" fill="#fff">ЖУМУШ</text>
<text x="60" y="440" font-size="48">Билет бекер. Тажрыйба керек эмес.</text>
<text x="60" y="540" font-size="48">Айына 2000 доллар, жатакана.</text>
<text x="60" y="640" font-size="48">Бүгүн чалыңыз: +996 000 480 536</text></g>
<circle cx="480" cy="930" r="190" fill="#d9c7a3"/></svg>`

async function drawPicture(): Promise<SampleFile> {
  const jpeg = await sharp(utf8(ADVERT)).jpeg({ quality: 82 }).toBuffer()
  return { content: new Uint8Array(jpeg), type: 'image/jpeg', made: 'redrawn' }
}

const [RATE, SECONDS] = [8000, 12]

/** Makes quiet tones in the rhythm of speech. */
function playRecording(): SampleFile {
  const samples = Float32Array.from({ length: RATE * SECONDS }, (_, at) => {
    const second = at / RATE
    const syllable = Math.max(0, Math.sin(second * Math.PI * 2 * 2.3))
    return 0.2 * syllable * Math.sin(second * Math.PI * 2 * (130 + 20 * Math.sin(second * 3)))
  })
  return { content: wavOf(samples, RATE), type: 'audio/wav', made: 'distorted' }
}

const PAGE = [
  'BT /F1 20 Tf 72 760 Td (Contract) Tj 0 -40 Td /F1 12 Tf',
  '(The worker pays the ticket and the training back within two years.) Tj 0 -20 Td',
  '(The passport is kept at the office.) Tj 0 -40 Td (Phone: +7 000 231 04 07) Tj ET',
].join('\n')

/** Writes a one-page PDF (ISO 32000-1, section 7.5). */
function writeDocument(): SampleFile {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ' +
      '/Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${PAGE.length} >>\nstream\n${PAGE}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let pdf = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = pdf.length
    pdf += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`
  pdf += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}${trailer}`
  return { content: utf8(pdf), type: 'application/pdf', made: 'as_is', name: 'contract.pdf' }
}

export async function makeSampleFiles(): Promise<Readonly<Record<SampleName, SampleFile>>> {
  return { picture: await drawPicture(), recording: playRecording(), document: writeDocument() }
}
