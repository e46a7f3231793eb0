// Pictures, files and a voice beside a report: what leaves the device is sealed, without hidden parts, and whole.
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { toB64, type Bytes } from '#protocol/bytes'
import { hiddenParts } from '#site/tell/files/hidden-parts.ts'
import { askedFor } from '#scripts/browser/report'
import { openFile, openSent } from '#scripts/browser/sent-files'
import { newPhone, shownReceipt, type Phone } from './phone.ts'
import { expect, test } from './staff.ts'
import { wordsIn } from './words.ts'

const words = wordsIn('ky')
const shots = process.env['OASIS_SHOTS']

test.use({
  launchOptions: {
    executablePath: process.env['CHROMIUM_PATH'] ?? '',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    ],
  },
})

async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
}

/** A photograph as a phone makes it: turned by EXIF, with the place, the time and the phone's name. */
const photograph = (): Promise<Buffer> =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: '#7a8' } })
    .composite([
      {
        input: { create: { width: 60, height: 60, channels: 3, background: '#c33' } },
        left: 20,
        top: 20,
      },
    ])
    .withExif({
      IFD0: {
        Make: 'Kyzyl',
        Model: 'Telefon 5',
        Orientation: '6',
        DateTime: '2026:11:20 21:14:00',
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '42/1 52/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '74/1 36/1 0/1',
      },
    })
    .jpeg()
    .toBuffer()

const send = (page: Page) => page.getByRole('button', { name: words('tell.send'), exact: true })
const word = (key: string, fill: Record<string, string> = {}): string =>
  words(`attach.${key}`, fill)

async function openedFiles({
  sent,
}: Phone): Promise<{ content: Bytes; file: import('#protocol/report').SealedFile }[]> {
  const post = sent
    .filter(({ method, url }) => method === 'POST' && url.endsWith('/api/reports'))
    .at(-1)
  if (!post) throw new Error('no report was sent')
  const { id, report } = await openSent(new Uint8Array(post.body))
  const chunks = new Map(
    sent
      .filter(({ method }) => method === 'PUT')
      .map(({ url, body }) => [new URL(url).pathname, body]),
  )
  return Promise.all(
    (report.files ?? []).map(async (file, place) => ({
      file,
      content: await openFile(id, place, file, (path) => {
        const body = chunks.get(path)
        return body && new Uint8Array(body)
      }),
    })),
  )
}

test('a picture without its place and a voice go along, sealed, and open to the same bytes', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context, sent } = phone
  const violations: string[] = []
  page.on('console', (line) => violations.push(line.text()))
  page.on('pageerror', (error) => violations.push(String(error)))
  await context.grantPermissions(['microphone'])
  await page.goto('/ky/tell/')
  const voice = await askedFor(page, 'ky', page.getByRole('button', { name: words('tell.voice') }))
  await voice.click()
  await expect(page.getByText(word('recording.on'))).toBeAttached()
  await page.waitForTimeout(2500)
  await shoot(page, 'recording')
  await page.getByRole('button', { name: word('stop'), exact: true }).click()
  await expect(page.getByText(word('recorded'))).toBeVisible()
  await shoot(page, 'recorded')

  await askedFor(page, 'ky', page.locator('#file'))
  const original = await photograph()
  expect(hiddenParts(new Uint8Array(original))).toEqual(['place', 'time', 'device'])
  await page
    .locator('#file')
    .setInputFiles([{ name: 'IMG_20261120_211400.jpg', mimeType: 'image/jpeg', buffer: original }])
  await expect(page.getByText(word('added', { name: word('picture', { n: '1' }) }))).toBeAttached()
  await expect(page.locator('li').filter({ hasText: word('picture', { n: '1' }) })).toContainText(
    word('hidden.place'),
  )
  await shoot(page, 'list')
  await send(page).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: 20_000,
  })
  await shownReceipt(page)
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 20_000 })
  await shoot(page, 'uploaded')

  const [first, second] = await openedFiles(phone)
  if (!first || !second) throw new Error('two files were to go')
  for (const { content, file } of [first, second]) {
    expect(toB64(createHash('sha256').update(content).digest())).toBe(file.hash)
    expect(file).not.toHaveProperty('name')
    const piece = Buffer.from(content.subarray(200, 240)).toString('latin1')
    expect(sent.filter(({ rest }) => rest.includes(piece))).toEqual([])
  }
  expect(first.file.made).toBe('recorded')
  expect(first.file.type).toContain('audio/webm')
  expect(second.file.made).toBe('redrawn')
  expect(hiddenParts(second.content)).toEqual([])
  // It lay on its side.
  expect(await sharp(second.content).metadata()).toMatchObject({
    format: 'jpeg',
    width: 400,
    height: 600,
  })
  expect(violations).toEqual([])
  await context.close()
})
