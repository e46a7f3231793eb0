// Tests that a visit leaves nothing on the device. If the person asks to keep something, the device
// keeps only the items that the page announced.
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { findCanary } from '../support/canary.ts'
import { newPhone, shownReceipt } from '../support/phone.ts'
import { shorten } from '../support/tell.ts'
import { piecesOf, tracesOf } from '../support/traffic.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const WORDS = 'Көк капкалуу үйдө кармап турушат 5126'
const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })
const digitsIn = async (page: Page, panel: string): Promise<string> =>
  (await page.locator(`${panel} .receipt`).innerText()).replace(/\s/g, '')

async function write(page: Page, writing = WORDS): Promise<void> {
  await page.goto('/ky/tell/')
  await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill(writing)
}

async function send(page: Page): Promise<string> {
  await button(page, 'tell.send').click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  return shownReceipt(page)
}

test('R14: After a journey with every tool except the draft tool, all storages are empty', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await shorten(context)
  await context.route('**/api/reports', (route) => route.abort())
  await write(page)
  await button(page, 'tell.send').click()
  await expect(page.locator('#ways')).toBeVisible()
  await page
    .locator('#ways')
    .getByRole('button', { name: words('tell.hand') })
    .click()
  const receipt = await digitsIn(page, '#panel-hand')
  await context.unroute('**/api/reports')
  expect(await send(page)).toBe(receipt)
  await button(page, 'hold.copy').click()
  await expect(page.locator('#panel-hold')).toBeVisible()
  expect(await tracesOf(context)).toEqual([])
  await page.goto('/ky/answer/')
  await page.getByLabel(words('answer.number')).fill(receipt)
  await button(page, 'answer.read').click()
  await expect(page.getByText(words('answer.none'))).toBeVisible()
  await page.goto('/ky/send/')
  expect(await tracesOf(context)).toEqual([])
  await context.close()
})

const kept = (page: Page): Promise<[string, string][]> =>
  page.evaluate(() => Object.entries(localStorage) as [string, string][])

test('R14: A draft is kept on request only, opens with the number, is deleted on arrival', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await write(page)
  await button(page, 'tell.keep').click()
  expect(await kept(page)).toEqual([])
  const receipt = await digitsIn(page, '#panel-keep')
  await button(page, 'keep.go').click()
  await expect(page.getByText(words('keep.kept_how'))).toBeVisible()
  const [first] = await kept(page)
  const more = `${WORDS} жана дагы 8830`
  await page.getByLabel(words('tell.text')).fill(more)
  await expect.poll(async () => (await kept(page))[0]).not.toEqual(first)
  const now = await kept(page)
  expect(now).toHaveLength(1)
  expect(now[0]?.[1].length).toBe(first?.[1].length)
  expect(findCanary(JSON.stringify(now), [WORDS, more, ...piecesOf(receipt)])).toEqual([])

  // The tab is lost, and the person opens the page again later.
  const again = await context.newPage()
  await page.close({ runBeforeUnload: false })
  await again.goto('/ky/tell/')
  const number = again.getByLabel(words('keep.number'))
  await number.fill(`${receipt.slice(0, 27)}${receipt.endsWith('1') ? '2' : '1'}`)
  await button(again, 'keep.open').click()
  await expect(again.getByText(words('keep.wrong'))).toBeVisible()
  await number.fill(receipt)
  await button(again, 'keep.open').click()
  await expect(again.getByLabel(words('tell.text'))).toHaveValue(more)
  expect(await send(again)).toBe(receipt)
  await expect.poll(() => tracesOf(context)).toEqual([])
  await context.close()
})

test('A kept draft opens with its choices and lines of safe contact unchanged', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await write(page)
  const phone = (on: Page) => on.getByLabel(words('more.contact.phone'), { exact: true })
  const line = (on: Page) => on.getByLabel(words('more.contact.number'), { exact: true })
  await (await askedFor(page, 'ky', phone(page))).check()
  await line(page).fill('+996 555 010 203')
  while (!(await page.locator('#keep').isVisible())) await page.locator('#back').click()
  await button(page, 'tell.keep').click()
  const receipt = await digitsIn(page, '#panel-keep')
  await button(page, 'keep.go').click()
  await expect(page.getByText(words('keep.kept_how'))).toBeVisible()

  const again = await context.newPage()
  await page.close({ runBeforeUnload: false })
  await again.goto('/ky/tell/')
  await again.getByLabel(words('keep.number')).fill(receipt)
  await button(again, 'keep.open').click()
  await expect(again.getByText(words('keep.kept_how'))).toBeVisible()
  await askedFor(again, 'ky', phone(again))
  await expect(again.locator('#panel-keep')).toBeHidden()
  await expect(phone(again)).toBeChecked()
  await expect(line(again)).toHaveValue('+996 555 010 203')
  await context.close()
})

