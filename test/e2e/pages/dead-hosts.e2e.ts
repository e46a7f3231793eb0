// Tests that no public page and no report needs another host: the browser cannot resolve any host
// name.
import { chromium, expect, test, type Browser } from '@playwright/test'
import { askForReplies, tell } from '#scripts/browser/report'
import { QUIET } from '#scripts/test/browser'
import { pathOf } from '#site/i18n/paths.ts'
import { pageNames } from '#site/pages.ts'
import { languages } from '#content/languages.ts'
import { newPhone, ORIGIN } from '../support/phone.ts'
import { slowUnlessFirst } from '../support/soak.ts'
import { tracesOf } from '../support/traffic.ts'
import { wordsIn } from '../support/words.ts'

let browser: Browser
test.beforeAll(async () => {
  const { launchOptions = {} } = test.info().project.use
  const args = [...QUIET, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']
  browser = await chromium.launch({ ...launchOptions, args })
})
test.afterAll(() => browser.close())

const isOurs = (url: string): boolean => url.startsWith(`${ORIGIN}/`) || url.startsWith('data:')

for (const lang of languages)
  test(
    `R13, R14, R17: Pages in ${lang} ask one host, keep nothing, send no referrer`,
    slowUnlessFirst(lang),
    async () => {
      const { context, page, sent } = await newPhone(browser)
      const faults: string[] = []
      const referrers: Promise<string | undefined>[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      const inner = ['check', 'answer/thread', 'tell/form', 'tell/sent', 'tell/saved']
      for (const each of [...pageNames, ...inner]) {
        // The fragment resembles the check page's fragment, which no request may reveal.
        await page.goto(`${pathOf(lang, each)}#AAAAAAAAAAAAAAAAAAAAAA`)
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
        expect(await tracesOf(context), each).toEqual([])
        expect(await page.locator('[referrerpolicy], a[ping], link[rel~=prefetch]').count()).toBe(0)
      }
      expect(sent.length).toBeGreaterThan(15)
      expect(sent.map(({ url }) => url).filter((url) => !isOurs(url))).toEqual([])
      // The saved page names its site in a base element, which takes effect only in the saved file.
      expect(faults.filter((fault) => !fault.includes('base URI to'))).toEqual([])

      // The route responds for other hosts, so that the test sees the requests that a visitor sends
      // to them.
      await context.route(
        (url) => !isOurs(url.href),
        (route) => route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
      )
      context.on('request', (request) => {
        referrers.push(request.allHeaders().then(({ referer }) => referer))
      })
      let followed = 0
      for (const each of pageNames) {
        await page.goto(pathOf(lang, each))
        const link = page.locator('main a[href^="https:"]').first()
        if ((await link.count()) === 0) continue
        await link.evaluate((element) => {
          element.removeAttribute('target')
          ;(element as HTMLAnchorElement).click()
        })
        await page.waitForURL((url) => !isOurs(url.href))
        expect(await page.evaluate(() => document.referrer)).toBe('')
        followed++
      }
      // A link inside the site must not send a referrer either.
      await page.goto(pathOf(lang, ''))
      await page
        .locator(`a[href="${pathOf(lang, 'help')}"]`)
        .first()
        .click()
      await page.waitForURL(`**${pathOf(lang, 'help')}*`)
      expect(await page.evaluate(() => document.referrer)).toBe('')
      expect(followed).toBeGreaterThan(1)
      expect((await Promise.all(referrers)).filter((referrer) => referrer !== undefined)).toEqual(
        [],
      )
      await context.close()
    },
  )

test('R13, R14: A report is sent and its number is read while no other host answers', async () => {
  const { context, page, sent } = await newPhone(browser)
  const receipt = await tell(page, 'ky', 'Башка эч ким керек эмес 2914')
  await askForReplies(page, 'ky', receipt)
  await expect(page.getByText(wordsIn('ky')('answer.none'))).toBeVisible()
  expect(sent.map(({ url }) => url).filter((url) => !isOurs(url))).toEqual([])
  expect(await tracesOf(context)).toEqual([])
  await context.close()
})
