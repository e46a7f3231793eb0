// Makes a photograph with metadata, finds the fields of the page, and opens the sent report.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import type { Bytes } from '#protocol/bytes'
import type { PlainReport, SealedFile } from '#protocol/report/plain-report'
import { askedFor } from '#scripts/browser/report'
import { openSentFile, openSent } from '#scripts/browser/sent-files'
import type { Phone } from './phone.ts'
import { wordsIn } from './words.ts'

export const words = wordsIn('ky')
export const word = (key: string, fill: Record<string, string> = {}): string =>
  words(`attach.${key}`, fill)

const SMALL = { width: 600, height: 400 }

/**
 * Makes a photograph as a phone does: rotated, with the place, the time and the phone's name. A
 * large photograph is an enlarged small one, because random pixels would produce megabytes of data
 * to send.
 */
export const photograph = (width = SMALL.width, height = SMALL.height): Promise<Buffer> =>
  sharp({
    create: {
      ...SMALL,
      channels: 3,
      background: '#7a8',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  })
    .resize(width, height, { fit: 'fill' })
    .withExif({
      IFD0: { Make: 'Kyzyl', Model: 'Telefon 5', DateTime: '2026:11:20 21:14:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '42/1 52/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '74/1 36/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export const PHOTO_NAME = 'IMG_20261120_211400.jpg'

export interface Chosen {
  name: string
  mimeType: string
  buffer: Buffer
}

export const photo = async (): Promise<Chosen> => ({
  name: PHOTO_NAME,
  mimeType: 'image/jpeg',
  buffer: await photograph(),
})

/** Makes a document of this many bytes. */
export const pdf = (name: string, bytes = 3000) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(bytes, 'келишим '),
})

/** Goes to the question about files and chooses some files. */
export async function choose(page: Page, ...files: Chosen[]): Promise<void> {
  if (!page.url().includes('/tell/')) await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', page.locator('#file'))).setInputFiles(files)
}

export const voiceButton = async (page: Page) => {
  await page.goto('/ky/tell/')
  return askedFor(page, 'ky', page.getByRole('button', { name: words('tell.voice') }))
}

export const sendButton = (page: Page) =>
  page.getByRole('button', { name: words('tell.send'), exact: true })

/** Returns the line of the list that has this name. */
export const row = (page: Page, name: string) =>
  page
    .getByRole('list', { name: word('list') })
    .locator('li')
    .filter({ hasText: name })

export interface Opened {
  file: SealedFile
  content: Bytes
}

/** Opens the last report that the device sent, with its files, using the recovery key. */
export async function opened({ sent }: Phone): Promise<{ report: PlainReport; files: Opened[] }> {
  const post = sent
    .filter(({ method, url }) => method === 'POST' && url.endsWith('/api/reports'))
    .at(-1)
  if (!post) throw new Error('no report was sent')
  const { id, report } = await openSent(new Uint8Array(post.body))
  const chunks = new Map(
    sent
      .filter(({ method }) => method === 'PUT')
      .map(({ url, body }) => [new URL(url).pathname, new Uint8Array(body)]),
  )
  const open = async (file: SealedFile, place: number): Promise<Opened> => ({
    file,
    content: await openSentFile(id, place, file, (path) => chunks.get(path)),
  })
  return { report, files: await Promise.all((report.files ?? []).map(open)) }
}

/** Saves a screenshot of the entire page to $OASIS_SHOTS, for people to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['OASIS_SHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
