// The camera of page `send`: one, on after a press, and off at once whatever happens to the page.
import { expect, test, type Page } from '@playwright/test'
import { words } from './attach.ts'
import { expectOffByExit, launchWithMedia, mediaOf, watchMedia } from './media.ts'
import { newPhone, type Phone } from './phone.ts'

test.use({ launchOptions: launchWithMedia() })

const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })

async function look(phone: Phone): Promise<void> {
  const { page } = phone
  await watchMedia(page)
  await page.goto('/ky/send/')
  await button(page, 'send.scan').click()
  await expect(page.getByText(words('scan.looking'))).toBeVisible()
  expect(await mediaOf(page)).toEqual(['live'])
}

test('pressed again there is one camera and one "Stop", which turns it off', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await button(page, 'send.scan').click()
  await expect.poll(() => mediaOf(page)).toEqual(['ended', 'live'])
  await expect(page.locator('video')).toHaveCount(1)
  await button(page, 'scan.stop').click()
  expect(await mediaOf(page)).toEqual(['ended', 'ended'])
  await expect(page.locator('video')).toHaveCount(0)
  await context.close()
})

test('pressed twice before it is allowed there is one camera, too', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await button(page, 'scan.stop').click()
  await page.evaluate((name) => {
    const scan = [...document.querySelectorAll('button')].find((each) =>
      each.textContent.includes(name),
    )
    scan?.click()
    scan?.click()
  }, words('send.scan'))
  await expect.poll(async () => (await mediaOf(page)).sort().join()).toBe('ended,ended,live')
  await expect(page.locator('video')).toHaveCount(1)
  await context.close()
})

test('"Send" turns the camera off, also when there is no letter yet', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await button(page, 'tell.send').click()
  expect(await mediaOf(page)).toEqual(['ended'])
  await expect(page.locator('#error')).toHaveText(words('say.letter_unreadable'))
  await context.close()
})

test('the quick exit turns the camera off at once, even when the way out does not answer', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await look(phone)
  await expectOffByExit(phone, 'video')
  await phone.context.close()
})

test('a page that goes away turns its camera off', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  expect(await mediaOf(page)).toEqual(['ended'])
  await context.close()
})

test('a reader of codes that does not come leaves no camera on', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await button(page, 'scan.stop').click()
  await page.reload()
  await context.route('**/tools/ky/decode.js', (route) => route.fulfill({ status: 404 }))
  await button(page, 'send.scan').click()
  await expect(page.getByText(words('scan.refused'))).toBeVisible({ timeout: 20_000 })
  expect(await mediaOf(page)).toEqual(['ended'])
  await context.close()
})
