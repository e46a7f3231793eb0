// Tests a connection that a network has frozen: the page behind a link is requested again
// and arrives.
import { expect, test } from '@playwright/test'
import { NO_WAIT } from '../support/no-wait.ts'
import { newPhone } from '../support/phone.ts'
import { runFaster } from '../support/run-faster.ts'

/** The factor by which the page's timers run faster. */
const FASTER = 20

for (const from of ['', 'help/'])
  test(`A page behind a link on /ky/${from} is requested again when late`, async ({ browser }) => {
    const { context, page } = await newPhone(browser)
    await page.addInitScript(runFaster, { faster: FASTER })
    let asked = 0
    await context.route('**/ky/tell/', async (route) => {
      // The first request is never answered.
      if (asked++ > 0) await route.continue()
    })
    await page.goto(`/ky/${from}`)
    await page.locator('.bar a[href="/ky/tell/"]').click(NO_WAIT)
    await expect(page.locator('textarea[name=text]')).toBeAttached()
    expect(asked).toBe(2)
    await context.close()
  })
