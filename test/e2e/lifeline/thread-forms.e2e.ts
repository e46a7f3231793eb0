// Tests the forms of a thread: danger with the numbers to call, errors, and words after a failure.
import type { Browser, Locator, Page } from '@playwright/test'
import { askForReplies } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { newPhone, type Phone } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { problem, shorten, ways, words } from '../support/tell.ts'

const MORE = 'Дагы бир сөз бар 6631'
const field = (page: Page) => page.getByLabel(words('answer.again'))
const danger = (page: Page) => page.getByLabel(words('answer.danger'))
const send = (page: Page) => page.getByRole('button', { name: words('tell.send'), exact: true })
const calls = (page: Page) => page.locator('#calls')

const boxOf = (place: Locator) =>
  place.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    return { left, right, top, bottom }
  })

/** Opens the thread of a new report on a new phone. */
async function openThread(browser: Browser, javaScript = true): Promise<Phone> {
  const phone = await newPhone(browser, javaScript)
  await shorten(phone.context)
  const { digits } = await sendSealedReport({ text: 'Кат 6630' }, [])
  await askForReplies(phone.page, 'ky', digits)
  await expect(field(phone.page)).toBeVisible()
  return phone
}

for (const javaScript of [true, false])
  test(`Danger opens the calls below it ${javaScript ? 'with' : 'without'} JavaScript`, async ({
    browser,
  }) => {
    const { context, page } = await openThread(browser, javaScript)
    for (const width of [320, 360, 1280]) {
      await page.setViewportSize({ width, height: 640 })
      await expect(calls(page)).toBeHidden()
      await danger(page).check()
      await expect(calls(page)).toBeVisible()
      const box = await boxOf(danger(page))
      const label = await boxOf(page.getByText(words('answer.danger')))
      // The tick box is inside the row of its label.
      expect(box.left).toBeGreaterThan(label.left)
      expect(box.right).toBeLessThan(label.right)
      expect(box.top).toBeGreaterThanOrEqual(label.top)
      expect(box.bottom).toBeLessThanOrEqual(label.bottom)
      expect(label.right).toBeLessThanOrEqual(width)
      const { top } = await boxOf(calls(page))
      expect(top).toBeGreaterThanOrEqual(label.bottom)
      // On a laptop, "Send" is between the tick box and the numbers to call, so that both stay in
      // sight.
      const between = javaScript && width === 1280 ? 80 : 0
      expect(top).toBeLessThan(label.bottom + between + 24)
      await danger(page).uncheck()
      await expect(calls(page)).toBeHidden()
    }
    await context.close()
  })

test('The calls show in the panel before a number is read, and go back below the tick', async ({
  browser,
}) => {
  const { context, page } = await newPhone(browser)
  await page.goto('/ky/answer/')
  await expect(calls(page)).toBeHidden()
  await page.locator('#numbers').click()
  await expect(page.locator('#panel #calls')).toBeVisible()
  await page.locator('#close').click()
  await expect(calls(page)).toBeHidden()
  const { digits } = await sendSealedReport({ text: 'Кат 6632' }, [])
  await page.getByLabel(words('answer.number')).fill(digits)
  await page.getByLabel(words('answer.number')).press('Enter')
  await danger(page).check()
  await page.locator('#numbers').click()
  await expect(page.locator('#panel #calls')).toBeVisible()
  await page.locator('#close').click()
  await expect(page.locator('#form #calls')).toBeVisible()
  await context.close()
})

test('The page without JavaScript shows no calls and no thread before a number is read', async ({
  browser,
}) => {
  const { context, page } = await newPhone(browser, false)
  for (const path of ['answer', 'answer/thread']) {
    await page.goto(`/ky/${path}/`)
    await expect(page.getByLabel(words('answer.number'))).toBeVisible()
    await expect(calls(page)).toBeHidden()
    await expect(send(page)).toBeHidden()
  }
  await context.close()
})

