// Leaving quickly, in a browser that keeps whole pages in memory for Back, as phones do and test browsers by default do not.
import { chromium, expect, test, type Browser } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { newPhone } from './phone.ts'

let browser: Browser
test.beforeAll(async () => {
  const { launchOptions = {} } = test.info().project.use
  const ignoreDefaultArgs = ['--disable-back-forward-cache']
  browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs })
})
test.afterAll(() => browser.close())

for (const javaScript of [true, false])
  for (const [path, field] of [
    ['tell', 'text'],
    ['answer', 'receipt'],
  ] as const)
    test(`R18: after leaving ${path} ${javaScript ? 'with' : 'without'} JavaScript, Back shows nothing of it`, async () => {
      const { context, page } = await newPhone(browser, javaScript)
      await context.route(/^https:/, (route) =>
        route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
      )
      await page.goto(`/ky/${path}/`)
      await (await askedFor(page, 'ky', page.locator(`#${field}`))).fill('1234 5678 9012')
      await page.locator('[data-exit]').click({ noWaitAfter: true })
      await expect(page.getByText('elsewhere')).toBeVisible()
      await page.goBack().catch(() => null)
      const left = page.locator(`#${field}`)
      if ((await left.count()) > 0) expect(await left.inputValue()).toBe('')
      await context.close()
    })
