// A letter that goes by hand: locked in a saved page without a network, carried as text or as codes, sent by somebody else.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import sharp from 'sharp'
import { randomBytes } from '#protocol/bytes'
import { cutEnvelope } from '#protocol/hand-over'
import { askedFor, openReport } from '#scripts/browser/report'
import { savedCopy } from '#scripts/browser/saved-copy'
import { testDir, testDist } from '#scripts/paths'
import { findCanary } from './canary.ts'
import { launchWithMedia } from './media.ts'
import { newPhone, ORIGIN, type Phone } from './phone.ts'
import { expect, test } from './staff.ts'
import { wordsIn } from './words.ts'

const words = wordsIn('ky')
const folder = join(testDir, 'saved')
const pathOf = ({ url }: { url: string }): string => new URL(url).pathname
const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })

async function openCopy(browser: Browser, told: string, online = false): Promise<Phone> {
  const phone = await newPhone(browser)
  if (!online) await phone.context.route(/^https?:/, (route) => route.abort())
  await phone.page.goto(savedCopy(testDist, folder, 'ky', ORIGIN))
  await (await askedFor(phone.page, 'ky', phone.page.getByLabel(words('tell.text')))).fill(told)
  return phone
}

interface Handed {
  receipt: string
  texts: string[]
  pictures: Buffer[]
}

/** Locks the letter without a network and takes it along in every form. */
async function handOver(browser: Browser, told: string): Promise<Handed> {
  const { page, context, sent } = await openCopy(browser, told)
  await button(page, 'tell.hand').click()
  const panel = page.locator('#panel-hand')
  const receipt = (await panel.locator('.receipt').innerText()).replace(/\s/g, '')
  expect(receipt).toMatch(/^\d{28}$/)
  const texts = await panel
    .locator('textarea')
    .evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value))
  await panel.getByRole('button', { name: /код/ }).click()
  const pictures: Buffer[] = []
  for (const picture of await panel.locator('img').all()) pictures.push(await picture.screenshot())
  expect(sent.filter(({ url }) => url.startsWith('http'))).toEqual([])
  expect(findCanary(texts.join(), [told])).toEqual([])
  await context.close()
  return { receipt, texts, pictures }
}

test('a copy opened from a file locks a letter without a network; codes and text of it arrive as one report', async ({
  browser,
  staff,
}) => {
  const told = 'Байланышсыз жазылды, жашыл эшик 4127'
  const { texts, pictures } = await handOver(browser, told)
  expect(pictures.length).toBeGreaterThan(5)

  const helper = await newPhone(browser)
  const { page } = helper
  await page.goto('/ky/send/')
  const files = pictures.map((buffer, at) => ({
    name: `${String(at)}.png`,
    mimeType: 'image/png',
    buffer,
  }))
  // All but the third, then the third.
  await page.getByLabel(words('send.file')).setInputFiles(files.filter((_, at) => at !== 2))
  await expect(page.locator('#found')).toHaveText(
    words('say.letter_missing', { n: String(pictures.length - 1) }) + ' 3',
    { timeout: 30_000 },
  )
  await button(page, 'tell.send').click()
  await expect(page.locator('#error')).toHaveText(words('say.letter_incomplete'))
  await page.getByLabel(words('send.file')).setInputFiles(files.slice(2, 3))
  await expect(page.locator('#found')).toHaveText(words('say.letter_whole'))
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible({ timeout: 20_000 })
  await openReport(staff.page, told)

  // The same letter, once more, as text from a chat: nothing new comes of it.
  const before = await staff.page.locator('.queue ul button.line').count()
  const chat = texts.map((text) => `Айгүл, [25.11.2026 10:12]\n> ${text}\nсурайм, жөнөтүп кой`)
  await page.getByLabel(words('send.text')).fill(chat.join('\n'))
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible({ timeout: 20_000 })
  await staff.page.keyboard.press('Escape')
  await openReport(staff.page, told)
  expect(await staff.page.locator('.queue ul button.line').count()).toBe(before)
  expect(new Set(helper.sent.filter(({ method }) => method === 'POST').map(pathOf))).toEqual(
    new Set(['/api/reports']),
  )
  await helper.context.close()
})