test('A follow-up without words gets an error, and a failed one keeps words and calls', async ({
  browser,
}) => {
  const { context, page, sent } = await openThread(browser)
  await send(page).click()
  await expect(problem(page)).toHaveText(words('say.text_empty'))
  await expect(page.locator('#text-error')).toHaveText(words('say.text_empty'))
  await expect(field(page)).toBeFocused()

  await field(page).fill(MORE)
  await danger(page).check()
  await page.route('**/api/reports', (route) => route.abort())
  await send(page).click()
  await expect(problem(page)).toHaveText(words('say.network'))
  await expect(page.locator('#text-error')).toHaveText('')
  await expect(ways(page).locator('#calls')).toBeVisible()
  await expect(field(page)).toHaveValue(MORE)
  await expect(danger(page)).toBeChecked()

  await page.unroute('**/api/reports')
  await ways(page)
    .getByRole('button', { name: words('tell.again') })
    .click()
  await expect(page.getByText(words('answer.written'))).toBeFocused()
  await expect(page.locator('#messages .me')).toContainText(MORE)
  await expect(field(page)).toHaveValue('')
  await expect(danger(page)).not.toBeChecked()
  await expect(calls(page)).toBeHidden()
  const stored = sent.filter(({ url, method }) => method === 'POST' && url.endsWith('/reports'))
  const bodies = new Set(stored.map(({ body }) => Buffer.from(body).toString('hex')))
  expect([stored.length > 1, bodies.size]).toEqual([true, 1])
  await context.close()
})

test('Replies stay when the forms of a thread do not arrive, and a retry fetches them', async ({
  browser,
  staff,
}) => {
  const text = 'Кат 6633'
  const { digits } = await sendSealedReport({ text }, [])
  await showReport(staff.page, text)
  await answer(staff.page, 'Жооп 6634')
  const { context, page } = await newPhone(browser)
  await page.route('**/tools/ky/follow-up.js', (route) => route.abort())
  await askForReplies(page, 'ky', digits)
  await expect(problem(page)).toHaveText(words('say.network'))
  await expect(page.locator('#messages')).toContainText('Жооп 6634')
  await expect(page.locator('#thread')).toBeHidden()
  await page.unroute('**/tools/ky/follow-up.js')
  await page.route('**/api/inbox', (route) => route.abort())
  await ways(page)
    .getByRole('button', { name: words('tell.again') })
    .click()
  await expect(field(page)).toBeVisible()
  await expect(problem(page)).toBeHidden()
  await expect(page.locator('#messages')).toContainText('Жооп 6634')
  await context.close()
})

test('Unsent words stay when a number is read again, and the browser asks before leaving', async ({
  browser,
}) => {
  const { context, page } = await openThread(browser)
  await field(page).fill(MORE)
  await page.getByRole('button', { name: words('answer.read') }).click()
  await expect(page.getByText(words('answer.none'))).toBeFocused()
  await expect(field(page)).toHaveValue(MORE)
  let asked = 0
  page.on('dialog', (dialog) => {
    asked++
    void dialog.dismiss()
  })
  await page.evaluate(() => {
    location.reload()
  })
  await expect.poll(() => asked).toBe(1)
  await expect(field(page)).toHaveValue(MORE)
  await context.close()
})

test('A follow-up that arrives late does not enter the messages of another number', async ({
  browser,
}) => {
  const { context, page, sent } = await openThread(browser)
  const { digits } = await sendSealedReport({ text: 'Кат 6635' }, [])
  let letGo = (): void => undefined
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/api/reports', async (route) => {
    await gate
    await route.continue()
  })
  await field(page).fill(MORE)
  await send(page).click()
  await expect(page.locator('#status')).toHaveText(words('say.sending'))
  await page.getByLabel(words('answer.number')).fill(digits)
  await page.getByRole('button', { name: words('answer.read') }).click()
  await expect(page.getByText(words('answer.none'))).toBeFocused()
  await expect(field(page)).toBeVisible()
  letGo()
  await expect(page.getByText(words('answer.written'))).toBeVisible()
  await expect(page.locator('#messages .me')).toHaveCount(0)
  await expect(page.getByText(words('answer.none'))).toBeVisible()
  expect(sent.filter(({ url }) => url.endsWith('/api/reports'))).toHaveLength(1)
  await context.close()
})
