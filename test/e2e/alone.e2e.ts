// A browser for which no host exists but ours: every public page, and the way of a report, must need nobody else.
import { chromium, expect, test, type Browser } from '@playwright/test'
import { readAnswers, tell } from '#scripts/browser/report'
import { QUIET } from '#scripts/test/browser'
import { pages, pathOf } from '#site/i18n/paths.ts'
import { newPhone, ORIGIN } from './phone.ts'
import { tracesOf } from './traffic.ts'
import { LANGUAGES, wordsIn } from './words.ts'

let browser: Browser
test.beforeAll(async () => {
  const { launchOptions = {} } = test.info().project.use
  const args = [...QUIET, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost']
  browser = await chromium.launch({ ...launchOptions, args })
})
test.afterAll(() => browser.close())

const isOurs = (url: string): boolean => url.startsWith(`${ORIGIN}/`) || url.startsWith('data:')

for (const lang of LANGUAGES)
  test(`R13, R14, R17: every public page in ${lang} asks nobody else, keeps nothing, and no link says where it came from`, async () => {
    const { context, page, sent } = await newPhone(browser)
    const faults: string[] = []
    const referrers: Promise<string | undefined>[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    for (const each of [...pages, 'check', 'tell/sent', 'tell/saved']) {
      // A fragment as the page of the check has it, so that nothing is told by it either.
      await page.goto(`${pathOf(lang, each)}#AAAAAAAAAAAAAAAAAAAAAA`)
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
      expect(await tracesOf(context), each).toEqual([])
      expect(await page.locator('[referrerpolicy], a[ping], link[rel~=prefetch]').count()).toBe(0)
    }
    expect(sent.length).toBeGreaterThan(15)
    expect(sent.map(({ url }) => url).filter((url) => !isOurs(url))).toEqual([])
    // The page to be saved names its site in a base of its own, which counts only in the saved file.
    expect(faults.filter((fault) => !fault.includes('base URI to'))).toEqual([])

    // Elsewhere is dead; here somebody stands there, to see what a visitor brings along.
    await context.route(
      (url) => !isOurs(url.href),
      (route) => route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
    )
    context.on('request', (request) => {
      referrers.push(request.allHeaders().then(({ referer }) => referer))
    })
    let followed = 0
    for (const each of pages) {
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
    // From page to page of ours as well.
    await page.goto(pathOf(lang, ''))
    await page
      .locator(`a[href="${pathOf(lang, 'help')}"]`)
      .first()
      .click()
    await page.waitForURL(`**${pathOf(lang, 'help')}*`)
    expect(await page.evaluate(() => document.referrer)).toBe('')
    expect(followed).toBeGreaterThan(1)
    expect((await Promise.all(referrers)).filter((referrer) => referrer !== undefined)).toEqual([])
    await context.close()
  })

test('R13, R14: a report is told and its number asked for while every other host is dead', async () => {
  const { context, page, sent } = await newPhone(browser)
  const receipt = await tell(page, 'ky', 'Башка эч ким керек эмес 2914')
  await readAnswers(page, 'ky', receipt)
  await expect(page.getByText(wordsIn('ky')('answer.none'))).toBeVisible()
  expect(sent.map(({ url }) => url).filter((url) => !isOurs(url))).toEqual([])
  expect(await tracesOf(context)).toEqual([])
  await context.close()
})
