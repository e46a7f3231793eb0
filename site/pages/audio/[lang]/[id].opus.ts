// Serves the recordings of content/audio/.
import type { APIRoute } from 'astro'
import { recordings } from '#content/recordings.ts'
import { readClip } from '../../../components/clips.ts'

export const getStaticPaths = () =>
  recordings.flatMap(({ id, clips }) =>
    Object.keys(clips).map((lang) => ({ params: { lang, id } })),
  )

export const GET: APIRoute = ({ params: { lang = '', id = '' } }) =>
  new Response(readClip(lang, id), { headers: { 'Content-Type': 'audio/ogg' } })
