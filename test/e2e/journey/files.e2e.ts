// Tests sending files between a phone and staff on the real screens. The edge stores a file, and
// the other side opens and compares it.
import { readFile } from 'node:fs/promises'
import { askedFor, askForReplies, tell } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { pauseAfter } from '#site/lifeline/network/retry-chunk.ts'
import { expectAccessible } from '../support/accessible.ts'
import { choose, photo, photograph, sendButton, shoot, word, words } from '../support/attach.ts'
import { newPhone } from '../support/phone.ts'
import { silence } from '../support/sealed-report.ts'
import { expect, test, type Colleague } from '../support/staff.ts'
import { shorten } from '../support/tell.ts'
import { SLOW } from '../support/soak.ts'

const read = (key: string, fill: Record<string, string> = {}): string =>
  words(`read-file.${key}`, fill)

test('A picture that a phone sent opens in the staff app, and its hash fits', async ({
  browser,
  staff,
}) => {
  const { page, context } = await newPhone(browser)
  const text = 'Бул көчөнүн аты сүрөттө 6631'
  await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill(text)
  await choose(page, await photo())
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible()
  await context.close()
  await showReport(staff.page, text)
  const file = staff.page.locator('.report .file')
  await expect(file).toContainText(words('staff.file.made.redrawn'))
  await file.getByRole('button', { name: words('staff.file.open') }).click()
  await expect(file.getByText(words('staff.file.fits'))).toBeVisible()
})

async function answerWithFiles({ page }: Colleague, text: string): Promise<Buffer> {
  await showReport(page, text)
  const sheet = Buffer.alloc(150_000, 'баракча ')
  await page.getByLabel(words('staff.answer.files')).setInputFiles([
    { name: 'карта.jpg', mimeType: 'image/jpeg', buffer: await photograph() },
    { name: 'үн.wav', mimeType: 'audio/wav', buffer: Buffer.from(silence()) },
    { name: 'баракча.txt', mimeType: 'text/plain', buffer: sheet },
  ])
  await page.getByLabel(words('staff.answer.text')).fill('Үч файл бар')
  await page.getByRole('button', { name: words('staff.answer.look') }).click()
  await page.getByRole('button', { name: words('staff.answer.send') }).click()
  await expect(page.getByText(words('staff.answer.sent'))).toBeVisible()
  return sheet
}

test('Files of a reply load only on request, and a document is saved and not shown', async ({
  browser,
  staff,
}) => {
  const { page, context, sent } = await newPhone(browser)
  const complaints: string[] = []
  page.on('console', (line) => complaints.push(line.text()))
  const text = 'Мага карта жөнөтүңүздөр 7745'
  const receipt = await tell(page, 'ky', text)
  const sheet = await answerWithFiles(staff, text)

  await askForReplies(page, 'ky', receipt)
  const answer = page.locator('#messages li')
  await expect(answer).toContainText('Үч файл бар')
  await shoot(page, 'answer-files')
  expect(sent.filter(({ url }) => /\/api\/files\/|read-file/.test(url))).toEqual([])

  const open = (n: number) =>
    answer.getByRole('button', { name: words('say.file', { n: String(n) }) }).click()
  await open(1)
  await expect(answer).toContainText('карта.jpg')
  expect(await answer.locator('img').count()).toBe(0)
  await answer.getByRole('button', { name: read('show') }).click()
  await expect(answer.locator('img')).toBeVisible()
  // The picture keeps the camera's orientation.
  expect(await answer.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(
    400,
  )

  await open(2)
  const player = answer.locator('audio')
  await expect(player).toBeVisible()
  expect(await player.evaluate((audio: HTMLAudioElement) => audio.paused && audio.controls)).toBe(
    true,
  )
  await expect
    .poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration))
    .toBeCloseTo(1, 1)

  await open(3)
  await expect(answer).toContainText(`баракча.txt · ${read('kb', { n: '146' })}`)
  await expect(answer.getByText(read('warning'))).toHaveCount(3)
  await shoot(page, 'answer-opened')
  await expectAccessible(page, 'all')
  const saving = page.waitForEvent('download')
  await answer
    .getByRole('link', { name: read('save') })
    .nth(2)
    .click()
  const saved = await saving
  expect(await readFile(await saved.path())).toEqual(sheet)
  expect(complaints).toEqual([])
  await context.close()
})

test(
  'A stuck download resumes at the missing chunk, and a changed file is not shown',
  SLOW,
  async ({ browser, staff }) => {
    const { page, context } = await newPhone(browser)
    await shorten(context, [1, 2, 3, 4, 5].map(pauseAfter))
    const text = 'Баракча керек эле 8120'
    const receipt = await tell(page, 'ky', text)
    await answerWithFiles(staff, text)
    await askForReplies(page, 'ky', receipt)
    const answer = page.locator('#messages li')
    const fetched: string[] = []
    let fails = true
    await context.route('**/api/files/**', async (route) => {
      const url = route.request().url()
      fetched.push(url.slice(-2))
      if (fails && url.endsWith('/1')) return route.fulfill({ status: 404, body: '{}' })
      await route.continue()
    })
    const third = answer.getByRole('button', { name: words('say.file', { n: '3' }) })
    await third.click()
    await expect(answer.getByText(read('stuck'))).toBeVisible()
    fails = false
    fetched.length = 0
    await third.click()
    await expect(answer.getByText(read('whole'))).toBeVisible()
    expect(fetched).toEqual(['/1', '/2'])

    await context.unroute('**/api/files/**')
    await context.route('**/api/files/**', async (route) => {
      const response = await route.fetch()
      const body = await response.body()
      body[100] = 255 - (body[100] ?? 0)
      await route.fulfill({ response, body })
    })
    await answer.getByRole('button', { name: words('say.file', { n: '1' }) }).click()
    await expect(answer.getByText(read('broken'))).toBeVisible()
    expect(await answer.locator('img, audio').count()).toBe(0)
    await context.close()
  },
)
