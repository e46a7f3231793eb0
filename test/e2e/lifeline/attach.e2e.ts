// Tests pictures and files attached to a report. Files leave the device sealed and complete,
// without metadata unless the person wants it sent.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { toB64 } from '#protocol/bytes'
import { findMetadata } from '#site/lifeline/attachments/find-metadata.ts'
import { askedFor } from '#scripts/browser/report'
import { expectAccessible } from '../support/accessible.ts'
import {
  choose,
  opened,
  pdf,
  photo,
  photograph,
  PHOTO_NAME,
  row,
  sendButton,
  shoot,
  voiceButton,
  word,
  words,
} from '../support/attach.ts'
import { launchWithMedia } from '../support/media.ts'
import { newPhone, shownReceipt } from '../support/phone.ts'
import { SLOW } from '../support/soak.ts'

test.use({ launchOptions: launchWithMedia() })

const MB = 1024 * 1024
const first = word('picture', { n: '1' })
const hashOf = (content: Uint8Array): string => toB64(createHash('sha256').update(content).digest())

test('R1: A picture without its place and a recording arrive sealed and open unchanged', async ({
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
  expect(findMetadata(new Uint8Array(original.buffer))).toEqual(['place', 'time', 'device'])
  await choose(page, original)
  await expect(row(page, first)).toContainText(word('hidden.place'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page, 'all')
    await shoot(page, `list-${colorScheme}`)
  }
  // A report with files does not need words.
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible()
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
  expect(findMetadata(picture?.content ?? new Uint8Array(0))).toEqual([])
  expect(Buffer.from(picture?.content ?? []).includes('Kyzyl')).toBe(false)
  // The photograph was rotated, so its sides are swapped.
  expect(await sharp(picture?.content).metadata()).toMatchObject({
    format: 'jpeg',
    width: 400,
    height: 600,
  })
  expect(complaints).toEqual([])
  await context.close()
})

test('A large picture is drawn smaller', SLOW, async ({ browser }) => {
  const phone = await newPhone(browser)
  await choose(phone.page, { ...(await photo()), buffer: await photograph(3000, 1500) })
  await expect(row(phone.page, first)).toBeVisible()
  await sendButton(phone.page).click()
  await expect(phone.page.getByText(word('uploaded'))).toBeVisible()
  const { files } = await opened(phone)
  expect(await sharp(files[0]?.content).metadata()).toMatchObject({ width: 1024, height: 2048 })
  await phone.context.close()
})

test('Evidence is sent byte for byte, with its name and a warning, and can be removed', async ({
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
  await expect(page.getByText(word('uploaded'))).toBeVisible()
  const { files } = await opened(phone)
  expect(files[0]?.file).toMatchObject({ made: 'as_is', name: PHOTO_NAME })
  expect(Buffer.from(files[0]?.content ?? []).equals(original.buffer)).toBe(true)
  expect(files[0]?.file.hash).toBe(hashOf(original.buffer))
  await phone.context.close()
})

test('A picture that cannot be redrawn is sent only when the person confirms it', async ({
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
  await expect(page.getByText(word('uploaded'))).toBeVisible()
  expect((await opened(phone)).files.map(({ file }) => file.name)).toEqual(['келишим.pdf'])

  await page.goto('/ky/answer/')
  await choose(page, heif)
  await row(page, first)
    .getByRole('button', { name: word('take') })
    .click()
  await expect(row(page, first)).not.toContainText(word('undrawn'))
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded'))).toBeVisible()
  const { files } = await opened(phone)
  expect(files[0]?.file).toMatchObject({ made: 'as_is', type: 'image/heic', name: 'a.heic' })
  expect(Buffer.from(files[0]?.content ?? []).equals(heif.buffer)).toBe(true)
  await phone.context.close()
})

test('A picture is not added when the browser returns noise instead of its pixels', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await phone.page.addInitScript(() => {
    const { getImageData } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.getImageData = function (...area) {
      const image = getImageData.apply(this, area)
      crypto.getRandomValues(image.data)
      return image
    }
  })
  const { page } = phone
  await choose(page, await photo())
  await expect(row(page, first)).toContainText(word('undrawn'))
  // The page has added no file, so it must not announce one.
  const status = page.getByRole('status').filter({ hasText: first })
  await expect(status).toHaveText(word('waits', { name: first }))
  await row(page, first)
    .getByRole('button', { name: word('take') })
    .click()
  await expect(status).toHaveText(word('added', { name: first }))
  await phone.context.close()
})

test('Too many, too large and empty files are named, and the listed files stay', async ({
  browser,
}, info) => {
  const { page, context } = await newPhone(browser)
  // The browser reads large files from the disk, because Playwright would send the bytes as text.
  const files = [pdf('empty.pdf', 0), pdf('huge.pdf', 20 * MB + 1), pdf('b.pdf')].map(
    ({ name, buffer }) => {
      writeFileSync(info.outputPath(name), buffer)
      return info.outputPath(name)
    },
  )
  await choose(page, pdf('a.pdf'))
  // The tool has now loaded, so the field accepts several files.
  await expect(row(page, 'a.pdf')).toBeVisible()
  await page.locator('#file').setInputFiles(files)
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

test('A report without words whose only file was removed is not sent', async ({ browser }) => {
  const { page, context, sent } = await newPhone(browser)
  await choose(page, pdf('a.pdf'))
  await page.getByRole('button', { name: `${word('remove')}: a.pdf` }).click()
  await sendButton(page).click()
  await expect(page.locator('#error')).toHaveText(words('say.text_empty'))
  expect(sent.filter(({ method }) => method !== 'GET')).toEqual([])
  await context.close()
})

test('A file that could not be read is named again when the report has arrived', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.addInitScript(() => {
    // A file with this name fails as if its memory card had been removed from the phone.
    const read = Response.prototype.arrayBuffer
    const isLost = new WeakSet<Response>()
    window.Response = new Proxy(Response, {
      construct(target, [body]: [BodyInit]) {
        const response = new target(body)
        if (body instanceof File && body.name.startsWith('lost')) isLost.add(response)
        return response
      },
    })
    Response.prototype.arrayBuffer = function () {
      return isLost.has(this)
        ? Promise.reject(new DOMException('', 'NotFoundError'))
        : read.call(this)
    }
  })
  await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill('Файлы окулбады')
  await choose(page, pdf('lost.pdf'))
  await expect(page.getByText(word('unreadable', { name: 'lost.pdf' }))).toBeVisible()
  await choose(page, pdf('a.pdf'))
  await expect(row(page, 'a.pdf')).toBeVisible()
  await sendButton(page).click()
  await expect(page.getByText(word('uploaded.listed'))).toBeVisible()
  await expect(page.locator('#left')).toContainText('lost.pdf')
  await context.close()
})

test('The list of files is not wider than the window at 200 % zoom and at 320 pixels', async ({
  browser,
}) => {
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

test('After a failure the form carries the first file again', async ({ browser }) => {
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
