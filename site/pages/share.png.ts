import type { APIRoute } from 'astro'
import { sharePicture } from '../build/share-picture.ts'

export const GET: APIRoute = async () => new Response(new Uint8Array(await sharePicture()))
