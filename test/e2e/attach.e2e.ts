// Pictures and files beside a report: what leaves the device is sealed, without hidden parts unless the person wants them, and whole.
import AxeBuilder from '@axe-core/playwright'
import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { toB64 } from '#protocol/bytes'
import { hiddenParts } from '#site/tell/files/hidden-parts.ts'
import {
  choose,
  opened,
  photo,
  photograph,
  PHOTO_NAME,
  row,
  sendButton,
  shoot,
  voiceButton,
  word,
  words,
} from './attach.ts'
import { launchWithMedia } from './media.ts'
import { newPhone, shownReceipt } from './phone.ts'

test.use({ launchOptions: launchWithMedia() })

const MB = 1024 * 1024
const first = word('picture', { n: '1' })
const hashOf = (content: Uint8Array): string => toB64(createHash('sha256').update(content).digest())
const pdf = (name: string, bytes = 3000) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(bytes, 'келишим '),
})

test('R1: a picture without its place and a voice arrive sealed, and open to what was sent', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context, sent } = phone
  const complaints: string[] = []
  page.on('console', (line) => complaints.push(line.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await (await voiceButton(page)).click()
  const stop = page.getByRole('button', { name: word('stop'), exact: true })
  await expect(stop).toBeFocused()
  await page.waitForTimeout(2000)
  await shoot(page, 'recording')
  await stop.click()
  await expect(page.getByText(word('recorded'))).toBeVisible()
  await shoot(page, 'recorded')

  const original = await photo()
  expect(hiddenParts(new Uint8Array(original.buffer))).toEqual(['place', 'time', 'device'])
  await choose(page, original)
  await expect(row(page, first)).toContainText(word('hidden.place'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await shoot(page, `list-${colorScheme}`)
  }
  // No word was written, and none is needed.
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 20_000 })
  await shownReceipt(page)
  await shoot(page, 'uploaded')

  const { files } = await opened(phone)
  expect(files.map(({ file }) => file.made)).toEqual(['recorded', 'redrawn'])
  for (const { content, file } of files) {
    expect(hashOf(content)).toBe(file.hash)
    expect(file).not.toHaveProperty('name')
    const piece = Buffer.from(content.subarray(200, 240)).toString('latin1')
    expect(sent.filter(({ rest }) => rest.includes(piece))).toEqual([])
  }
  const [voice, picture] = files
  expect(voice?.file.type).toContain('audio/webm')
  expect(hiddenParts(picture?.content ?? new Uint8Array(0))).toEqual([])
  expect(Buffer.from(picture?.content ?? []).includes('Kyzyl')).toBe(false)
  // It lay on its side.
  expect(await sharp(picture?.content).metadata()).toMatchObject({
    ...{ format: 'jpeg', width: 400, height: 600 },
  })
  expect(complaints).toEqual([])
  await context.close()
})

test('a large picture is drawn smaller', async ({ browser }) => {
  const phone = await newPhone(browser)
  await choose(phone.page, { ...(await photo()), buffer: await photograph(3000, 1500) })
  await expect(row(phone.page, first)).toBeVisible()
  await sendButton(phone.page).click()
  await expect(phone.page.getByText(word('uploaded'))).toBeVisible({ timeout: 30_000 })
  const { files } = await opened(phone)
  expect(await sharp(files[0]?.content).metadata()).toMatchObject({ width: 1024, height: 2048 })
  await phone.context.close()
})

test('evidence goes as it is, byte for byte, with its name and a warning, and may be taken back', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  const original = await photo()
  await choose(page, original)
  const evidence = row(page, first).getByLabel(word('evidence'))
  await evidence.check()
  const parts = ['place', 'time', 'device'].map((part) => word(`hidden.${part}`)).join(', ')
  await expect(row(page, first)).toContainText(word('kept', { what: parts }))
  await evidence.uncheck()
  await expect(row(page, first)).toContainText(word('redrawn', { what: parts }))
  await evidence.check()
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 20_000 })
  const { files } = await opened(phone)
  expect(files[0]?.file).toMatchObject({ made: 'as_is', name: PHOTO_NAME })
  expect(Buffer.from(files[0]?.content ?? []).equals(original.buffer)).toBe(true)
  expect(files[0]?.file.hash).toBe(hashOf(original.buffer))
  await phone.context.close()
})

