// Tests that the staff page is never blank in a browser that cannot run the app.
import { expect, test } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { STAFF_ORIGIN } from '../support/phone.ts'
import { wordsIn } from '../support/words.ts'

test.use({ baseURL: STAFF_ORIGIN })

test('A browser that cannot read the staff app shows a sentence in every language', async ({
  page,
}) => {
  await page.route('**/*.js', (route) =>
    route.fulfill({ body: '1n2', contentType: 'text/javascript' }),
  )
  await page.goto('/staff/')
  for (const lang of languages)
    await expect(page.getByText(wordsIn(lang)('staff.old'))).toBeVisible()

  await page.unrouteAll()
  await page.goto('/staff/?again')
  await expect(page.locator('#app button').first()).toBeVisible()
  await expect(page.locator('.old')).toBeHidden()
  expect(await page.locator('.old').evaluate((old) => getComputedStyle(old).display)).toBe('none')
})

test('Without JavaScript the staff page shows only the script notice', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: STAFF_ORIGIN, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/staff/')
  const notices = page.locator('noscript p')
  await expect(notices).toHaveCount(languages.length)
  await expect(notices.first()).toBeVisible()
  await expect(page.locator('.old')).toHaveCSS('display', 'none')
  await context.close()
})
