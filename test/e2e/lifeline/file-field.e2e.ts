// Tests the file field: the page supplies its label, and the keyboard and a tap open the dialog.
import { expect, test } from '@playwright/test'
import { choose, pdf, row, words } from '../support/attach.ts'
import { newPhone } from '../support/phone.ts'

test('A tap on our words and the space bar open the choice of files', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await choose(page, pdf('a.pdf'))
  await expect(row(page, 'a.pdf')).toBeVisible()
  const field = page.locator('#file')
  await expect(page.getByLabel(words('tell.file'))).toHaveAttribute('id', 'file')

  const tapped = page.waitForEvent('filechooser')
  await page.getByText(words('tell.file'), { exact: true }).click()
  expect((await tapped).isMultiple()).toBe(true)

  const pressed = page.waitForEvent('filechooser')
  await field.press('Space')
  await (await pressed).setFiles(pdf('b.pdf'))
  await expect(row(page, 'b.pdf')).toBeVisible()
  await context.close()
})

test('The words of the browser are not seen, and the label shows where the keyboard is', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await choose(page, pdf('a.pdf'))
  const field = page.locator('#file')
  await expect(field).toHaveCSS('opacity', '0')
  await field.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(page.locator('#file + label')).not.toHaveCSS('outline-style', 'none')
  await context.close()
})

test('Without a script the field has our words and names the chosen file', async ({ browser }) => {
  const { page, context } = await newPhone(browser, false)
  await page.goto('/ky/tell/form/')
  const field = page.getByLabel(words('tell.file'))
  const opened = page.waitForEvent('filechooser')
  await page.getByText(words('tell.file'), { exact: true }).click()
  await (await opened).setFiles(pdf('a.pdf'))
  await expect(field).toHaveCSS('opacity', '1')
  await expect(field).toHaveValue(/a\.pdf$/)
  await context.close()
})