test('a picture that cannot be drawn anew goes only when the person says so', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  const heif = {
    name: 'a.heic',
    mimeType: 'image/heic',
    buffer: Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), await photograph()]),
  }
  await choose(page, heif)
  await choose(page, pdf('келишим.pdf'))
  await expect(row(page, first)).toContainText(word('undrawn'))
  await expect(row(page, 'келишим.pdf')).toContainText(word('as_is.other'))
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 20_000 })
  expect((await opened(phone)).files.map(({ file }) => file.name)).toEqual(['келишим.pdf'])

  await page.goto('/ky/answer/')
  await choose(page, heif)
  await row(page, first)
    .getByRole('button', { name: word('take') })
    .click()
  await expect(row(page, first)).not.toContainText(word('undrawn'))
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 20_000 })
  const { files } = await opened(phone)
  expect(files[0]?.file).toMatchObject({ made: 'as_is', type: 'image/heic', name: 'a.heic' })
  expect(Buffer.from(files[0]?.content ?? []).equals(heif.buffer)).toBe(true)
  await phone.context.close()
})

test('a browser that hands out noise instead of a picture sends no noise', async ({ browser }) => {
  const phone = await newPhone(browser)
  await phone.page.addInitScript(() => {
    const { getImageData } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.getImageData = function (...area) {
      const image = getImageData.apply(this, area)
      crypto.getRandomValues(image.data)
      return image
    }
  })
  await choose(phone.page, await photo())
  await expect(row(phone.page, first)).toContainText(word('undrawn'))
  await phone.context.close()
})

test('too many, too large and empty are said by name, and nothing that was there is lost', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await choose(page, pdf('a.pdf'))
  await choose(page, pdf('empty.pdf', 0), pdf('huge.pdf', 20 * MB + 1), pdf('b.pdf'))
  const warning = page.getByRole('alert').filter({ hasText: word('empty', { name: 'empty.pdf' }) })
  await expect(warning).toContainText(word('large', { name: 'huge.pdf' }))
  await expect(row(page, '.pdf')).toHaveCount(2)
  await choose(page, ...Array.from({ length: 9 }, (_, at) => pdf(`c${at}.pdf`, 10 + at)))
  await expect(page.getByText(word('many', { names: 'c8.pdf' }))).toBeVisible()
  await expect(row(page, '.pdf')).toHaveCount(10)
  await shoot(page, 'many')
  await page.getByRole('button', { name: `${word('remove')}: a.pdf` }).click()
  await expect(row(page, '.pdf')).toHaveCount(9)
  await choose(page, pdf('d.pdf'))
  await expect(row(page, 'd.pdf')).toHaveCount(1)
  await expect(page.getByText(word('many', { names: 'c8.pdf' }))).toBeHidden()
  await context.close()
})

test('without words and without files nothing is sent; a file alone is enough until it is taken off', async ({
  browser,
}) => {
  const { page, context, sent } = await newPhone(browser)
  await choose(page, pdf('a.pdf'))
  await page.getByRole('button', { name: `${word('remove')}: a.pdf` }).click()
  await sendButton(page).click()
  await expect(page.locator('#error')).toHaveText(words('say.text_empty'))
  expect(sent.filter(({ method }) => method !== 'GET')).toEqual([])
  await context.close()
})

test('"Send" that is quicker than the tool waits for the files, and so does a second choice', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await phone.context.route('**/tools/ky/attach.js', async (route) => {
    await new Promise((done) => setTimeout(done, 1500))
    await route.continue()
  })
  await choose(phone.page, pdf('a.pdf'))
  await choose(phone.page, pdf('b.pdf'))
  await sendButton(phone.page).click()
  await expect(phone.page.getByText(word('uploaded'))).toBeVisible({ timeout: 20_000 })
  expect((await opened(phone)).files.map(({ file }) => file.name)).toEqual(['a.pdf', 'b.pdf'])
  await phone.context.close()
})

