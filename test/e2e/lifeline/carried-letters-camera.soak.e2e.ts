// Tests that the camera reads the QR codes of a letter.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import sharp from 'sharp'
import { button, folder, pathOf, sealLetter, words } from '../support/letters.ts'
import { launchWithMedia } from '../support/media.ts'
import { newPhone } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'

/**
 * Makes a video of each code for a fake camera. Each code has a light background, as if filmed from
 * a screen.
 */
async function filmOf(pictures: Buffer[]): Promise<string> {
  const [width, height, times] = [640, 480, 4]
  const colourless = Buffer.alloc((width * height) / 2, 128)
  const frames = pictures.map(async (picture) => {
    const code = await sharp(picture)
      .resize(440, 440)
      .rotate(4, { background: '#ddd' })
      .png()
      .toBuffer()
    const light = await sharp({ create: { width, height, channels: 3, background: '#ddd' } })
      .composite([{ input: code }])
      .blur(0.6)
      .greyscale()
      .raw()
      .toBuffer()
    return Array.from({ length: times }, () => [Buffer.from('FRAME\n'), light, colourless]).flat()
  })
  const file = join(folder, 'film.y4m')
  const head = Buffer.from(`YUV4MPEG2 W${String(width)} H${String(height)} F8:1 Ip A1:1 C420\n`)
  const codes = await Promise.all(frames)
  // The video shows the codes in three orders, so that a reader that skips frames still reads every
  // code.
  const shown = [1, 2, 4].flatMap((stride) =>
    codes.flatMap((_, at) => codes[(at * stride) % codes.length] ?? []),
  )
  writeFileSync(file, Buffer.concat([head, ...shown]))
  return file
}

test('The camera reads QR codes, and the browser allows the camera on one page only', async ({
  browser,
}) => {
  const { pictures } = await sealLetter(browser, 'Камера менен окулат, боз үй 5561')
  const film = `--use-file-for-fake-video-capture=${await filmOf(pictures)}`
  const camera = await chromium.launch(launchWithMedia(film))
  const { page, sent } = await newPhone(camera)
  await page.goto('/ky/send/')
  await button(page, 'send.scan').click()
  await expect(page.locator('#found')).toHaveText(words('say.letter_whole'), { timeout: 60_000 })
  await button(page, 'scan.stop').click()
  await expect(page.locator('video')).toHaveCount(0)
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible()
  expect(new Set(sent.map(pathOf))).toEqual(
    new Set([
      '/ky/send/',
      '/tools/ky/scan.js',
      '/tools/ky/decode.js',
      '/tools/ky/prove.js',
      '/api/reports',
    ]),
  )
  await page.goto('/ky/help/')
  const refused = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (failure: unknown) => (failure as Error).name,
    ),
  )
  expect(refused).toBe('NotAllowedError')
  await camera.close()
})
