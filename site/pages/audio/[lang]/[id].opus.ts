// Serves the recordings in content/audio/. The build stops if a clip is too large or missing.
/// <reference types="astro/client" />
import type { APIRoute } from 'astro'
import { clipAddress, recordings } from '#content/recordings.ts'
import { checkedClip } from '../../../components/text/clips.ts'

/** Reads each file as a `data:` address, because the build may run in a different folder. */
const files = import.meta.glob<string>('../../../../content/audio/*/*.opus', {
  query: '?inline',
  import: 'default',
})

export const getStaticPaths = () =>
  recordings.flatMap(({ id, clips }) =>
    Object.keys(clips).map((lang) => ({ params: { lang, id } })),
  )

export const GET: APIRoute = async ({ params: { lang = '', id = '' } }) => {
  const data = await files[`../../../../content${clipAddress(lang, id)}`]?.()
  const bytes = data && new Uint8Array(Buffer.from(data.split(',')[1] ?? '', 'base64'))
  const body = checkedClip(lang, id, bytes || undefined)
  return new Response(body, { headers: { 'Content-Type': 'audio/ogg' } })
}
