// Makes the pictures that a person can send.
import type { APIRoute } from 'astro'
import { pictureFiles, drawnPicture } from '../../../components/paper/picture.ts'
import { languageOf, languagesOf } from '../../../i18n/languages.ts'
import { addressOnPaper } from '../../../integrations/hosts.ts'

export const getStaticPaths = () => {
  const origin = addressOnPaper()
  return languagesOf('print').flatMap((lang) =>
    pictureFiles(lang, origin).map((picture) => ({ params: { lang, picture }, props: { origin } })),
  )
}

export const GET: APIRoute<{ origin: string }> = async ({ params, props: { origin } }) =>
  new Response(await drawnPicture(params['picture'] ?? '', languageOf(params['lang']), origin), {
    headers: { 'Content-Type': 'image/png' },
  })
