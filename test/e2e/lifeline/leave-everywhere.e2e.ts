// Tests that leaving in one tab leaves the site in every tab, and that Back shows nothing from the
// site. The browser has a back-forward cache.
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { askedFor, tell } from '#scripts/browser/report'
import { expectNothing, follow, shownOfOurs } from '../support/left-tab.ts'
import { NO_WAIT } from '../support/no-wait.ts'
import { launchRemembering, newPhone } from '../support/phone.ts'
import { slowUnless } from '../support/soak.ts'

const WORDS = 'Кызыл дарбазанын артында 6147'
const BACK_PRESSES = 6

let browser: Browser
test.beforeAll(async () => {
  browser = await launchRemembering()
})
test.afterAll(() => browser.close())

const TABS: Record<string, (page: Page) => Promise<void>> = {
  'typed words': async (page) => {
    await page.goto('/ky/')
    await follow(page, '/ky/tell/')
    await (await askedFor(page, 'ky', page.locator('#text'))).fill(WORDS)
  },
  'the number of a report': async (page) => {
    await tell(page, 'ky', WORDS)
  },
  'numbers to call on its fourth page': async (page) => {
    await page.goto('/ky/')
    await follow(page, '/ky/signs/')
    await follow(page, '/ky/rights/')
    await follow(page, '/ky/help/')
  },
}

async function openTabs(context: BrowserContext): Promise<Map<string, Page>> {
  const tabs = new Map<string, Page>()
  for (const [name, open] of Object.entries(TABS)) {
    const page = await context.newPage()
    await open(page)
    expect(await shownOfOurs(page)).not.toBe('')
    tabs.set(name, page)
  }
  return tabs
}

for (const [place, from] of Object.keys(TABS).entries())
  test(
    `R41: Leaving the tab with ${from} empties every tab, and Back shows nothing`,
    slowUnless(place === 0),
    async () => {
      const { context, page: first } = await newPhone(browser)
      await first.close()
      await context.route(/^https:/, (route) =>
        route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
      )
      const tabs = await openTabs(context)
      await tabs.get(from)?.locator('a[data-exit]:visible').click(NO_WAIT)
      for (const [name, page] of tabs) await expectNothing(page, name)
      for (const [name, page] of tabs)
        for (let press = 1; press <= BACK_PRESSES; press++) {
          await page.goBack({ timeout: 2_000 }).catch(() => null)
          await expectNothing(page, `${name}: Back pressed ${press} times`)
        }
      await context.close()
    },
  )