test('without JavaScript a helper pastes the text, and the letter arrives', async ({
  browser,
  staff,
}) => {
  const told = 'Кагаздагыдай көчүрүлдү, көк чатыр 9034'
  const { texts } = await handOver(browser, told)
  const { page, context } = await newPhone(browser, false)
  await page.goto('/ky/send/')
  await page.getByLabel(words('send.text')).fill(texts[0] ?? '')
  await button(page, 'tell.send').click()
  await expect(page.locator('#error')).toHaveText(words('error.letter_incomplete'))
  expect(await page.getByLabel(words('send.text')).inputValue()).toContain('Q/')
  await page.getByLabel(words('send.text')).fill(texts.join('\n'))
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible()
  await openReport(staff.page, told)
  await context.close()
})

for (const javaScriptEnabled of [true, false])
  test(`of several letters each is sent by itself, and what has not arrived stays and is counted ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    browser,
    staff,
  }) => {
    const told = `Эки кат бирге, тоо жагы ${javaScriptEnabled ? '3318' : '3319'}`
    const { texts } = await handOver(browser, told)
    const [part = ''] = await cutEnvelope(randomBytes(4096), 3300)
    // A letter that cannot be taken stands before the one that can.
    const foreign = await cutEnvelope(randomBytes(4096), 3300)
    const { page, context } = await newPhone(browser, javaScriptEnabled)
    await page.goto('/ky/send/')
    const field = page.getByLabel(words('send.text'))
    await field.fill([part, ...foreign, ...texts].join('\n'))
    await button(page, 'tell.send').click()
    await expect(page.locator('#part')).toBeVisible({ timeout: 20_000 })
    for (const [name, count] of [
      ['arrived', 1],
      ['waiting', 0],
      ['incomplete', 1],
      ['refused', 1],
    ] as const) {
      const line = page.locator(`[data-count=${name}]`)
      if (count) await expect(line).toContainText(`${words(`send.${name}`)} ${String(count)}`)
      else await expect(line).toBeHidden()
    }
    await expect(page.locator('#done')).toBeHidden()
    const left = await field.inputValue()
    expect([part, ...foreign].filter((piece) => !left.includes(piece))).toEqual([])
    expect(left).not.toContain(texts[0]?.match(/Q\/\w{8}/)?.[0])
    await openReport(staff.page, told)
    await context.close()
  })

test('a letter that is chosen while another is being sent stands in the field afterwards, and is sent next', async ({
  browser,
  staff,
}) => {
  const told = ['Биринчи кат, ак көпүрө 7712', 'Экинчи кат, кара суу 7713'] as const
  const first = await handOver(browser, told[0])
  const second = await handOver(browser, told[1])
  const { page, context } = await newPhone(browser)
  let arrive = (): void => undefined
  const held = new Promise<void>((done) => (arrive = done))
  await context.route('**/api/reports', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/ky/send/')
  const field = page.getByLabel(words('send.text'))
  await field.fill(first.texts.join('\n'))
  const sending = page.waitForRequest('**/api/reports')
  await button(page, 'tell.send').click()
  await sending
  await page.getByLabel(words('send.file')).setInputFiles({
    name: 'letter.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(second.texts.join('\n')),
  })
  arrive()
  // Not that all has arrived and may be deleted.
  await expect(page.locator('[data-count=arrived]')).toContainText(`${words('send.arrived')} 1`)
  await expect(page.locator('#part')).toBeFocused()
  await expect(page.locator('#done')).toBeHidden()
  await expect(field).toHaveValue(second.texts.join('\n').trim())
  await expect(page.locator('#found')).toHaveText(words('say.letter_whole'))
  await openReport(staff.page, told[0])
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible({ timeout: 20_000 })
  await expect(field).toHaveValue('')
  await openReport(staff.page, told[1])
  await context.close()
})

/** A film for a camera that is not there: each code for a while, on a light ground, as a phone held before a screen sees it. */
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
  writeFileSync(file, Buffer.concat([head, ...(await Promise.all(frames)).flat()]))
  return file
}

test('codes are read with the camera, which is asked for on this page only', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const { pictures } = await handOver(browser, 'Камера менен окулат, боз үй 5561')
  const film = `--use-file-for-fake-video-capture=${await filmOf(pictures)}`
  const camera = await chromium.launch(launchWithMedia(film))
  const { page, sent } = await newPhone(camera)
  await page.goto('/ky/send/')
  await button(page, 'send.scan').click()
  await expect(page.locator('#found')).toHaveText(words('say.letter_whole'), { timeout: 60_000 })
  await button(page, 'scan.stop').click()
  await expect(page.locator('video')).toHaveCount(0)
  await button(page, 'tell.send').click()
  await expect(page.getByText(words('send.done'))).toBeVisible({ timeout: 20_000 })
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

test('the page is saved under a neutral name, and with a network the copy sends by itself', async ({
  browser,
  staff,
}) => {
  const visitor = await newPhone(browser)
  await visitor.page.goto('/ky/tell/')
  const downloading = visitor.page.waitForEvent('download')
  await visitor.page.getByText(words('tell.save')).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('page.html')
  expect(readFileSync(await download.path(), 'utf8')).toBe(
    readFileSync(join(testDist, 'ky/tell/saved/index.html'), 'utf8'),
  )
  await visitor.context.close()

  const told = 'Файлдан жөнөтүлдү, сары дарбаза 6650'
  const { page, context, sent } = await openCopy(browser, told, true)
  const arriving = page.waitForRequest(`${ORIGIN}/api/reports`)
  await button(page, 'tell.send').click()
  expect((await (await arriving).allHeaders())['origin']).toBe('null')
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: 20_000,
  })
  expect(sent.filter(({ url }) => url.startsWith('http')).map(pathOf)).toEqual(['/api/reports'])
  await openReport(staff.page, told)
  await context.close()
})

test('a copy that is too old says so, shows numbers and keeps the words', async ({ browser }) => {
  const phone = await newPhone(browser)
  await phone.context.route(/^https?:/, (route) => route.abort())
  const day = 24 * 60 * 60 * 1000
  await phone.page.clock.setFixedTime(Date.now() + 800 * day)
  await phone.page.goto(savedCopy(testDist, folder, 'ky', ORIGIN))
  const text = await askedFor(phone.page, 'ky', phone.page.getByLabel(words('tell.text')))
  await text.fill('Эски көчүрмө')
  await button(phone.page, 'tell.send').click()
  await expect(phone.page.locator('#error')).toHaveText(words('say.manifest_expired'), {
    timeout: 30_000,
  })
  await expect(phone.page.locator('#ways a[href="tel:102"]')).toBeVisible()
  await expect(text).toHaveValue('Эски көчүрмө')
  await phone.context.close()
})

test('what is no letter, or a damaged one, is told and not sent', async ({ browser }) => {
  const { page, context, sent } = await newPhone(browser)
  await page.goto('/ky/send/')
  for (const [text, key] of [
    ['', 'unreadable'],
    ['Салам', 'unreadable'],
    ['Q/ABCDEFGH/1/1/0000000000/00/', 'incomplete'],
  ] as const) {
    await page.getByLabel(words('send.text')).fill(text)
    await button(page, 'tell.send').click()
    await expect(page.locator('#error')).toHaveText(words(`say.letter_${key}`))
  }
  await page
    .getByLabel(words('send.file'))
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('жок') })
  await expect(page.locator('#found')).toHaveText(words('say.no_code'))
  expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
  await context.close()
})
