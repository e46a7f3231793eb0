// Tests the parts that a tool adds to the receipt: ways to keep the number, and the next steps.
import { expect, test, type Page } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { newPhone, shownReceipt } from '../support/phone.ts'
import { send, tellOn, words } from '../support/tell.ts'
import { tracesOf } from '../support/traffic.ts'

const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })
const tiles = (page: Page) =>
  page.getByRole('group', { name: words('hold.title') }).getByRole('button')

test('Four tiles are in one row, apart and large enough for a thumb', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await tellOn(phone)
  await expect(tiles(page)).toHaveCount(4)
  for (const width of [320, 360, 1280]) {
    await page.setViewportSize({ width, height: 640 })
    const boxes = await tiles(page).evaluateAll((all) =>
      all.map((tile) => tile.getBoundingClientRect().toJSON() as DOMRect),
    )
    boxes.forEach((box, at) => {
      const next = boxes[at + 1]
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44)
      if (!next) return
      expect(next.top, `${width} px`).toBe(box.top)
      expect(Math.round((next.left - box.right) * 100) / 100).toBeGreaterThanOrEqual(8)
    })
    await expectNoSideways(page)
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
  await context.close()
})

test('A tile says only after a press what its way leaves, and no way stores anything', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await context.grantPermissions(['clipboard-read'])
  await tellOn(phone)
  await expect(tiles(page)).toHaveCount(4)
  const prose = (way: string) => page.getByText(words(`hold.${way}_leaves`))
  for (const way of ['copy', 'picture', 'contact', 'reminder', 'voice', 'paper'])
    await expect(prose(way)).toBeHidden()
  await button(page, 'hold.copy').click()
  await expect(page.getByText(words('say.copied'), { exact: true })).toBeVisible()
  await expect(prose('copy')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.replace(/\s/g, '')).toBe(await shownReceipt(page))
  await button(page, 'hold.contact').click()
  await expect(prose('copy')).toBeHidden()
  await expect(page.getByText(words('say.copied'), { exact: true })).toBeHidden()
  // The typed name is kept while the person looks at another way to keep the number.
  await page.getByLabel(words('hold.contact_name')).fill('Базар')
  await button(page, 'hold.reminder').click()
  await button(page, 'hold.contact').click()
  await expect(page.getByLabel(words('hold.contact_name'))).toHaveValue('Базар')
  // Enter in a field of the receipt does not press a button of the form, which is now hidden.
  const posts = () => phone.sent.filter(({ method }) => method === 'POST').length
  const before = posts()
  await page.getByLabel(words('hold.contact_name')).press('Enter')
  await expect(page.locator('#done')).toBeVisible()
  await expect(page.locator('#text-error')).toBeEmpty()
  expect(posts()).toBe(before)
  await button(page, 'hold.contact').click()
  await expect(prose('contact')).toBeHidden()
  await page.getByText(words('hold.rest')).click()
  await expect(prose('voice')).toBeVisible()
  await expect(prose('paper')).toBeVisible()
  expect(await tracesOf(context)).toEqual([])
  await context.close()
})

test('The receipt says what happens next, and its print shows only the number', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await tellOn(phone)
  const next = page.getByRole('listitem')
  await expect(next).toHaveText([words('tell.readers'), words('done.answer'), words('done.again')])
  // The replies open in another tab, because leaving the page would lose the number.
  const link = page.getByRole('link', { name: words('done.answer') })
  await expect(link).toHaveAttribute('href', '/ky/answer/')
  await expect(link).toHaveAttribute('target', '_blank')
  await page.emulateMedia({ media: 'print' })
  const shown = await page.locator('body').innerText()
  expect(shown.replace(/\s/g, '')).toBe(await shownReceipt(page))
  await page.emulateMedia({ media: 'screen' })
  await expect(page.getByRole('heading', { name: words('done.next') })).toBeVisible()
  await context.close()
})

test('Without a number the receipt promises no answer, and keeps the calls in danger', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  await page.locator('label[for=yes]').click()
  await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill('Номерсиз 7719')
  await (await askedFor(page, 'ky', page.getByLabel(words('more.numberless')))).check()
  await send(page).click()
  await expect(page.getByRole('listitem')).toHaveText([words('tell.readers')])
  await expect(page.getByText(words('done.numberless'))).toBeVisible()
  await expect(page.locator('#calls')).toBeVisible()
  await expect(page.locator('#receipt')).toBeHidden()
  await expect(tiles(page)).toHaveCount(0)
  await expect(page.getByRole('link', { name: words('done.answer') })).toHaveCount(0)
  await context.close()
})

test('A script adds the copy button of the page that the worker fills', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/form/')
  await page.getByLabel(words('tell.text')).fill('Формадан 3340')
  await send(page).click()
  const receipt = await shownReceipt(page)
  await button(page, 'done.copy').click()
  await expect(button(page, 'say.copied')).toBeVisible()
  expect(receipt).toMatch(/^\d{28}$/)
  await context.close()
})
