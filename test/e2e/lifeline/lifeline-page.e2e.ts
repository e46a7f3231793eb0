// Tests that a lifeline page keeps words when the language changes, and does not open a tab. The
// page does not offer a number to a translation service.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { askedFor, askForReplies, tell } from '#scripts/browser/report'
import { languages } from '#content/languages.ts'
import { NO_WAIT } from '../support/no-wait.ts'
import { newPhone } from '../support/phone.ts'

const WORDS = 'Бул сөздөр жоголбосун 4410'

/** Opens the text field on each page. */
const fieldOf: Record<string, (page: Page) => Promise<Locator>> = {
  tell: (page) => askedFor(page, 'ky', page.locator('#text')),
  answer: async (page) => {
    // The page with the number would ask for confirmation on leaving, so the test closes the page.
    const other = await page.context().newPage()
    const receipt = await tell(other, 'ky', WORDS)
    await other.close()
    await askForReplies(page, 'ky', receipt)
    await expect(page.locator('#text')).toBeVisible()
    return page.locator('#text')
  },
  send: (page) => Promise.resolve(page.locator('#text')),
}

for (const name of ['tell', 'answer', 'send', 'help'])
  test(`The bar and languages of ${name} open no tab, and numbers open in the page`, async ({
    browser,
  }) => {
    const { context, page } = await newPhone(browser)
    await page.goto(`/ky/${name}/`)
    expect(await page.locator('.bar [target], header [target]').count()).toBe(0)
    const links = page.locator('.bar a[href]:not([data-exit]), header a[href]')
    for (let at = 0; at < (await links.count()); at++) {
      await links.nth(at).click()
      await page.goto(`/ky/${name}/`)
      expect(context.pages().length).toBe(1)
    }
    if (name !== 'help') {
      await page.locator('#numbers').click()
      await expect(page.locator('#panel a[href^="tel:"]').first()).toBeVisible()
      expect(new URL(page.url()).pathname).toBe(`/ky/${name}/`)
    }
    await context.close()
  })

for (const [name, open] of Object.entries(fieldOf))
  test(`A change of language on ${name} loses no typed words`, async ({ browser }) => {
    const { context, page } = await newPhone(browser)
    let asked = 0
    page.on('dialog', (dialog) => {
      asked++
      void dialog.dismiss()
    })
    await page.goto(`/ky/${name}/`)
    await page.locator('header a[lang=en]').click()
    await expect(page).toHaveURL(`/en/${name}/`)
    await page.locator('header a[lang=ky]').click()
    await expect(page).toHaveURL(`/ky/${name}/`)
    await page.waitForLoadState()
    const field = await open(page)
    asked = 0
    await field.pressSequentially(WORDS)
    await page.locator('header a[lang=en]').click(NO_WAIT)
    // The page for letters asks before it closes. The other pages change their words in place: see
    // languages.e2e.ts.
    if (name === 'send') await expect.poll(() => asked).toBe(1)
    else await expect(page.locator('body')).toHaveAttribute('lang', 'en')
    expect(asked).toBe(name === 'send' ? 1 : 0)
    expect(new URL(page.url()).pathname).toBe(`/ky/${name}/`)
    await expect(field).toHaveValue(WORDS)
    await context.close()
  })

/** Returns true when a translation service may receive the words of the element. */
const isOffered = (place: Locator): Promise<boolean> =>
  place.first().evaluate((element: HTMLElement) => element.translate)

test('No number and no reply is offered to a translator', async ({ browser }) => {
  const phone = await newPhone(browser)
  const receipt = await tell(phone.page, 'ky', WORDS)
  expect(await isOffered(phone.page.locator('#receipt'))).toBe(false)
  await phone.context.close()

  const { context, page } = await newPhone(browser, false)
  for (const lang of languages)
    for (const [path, places] of [
      ['answer', ['#receipt', '#messages']],
      ['tell/sent', ['#receipt']],
    ] as const) {
      await page.goto(`/${lang}/${path}/`)
      for (const place of places)
        expect(await isOffered(page.locator(place)), `${path} ${place}`).toBe(false)
    }
  await tell(page, 'ky', WORDS)
  expect(await isOffered(page.locator('#receipt'))).toBe(false)
  await askForReplies(page, 'ky', receipt)
  expect(await isOffered(page.locator('#receipt'))).toBe(false)
  expect(await isOffered(page.locator('#messages'))).toBe(false)
  await context.close()
})
