// Makes the sheets that a person can download, as PDFs.
import type { APIRoute } from 'astro'
import { languages } from '#content/languages.ts'
import { pdfOf, sheetsIn } from '../../../components/paper/sheets.ts'
import { languageOf } from '../../../i18n/languages.ts'
import { addressOnPaper } from '../../../integrations/hosts.ts'

export const getStaticPaths = () =>
  languages.flatMap((lang) => sheetsIn(lang).map((sheet) => ({ params: { lang, sheet } })))

export const GET: APIRoute = async ({ params: { lang, sheet = '' } }) =>
  new Response(await pdfOf(sheet, languageOf(lang), addressOnPaper()), {
    headers: { 'Content-Type': 'application/pdf' },
  })
