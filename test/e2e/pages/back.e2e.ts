// Tests the quick exit in a browser with a back-forward cache. Phones have this cache, but test
// browsers disable it by default.
import { expect, test, type Browser } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { NO_WAIT } from '../support/no-wait.ts'
import { launchRemembering, newPhone } from '../support/phone.ts'

let browser: Browser
test.beforeAll(async () => {
  browser = await launchRemembering()
})
test.afterAll(() => browser.close())

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without'
  for (const [path, field] of [
    ['tell', 'text'],
    ['answer', 'receipt'],
  ] as const)
    test(`R18: After leaving ${path} ${how} JavaScript, Back shows no typed word`, async () => {
      const { context, page } = await newPhone(browser, javaScript)
      await context.route(/^https:/, (route) =>
        route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
      )
      await page.goto(`/ky/${path}/`)
      await (await askedFor(page, 'ky', page.locator(`#${field}`))).fill('1234 5678 9012')
      await page.locator('[data-exit]').click(NO_WAIT)
      await expect(page.getByText('elsewhere')).toBeVisible()
      await page.goBack().catch(() => null)
      const left = page.locator(`#${field}`)
      if ((await left.count()) > 0) expect(await left.inputValue()).toBe('')
      await context.close()
    })
}
