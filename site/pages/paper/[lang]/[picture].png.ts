// Makes the pictures that a person can send.
import type { APIRoute } from 'astro'
import { languages } from '#content/languages.ts'
import { pictureFiles, drawnPicture } from '../../../components/paper/picture.ts'
import { languageOf } from '../../../i18n/languages.ts'
import { addressOnPaper } from '../../../integrations/hosts.ts'

export const getStaticPaths = () =>
  languages.flatMap((lang) => pictureFiles(lang).map((picture) => ({ params: { lang, picture } })))

export const GET: APIRoute = async ({ params: { lang, picture = '' } }) =>
  new Response(await drawnPicture(picture, languageOf(lang), addressOnPaper()), {
    headers: { 'Content-Type': 'image/png' },
  })
