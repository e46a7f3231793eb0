// Tests moving through the questions of `tell` with the keyboard and with the back key. Nothing is
// lost, and only the number of a question enters the history.
import { expect, test, type Page } from '@playwright/test'
import { newPhone } from '../support/phone.ts'
import { expectNumbers, text, words, WORDS } from '../support/tell.ts'

const count = (page: Page) => page.locator('#count')

test('Enter on an answer before the words shows the next question and sends nothing', async ({
  browser,
}) => {
  const { page, context, sent } = await newPhone(browser)
  await page.goto('/ky/tell/')
  await page.locator('#no').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(count(page)).toHaveText('2 / 8')
  await expect(page.locator('#error')).toBeHidden()
  await page.locator('[name=door][value=me]').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeVisible()
  await expect(page.locator('#no')).toBeChecked()
  expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
  await context.close()
})

test('The back key shows the question before, and the history holds numbers only', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  await page.locator('label[for=yes]').click()
  await page.locator('#next').click()
  await page.locator('[name=door][value=other]').check()
  // The tool that keeps the questions in the history arrives after the first "Next".
  await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(1)
  await page.locator('#next').click()
  await text(page).fill(WORDS)
  await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(2)
  await page.goBack()
  await expect(count(page)).toHaveText('2 / 8')
  await expect(page.locator('[name=door][value=other]')).toBeChecked()
  await page.goBack()
  await expect(count(page)).toHaveText('1 / 8')
  await expect(page.locator('#yes')).toBeChecked()
  await page.goForward()
  await page.goForward()
  await expect(text(page)).toHaveValue(WORDS)
  await page.locator('#back').click()
  await expect(count(page)).toHaveText('2 / 8')
  await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(1)
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/ky/tell/')
  expect(
    await page.evaluate(() => [window.name, localStorage.length, sessionStorage.length]),
  ).toEqual(['', 0, 0])
  await context.close()
})

test('Two quick presses of "Back" go two questions back, and not out of the page', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  await page.locator('label[for=no]').click()
  await page.locator('#next').click()
  await page.locator('#next').click()
  await text(page).fill(WORDS)
  await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(2)
  await page.locator('#back').evaluate((back: HTMLElement) => {
    back.click()
    back.click()
  })
  await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(null)
  await expect(count(page)).toHaveText('1 / 8')
  await expect(page.locator('#no')).toBeChecked()
  await page.goForward()
  await page.goForward()
  await expect(text(page)).toHaveValue(WORDS)
  await context.close()
})

test('After "Yes" the answers fold to one row, and "change" shows all three again', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  await page.locator('label[for=yes]').click()
  await expect(page.locator('label[for=no]')).toBeHidden()
  await page.getByText(words('tell.change')).click()
  await expect(page.locator('label[for=no]')).toBeVisible()
  await expect(page.locator('#calls')).toBeHidden()
  await context.close()
})

test('Without a chosen place both groups of calls are shown, and a choice shows one', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  await page.locator('label[for=yes]').click()
  const abroad = page.locator('#calls [href="tel:999"]')
  const inside = page.locator('#calls [href="tel:102"]').last()
  const child = page.locator('#calls [href="tel:111"]')
  await expect(abroad).toBeVisible()
  await expect(inside).toBeVisible()
  await page.getByRole('button', { name: words('calls.abroad') }).click()
  await expect(abroad).toBeVisible()
  await expect(child).toBeHidden()
  await page.getByRole('button', { name: words('calls.inside') }).click()
  await expect(abroad).toBeHidden()
  await expect(child).toContainText(words('calls.child'))
  await context.close()
})

test('The numbers open from the bar, close by Esc or a button, and go back', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  await page.locator('label[for=yes]').click()
  await expectNumbers(page)
  await expect(page.locator('#first #calls')).toBeVisible()
  await page.locator('#numbers').click()
  await page.locator('#close').click()
  await expect(page.locator('#panel')).toBeHidden()
  await expect(page.locator('#first #calls')).toBeVisible()
  await context.close()
})

test('A form without a script shows all calls after "Yes", and by the bar before it', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser, false)
  for (const path of ['tell', 'tell/form']) {
    await page.goto(`/ky/${path}/`)
    const call = page.locator('#calls .call').first()
    await expect(call).toBeHidden()
    await page.locator('#numbers').click()
    await expect(call).toBeVisible()
    await page.goto(`/ky/${path}/`)
    await page.locator('label[for=yes]').click()
    await expect(call).toBeVisible()
    await expect(page.locator('#calls [href="tel:111"]')).toBeVisible()
  }
  await context.close()
})
