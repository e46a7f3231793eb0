// Makes, as PDFs, the sheets that a person can download.
import type { APIRoute } from 'astro'
import { pdfOf, sheetsIn } from '../../../components/paper/sheets.ts'
import { languageOf, languagesOf } from '../../../i18n/languages.ts'
import { addressOnPaper } from '../../../integrations/hosts.ts'

export const getStaticPaths = () => {
  const origin = addressOnPaper()
  return languagesOf('print').flatMap((lang) =>
    sheetsIn(lang, origin).map((sheet) => ({ params: { lang, sheet }, props: { origin } })),
  )
}

export const GET: APIRoute<{ origin: string }> = async ({ params, props: { origin } }) =>
  new Response(await pdfOf(params['sheet'] ?? '', languageOf(params['lang']), origin), {
    headers: { 'Content-Type': 'application/pdf' },
  })