test('"Send" that waits for files whose tool does not come sends nothing, and says so', async ({
  browser,
}) => {
  const { page, context, sent } = await newPhone(browser)
  await context.route('**/tools/ky/attach.js', async (route) => {
    await new Promise((done) => setTimeout(done, 1500))
    await route.abort()
  })
  await choose(page, pdf('a.pdf'))
  await sendButton(page).click()
  await expect(page.locator('#error')).toHaveText(words('say.network'))
  const again = page.getByRole('button', { name: words('tell.again') })
  await expect(again).toBeVisible()
  expect(sent.filter(({ method }) => method !== 'GET')).toEqual([])
  // Nothing is chosen any more: what is tried again is the letter without it.
  await page.getByLabel(words('tell.text')).fill('Файлсыз')
  await again.click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await context.close()
})

test('chunks go on through lost answers, refusals and a stop of the person, below the number', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context, sent } = phone
  let tries = 0
  await context.route('**/api/files/**', async (route) => {
    tries++
    if (tries === 2) return route.fulfill({ status: 429, headers: { 'retry-after': '1' } })
    if (tries === 4) return route.fulfill({ status: 503 })
    if (tries > 5 && tries < 8) return route.abort()
    await route.continue()
  })
  await choose(page, pdf('a.pdf', 90_000))
  await sendButton(page).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  const number = await shownReceipt(page)
  await expect(page.getByRole('progressbar', { name: word('list') })).toBeVisible()
  await expect(page.getByText(word('waiting'))).toBeVisible()
  await shoot(page, 'waiting')
  await page.getByRole('button', { name: word('stop_sending') }).click()
  await expect(page.getByText(word('stopped'))).toBeVisible()
  await page.getByRole('button', { name: word('go_on') }).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 40_000 })
  expect(await shownReceipt(page)).toBe(number)
  const { files } = await opened(phone)
  expect(Buffer.from(files[0]?.content ?? []).equals(Buffer.alloc(90_000, 'келишим '))).toBe(true)
  expect(sent.some(({ method }) => method === 'PUT')).toBe(true)
  await context.close()
})

test('what is chosen while another is still being prepared waits for it, and "Send" for both', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await choose(page, pdf('a.pdf'))
  await expect(row(page, 'a.pdf')).toBeVisible()
  await choose(page, { ...(await photo()), buffer: await photograph(4000, 3000) })
  await choose(page, pdf('b.pdf'))
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible({ timeout: 60_000 })
  const { files } = await opened(phone)
  expect(files.map(({ file }) => file.name ?? file.made)).toEqual(['a.pdf', 'redrawn', 'b.pdf'])
  await phone.context.close()
})

test('200 % zoom and 320 pixels: the list is no wider than the window', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await choose(page, await photo())
  await choose(page, pdf('договор-с-очень-длинным-именем-без-единого-пробела-2026.pdf'))
  await expect(row(page, '.pdf')).toBeVisible()
  for (const viewport of [
    { width: 640, height: 400 },
    { width: 320, height: 256 },
  ]) {
    await page.setViewportSize(viewport)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wider).toBeLessThanOrEqual(0)
    await shoot(page, `zoom-${viewport.width}`)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await shoot(page, 'wide')
  await context.close()
})

test('after a failure the plain form carries the first file again', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await page.addInitScript(() => {
    crypto.subtle.encrypt = () => Promise.reject(new Error('broken'))
    HTMLFormElement.prototype.submit = function () {
      document.title = (new FormData(this).get('file') as File).name
    }
  })
  await choose(page, pdf('a.pdf'))
  await sendButton(page).click()
  await page.getByRole('button', { name: words('tell.plainly') }).click()
  await expect(page).toHaveTitle('a.pdf')
  await context.close()
})