test('R14: A kept draft can be deleted without the number', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await write(page)
  await button(page, 'tell.keep').click()
  await button(page, 'keep.go').click()
  await expect(page.getByText(words('keep.kept_how'))).toBeVisible()
  const again = await context.newPage()
  await again.goto('/ky/tell/')
  await button(again, 'keep.delete').click()
  await expect(again.getByText(words('keep.deleted'))).toBeVisible()
  await page.close({ runBeforeUnload: false })
  expect(await tracesOf(context)).toEqual([])
  await context.close()
})

test('R14: A full storage is reported, so that words that are not kept do not look kept', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await write(page)
  const fill = (): Promise<void> =>
    page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('', 'QuotaExceededError')
      }
    })
  await button(page, 'tell.keep').click()
  const put = await page.evaluateHandle(() => Reflect.get(Storage.prototype, 'setItem') as unknown)
  await fill()
  await button(page, 'keep.go').click()
  await expect(page.getByText(words('keep.impossible'))).toBeVisible()
  await expect(page.getByText(words('keep.kept_how'))).toHaveCount(0)
  await page.evaluate((setItem) => Reflect.set(Storage.prototype, 'setItem', setItem), put)
  await button(page, 'keep.go').click()
  await expect(page.getByText(words('keep.kept_how'))).toBeVisible()
  await page.evaluate(() => document.getElementById('status')!.replaceChildren())
  const [first] = await kept(page)
  await fill()
  await page.getByLabel(words('tell.text')).fill(`${WORDS} жана дагы 8830`)
  await expect(page.getByText(words('keep.impossible'))).toBeVisible()
  expect((await kept(page))[0]).toEqual(first)
  await context.close()
})

test('The number is saved in a picture, a contact and a reminder as the page announces', async ({
  browser,
}) => {
  const { page, context, sent } = await newPhone(browser)
  await write(page)
  const receipt = await send(page)
  await expect(button(page, 'hold.picture')).toBeVisible()
  const before = sent.length
  const download = async (key: string): Promise<{ name: string; bytes: Buffer }> => {
    const coming = page.waitForEvent('download')
    await button(page, key).click()
    const file = await coming
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }
  await expect(page.getByText(words('hold.picture_leaves'))).toBeHidden()
  await button(page, 'hold.picture').click()
  const picture = await download('hold.picture_save')
  expect([picture.name, picture.bytes.subarray(1, 4).toString()]).toEqual(['image.png', 'PNG'])
  await button(page, 'hold.contact').click()
  const contact = await download('hold.contact_save')
  expect(
    contact.bytes
      .toString()
      .replace(/^(?!TEL).*$/gm, '')
      .replace(/\D/g, ''),
  ).toBe(receipt)
  await button(page, 'hold.reminder').click()
  const reminder = await download('hold.reminder_save')
  expect(piecesOf(receipt).filter((piece) => reminder.bytes.includes(piece))).toEqual([])
  await page.getByText(words('hold.reminder_number')).click()
  const grouped = receipt.replace(/\d{4}(?=\d)/g, '$& ')
  expect((await download('hold.reminder_save')).bytes.toString()).toContain(grouped)
  for (const { bytes, name } of [contact, reminder])
    expect(`${name}${bytes.toString()}`).not.toMatch(/oasis|оазис/i)
  // The browser has no voice, so it neither reads aloud nor sends text away to be read.
  await page.getByText(words('hold.rest')).click()
  await button(page, 'hold.voice_go').click()
  await expect(page.getByText(words('hold.voice_none'))).toBeVisible()
  expect(sent.slice(before)).toEqual([])
  await context.close()
})

test('R18: A hidden page shows nothing, and the same page shows everything when visible', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await write(page)
  const look = (hidden: boolean): Promise<string> =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      return getComputedStyle(document.documentElement).opacity
    }, hidden)
  expect(await look(true)).toBe('0')
  expect(await look(false)).toBe('1')
  await expect(page.getByLabel(words('tell.text'))).toHaveValue(WORDS)
  await context.close()
})
