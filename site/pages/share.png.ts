// Draws the picture that a chat shows beside a link to the site: the door, the road and the
// mountains. The picture has no words, so that it fits every language and reveals nothing about the
// reader.
import type { APIRoute } from 'astro'
import sharp from 'sharp'
import { CURL, LANDSCAPE, WAY } from '../components/pictures/drawings.ts'
import { type ColourName } from '#content/contrast.ts'
import { colour } from '../styles/colours.ts'

const drawn = (path: string, name: ColourName): string =>
  `<path d="${path}" stroke="${colour('light', name)}"/>`

const svg = (): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">
<rect width="1200" height="630" fill="${colour('light', 'ground')}"/>
<g fill="none" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">
<g transform="translate(204 26) scale(2.2)">
${LANDSCAPE.map((path) => drawn(path, 'text')).join('')}${drawn(WAY, 'mark')}
</g>
<g transform="translate(64 60) scale(2.2)" stroke-width="4">${drawn(CURL, 'mark')}</g>
</g>
<path transform="translate(0 556) scale(3 1.3)" fill="${colour('light', 'foot')}"
  d="M0 60V42l34-18 22 12L98 8l38 30 26-14 44 24 40-34 36 24 22-12 48 28 48-20v26z"/>
</svg>`

const sharePicture = (): Promise<Buffer> =>
  sharp(Buffer.from(svg()), { density: 72 }).resize(1200, 630).png({ palette: true }).toBuffer()

export const GET: APIRoute = async () => new Response(new Uint8Array(await sharePicture()))
