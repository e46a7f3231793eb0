// Tests that every chosen file is sent in order, or that the page lists each unsent file.
import { expect, test, type Page } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import {
  choose,
  opened,
  photo,
  photograph,
  row,
  sendButton,
  word,
  words,
} from '../support/attach.ts'
import { newPhone } from '../support/phone.ts'
import { SLOW } from '../support/soak.ts'

const pdf = (name: string, bytes = 3000) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(bytes, name),
})

const hasArrived = (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: 60_000,
  })

for (const pressed of ['tell.keep', 'tell.voice'] as const)
  test(`A press of ${pressed} while pictures are prepared loses no picture`, async ({
    browser,
  }) => {
    const phone = await newPhone(browser)
    const { page, context } = phone
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined)
    })
    await choose(page, pdf('a.pdf'))
    await expect(row(page, 'a.pdf')).toBeVisible()
    const buffer = await photograph(2400, 1800)
    await page
      .locator('#file')
      .setInputFiles(
        [1, 2, 3, 4].map((n) => ({ name: `${n}.jpg`, mimeType: 'image/jpeg', buffer })),
      )
    // The script clicks the button immediately, wherever the button is on the page.
    await page.evaluate((name) => {
      const buttons = [...document.querySelectorAll<HTMLElement>('button[data-tool]')]
      buttons.find(({ textContent }) => textContent.trim() === name)?.click()
    }, words(pressed))
    await sendButton(page).click()
    await expect(page.getByText(word('uploaded'), { exact: true })).toBeVisible({ timeout: 60_000 })
    await expect(page.locator('#left')).toHaveCount(0)
    const { report, files } = await opened(phone)
    expect(report.files?.map(({ name, made }) => name ?? made)).toEqual([
      'a.pdf',
      ...Array.from({ length: 4 }, () => 'redrawn'),
    ])
    expect(Buffer.from(files[0]?.content ?? []).equals(pdf('a.pdf').buffer)).toBe(true)
    for (const { content } of files.slice(1))
      expect([...content.subarray(0, 2)]).toEqual([255, 216])
    await context.close()
  })

test('A file chosen while a report is sent is not sent, and the page names the file twice', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  let arrive = (): void => undefined
  const held = new Promise<void>((done) => (arrive = done))
  await context.route('**/api/reports', async (route) => {
    await held
    await route.continue()
  })
  await choose(page, pdf('a.pdf'))
  await expect(row(page, 'a.pdf')).toBeVisible()
  const sending = page.waitForRequest('**/api/reports')
  await sendButton(page).click()
  await sending
  const field = page.locator('#file')
  await field.setInputFiles(pdf('b.pdf'))
  await expect(page.getByText(word('late', { names: 'b.pdf' }))).toHaveCount(1)
  await expect(field).toHaveValue('')
  await expect(row(page, 'b.pdf')).toHaveCount(0)
  arrive()
  await hasArrived(page)
  await expect(page.locator('#left')).toHaveText(word('left', { names: 'b.pdf' }))
  await expect(page.getByText(word('uploaded.listed'))).toBeVisible()
  await expect(page.getByText(word('uploaded'), { exact: true })).toHaveCount(0)
  // When the report arrives, a phone's file dialog may still be open.
  await field.setInputFiles(pdf('c.pdf'))
  await expect(page.locator('#left')).toHaveText(word('left', { names: 'b.pdf, c.pdf' }))
  expect((await opened(phone)).files.map(({ file }) => file.name)).toEqual(['a.pdf'])
  await context.close()
})

test(
  'A file that was chosen too late can be chosen again after a failed try and is sent',
  SLOW,
  async ({ browser }) => {
    const phone = await newPhone(browser)
    const { page, context } = phone
    await choose(page, pdf('a.pdf'))
    await expect(row(page, 'a.pdf')).toBeVisible()
    await page.route('**/api/reports', async (route) => {
      await page.locator('#file').setInputFiles(pdf('b.pdf'))
      await route.fulfill({ status: 400 })
    })
    await sendButton(page).click()
    await expect(page.locator('#ways')).toBeVisible()
    await page.unroute('**/api/reports')
    await choose(page, pdf('b.pdf'))
    await expect(row(page, 'b.pdf')).toBeVisible()
    await sendButton(page).click()
    await hasArrived(page)
    await expect(page.getByText(word('uploaded.listed'))).toBeVisible()
    expect((await opened(phone)).files.map(({ file }) => file.name)).toEqual(['a.pdf', 'b.pdf'])
    await context.close()
  },
)

