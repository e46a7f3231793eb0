// Tests that the browser asks before a number is lost, and that Back shows none of the words
// afterwards.
import { expect, test, type Page } from '@playwright/test'
import { NO_WAIT } from '../support/no-wait.ts'
import { newPhone, ORIGIN, shownReceipt } from '../support/phone.ts'
import { tellOn, words, WORDS, writeOn } from '../support/tell.ts'

test('The browser asks before Back loses a number shown once, but not before the exit', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page } = phone
  await phone.context.route(/^https:/, (route) =>
    route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
  )
  await page.goto('/ky/')
  await tellOn(phone)
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  const receipt = await shownReceipt(page)
  // The page first goes back through the history entries of its questions.
  await expect.poll(() => page.evaluate(() => history.state as unknown)).toBeNull()
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.evaluate(() => {
    history.back()
  })
  await expect.poll(() => asked).toEqual(['beforeunload'])
  expect(await shownReceipt(page)).toBe(receipt)
  await page.locator('[data-exit]').click(NO_WAIT)
  await expect(page.getByText('elsewhere')).toBeVisible()
  expect(asked).toEqual(['beforeunload'])
  await phone.context.close()
})

for (const [how, leave] of [
  ['A tap on the exit', (page: Page) => page.locator('[data-exit]').click(NO_WAIT)],
  [
    'A triple press of Shift',
    async (page: Page) => {
      for (let press = 0; press < 3; press++) await page.keyboard.press('Shift')
    },
  ],
] as const)
  test(`R18: ${how} leaves the page, and Back does not show the typed words`, async ({
    browser,
  }) => {
    const phone = await newPhone(browser)
    await phone.context.route(/^https:/, (route) =>
      route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
    )
    await phone.page.goto('/ky/')
    await writeOn(phone)
    await leave(phone.page)
    await expect(phone.page.getByText('elsewhere')).toBeVisible()
    expect(phone.page.url()).not.toContain(ORIGIN)
    await phone.page.goBack()
    await expect(phone.page.locator('body')).not.toContainText(words('tell.danger'))
    expect(await phone.page.content()).not.toContain(WORDS)
    await phone.context.close()
  })
