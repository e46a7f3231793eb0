// Tests that a press on the `send` page turns one camera on, and that leaving the page turns it
// off.
import { expect, test, type Page } from '@playwright/test'
import { words } from '../support/attach.ts'
import { expectOffByExit, launchWithMedia, mediaOf, watchMedia } from '../support/media.ts'
import { newPhone, type Phone } from '../support/phone.ts'

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

test('A second press of "Scan" leaves one camera on, and "Stop" turns the camera off', async ({
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

test('Two presses of "Scan" before the permission turn on one camera', async ({ browser }) => {
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

test('A press of "Send" turns the camera off, even without a letter', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await button(page, 'tell.send').click()
  expect(await mediaOf(page)).toEqual(['ended'])
  await expect(page.locator('#error')).toHaveText(words('say.letter_unreadable'))
  await context.close()
})

test('The quick exit turns the camera off even when the neutral page does not answer', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await look(phone)
  await expectOffByExit(phone, 'video')
  await phone.context.close()
})

test('A page that a person leaves turns its camera off', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  expect(await mediaOf(page)).toEqual(['ended'])
  await context.close()
})

test('A QR decoder that cannot be loaded does not leave the camera on', async ({ browser }) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await look(phone)
  await button(page, 'scan.stop').click()
  await page.reload()
  await context.route('**/tools/ky/decode.js', (route) => route.fulfill({ status: 404 }))
  await button(page, 'send.scan').click()
  await expect(page.getByText(words('scan.refused'))).toBeVisible()
  expect(await mediaOf(page)).toEqual(['ended'])
  await context.close()
})