test('A picture that was not added is named when the report has arrived', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await choose(page, pdf('a.pdf'))
  await expect(row(page, 'a.pdf')).toBeVisible()
  await choose(page, {
    ...(await photo()),
    name: 'a.heic',
    mimeType: 'image/heic',
    buffer: Buffer.from('\0\0\0\x18ftypheic'),
  })
  const picture = word('picture', { n: '1' })
  await expect(row(page, picture)).toContainText(word('undrawn'))
  await sendButton(page).click()
  await hasArrived(page)
  await expect(page.locator('#left')).toHaveText(word('left', { names: picture }))
  await expect(page.getByText(word('uploaded.listed'))).toBeVisible()
  await context.close()
})

test('Files that could not be read are named, and a retry by the person sends the files', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await choose(page, pdf('a.pdf', 90_000))
  await expect(row(page, 'a.pdf')).toBeVisible()
  await page.evaluate(() => {
    const { arrayBuffer } = Response.prototype
    Object.assign(globalThis, { isGone: true })
    Response.prototype.arrayBuffer = function () {
      // A response without a server address comes from a file on the device.
      return 'isGone' in globalThis && !this.url
        ? Promise.reject(new Error('NotReadableError'))
        : arrayBuffer.call(this)
    }
  })
  await sendButton(page).click()
  await expect(page.getByText(word('lost', { names: 'a.pdf' }))).toBeVisible()
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'isGone'))
  await page.getByRole('button', { name: word('go_on') }).click()
  await expect(page.getByText(word('uploaded'), { exact: true })).toBeVisible()
  const { files } = await opened(phone)
  expect(Buffer.from(files[0]?.content ?? []).equals(pdf('a.pdf', 90_000).buffer)).toBe(true)
  await context.close()
})

test('Before the form is sent, the page waits for files and names sent and unsent files', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.addInitScript(() => {
    crypto.subtle.encrypt = () => Promise.reject(new Error('broken'))
    HTMLFormElement.prototype.submit = function () {
      const files = new FormData(this).getAll('file') as File[]
      document.title = files.map(({ name }) => name).join()
    }
    // Holds back every picture until the test has pressed the button.
    const draw = createImageBitmap
    const pressed = new Promise((resolve) => addEventListener('pressed', resolve))
    globalThis.createImageBitmap = async (source: ImageBitmapSource) => {
      await pressed
      return draw(source)
    }
  })
  await choose(page, pdf('huge.pdf', 4 * 1024 * 1024))
  await expect(row(page, 'huge.pdf')).toBeVisible()
  await choose(page, pdf('b.pdf'), pdf('c.pdf'))
  await expect(row(page, 'c.pdf')).toBeVisible()
  await sendButton(page).click()
  const plainly = page.getByRole('button', { name: words('tell.plainly') })
  await expect(plainly).toBeVisible()
  const goes = word('plain.goes', { name: 'b.pdf' })
  const most = word('mb', { n: '3' })
  const left = (names: string): string => word('plain.left', { most, names })
  await expect(page.locator('#plain-files')).toHaveText(`${goes} ${left('huge.pdf, c.pdf')}`)
  await expect(plainly).toHaveAccessibleDescription(`${goes} ${left('huge.pdf, c.pdf')}`)

  await (await askedFor(page, 'ky', page.locator('#file'))).setInputFiles(await photo())
  await plainly.click()
  await page.evaluate(() => dispatchEvent(new Event('pressed')))
  // The sentence became stale, so the page updates it and does not send yet.
  const picture = word('picture', { n: '1' })
  await expect(page.locator('#plain-files')).toHaveText(
    `${goes} ${left(`huge.pdf, c.pdf, ${picture}`)}`,
  )
  expect(await page.title()).not.toBe('b.pdf')
  await plainly.click()
  await expect(page).toHaveTitle('b.pdf')
  await context.close()
})
