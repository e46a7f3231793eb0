// Tests the quick exit from each lifeline page, and then Back, several times. The browser has a
// back-forward cache, as phones do. The exit must also remove the history entries of individual
// questions.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { exitAddress } from '#content/published.ts'
import { makeReceipt } from '#protocol/report/receipt'
import { askedFor } from '#scripts/browser/report'
import { expectNothing, follow } from '../support/left-tab.ts'
import { NO_WAIT } from '../support/no-wait.ts'
import { launchRemembering, newPhone } from '../support/phone.ts'
import { wordsIn } from '../support/words.ts'

const BACK_PRESSES = 10
const words = wordsIn('ky')

let browser: Browser
test.beforeAll(async () => {
  browser = await launchRemembering()
})
test.afterAll(() => browser.close())

const write = async (page: Page): Promise<void> =>
  (await askedFor(page, 'ky', page.locator('#text'))).fill('Көк дарбазанын артында 6148')

const LEFT: [string, string, (page: Page) => Promise<void>][] = [
  ['tell', 'with words', write],
  [
    'tell',
    'with words and after its last question',
    async (page) => {
      await write(page)
      await askedFor(page, 'ky', page.getByLabel(words('more.numberless')))
    },
  ],
  [
    'tell',
    'after a step back',
    async (page) => {
      await write(page)
      await page.locator('#back').click()
      await expect(page.locator('#text')).toBeHidden()
    },
  ],
  [
    'answer',
    'after reading',
    async (page) => {
      await page.locator('#receipt').fill(makeReceipt())
      await page.getByRole('button', { name: words('answer.read') }).click()
      await expect(page.getByText(words('answer.none'))).toBeVisible()
    },
  ],
  [
    'help',
    'with a country chosen',
    async (page) => {
      await page.locator('main a[href="#RU"]').first().click()
      await expect(page).toHaveURL(/#RU$/)
    },
  ],
]

for (const [address, how, act] of LEFT)
  test(`R18: After leaving ${address} ${how}, Back shows nothing of ours ten times`, async () => {
    const { context, page } = await newPhone(browser)
    await context.route(/^https:/, (route) =>
      route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
    )
    await page.goto('/ky/')
    await follow(page, `/ky/${address}/`)
    await act(page)
    await page.locator('[data-exit]:visible').click(NO_WAIT)
    await expect(page.getByText('elsewhere')).toBeVisible()
    const neutral = [page.url(), exitAddress, 'about:blank']
    for (let press = 1; press <= BACK_PRESSES; press++) {
      await page.goBack({ timeout: 2_000 }).catch(() => null)
      await expectNothing(page, `Back pressed ${press} times`)
      expect(neutral, `Back pressed ${press} times`).toContain(page.url())
    }
    await context.close()
  })
