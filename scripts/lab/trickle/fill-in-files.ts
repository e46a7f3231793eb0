// Fills in a report with a recording and some pictures, as a person does on the page.
import { expect, type Page } from '@playwright/test'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { askedFor } from '#scripts/browser/report'
import { wordsIn } from '#scripts/browser/words'

const RECORDING_MS = 20_000
const PICTURES = 5

const words = wordsIn('ky')
const word = (key: string, fill: Record<string, string> = {}): string =>
  words(`attach.${key}`, fill)

/** Makes a picture that weighs about 200 KB once the page has redrawn it. */
const picture = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 1200,
      height: 900,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .jpeg()
    .toBuffer()

/** Records a voice and adds the pictures. The report is not sent yet. */
export async function fillInFiles(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/ky/tell/`)
  await (
    await askedFor(page, 'ky', page.getByRole('button', { name: words('tell.voice') }))
  ).click()
  await expect(page.getByRole('button', { name: word('stop') })).toBeVisible({ timeout: 30_000 })
  await wait(RECORDING_MS)
  await page.getByRole('button', { name: word('stop') }).click()
  const input = await askedFor(page, 'ky', page.locator('#file'))
  for (let n = 1; n <= PICTURES; n++) {
    await input.setInputFiles([
      { name: `${n}.jpg`, mimeType: 'image/jpeg', buffer: await picture() },
    ])
    await expect(
      page.getByText(word('added', { name: word('picture', { n: `${n}` }) })),
    ).toBeVisible()
  }
}
