// Tests common uses of Firefox and Tor Browser: a saved copy, and the form with JavaScript off.
// WebDriver BiDi drives the browser.
import { join } from 'node:path'
import { launch, type Browser as Firefox, type Page } from 'puppeteer-core'
import { showReport } from '#scripts/browser/show-report'
import { savedCopy } from '#scripts/browser/saved-copy'
import { testDir, testDist } from '#scripts/shared/paths'
import { PAUSES } from '#site/lifeline/reporting/send-report.ts'
import { ORIGIN } from '../support/phone.ts'
import { runFaster } from '../support/run-faster.ts'
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
/** The factor by which the pauses between attempts are shortened. */
const FASTER = 20
/** The time within which a tab must become empty. */
const LEFT_MS = 1_000
const BACK_PRESSES = 6

async function withFirefox(
  prefs: Record<string, unknown>,
  act: (page: Page, firefox: Firefox) => Promise<void>,
): Promise<void> {
  const firefox = await launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX_PATH'] ?? '',
    headless: true,
    extraPrefsFirefox: prefs,
  })
  try {
    await act(await firefox.newPage(), firefox)
  } finally {
    await firefox.close()
  }
}

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent.trim())

// Presses a key, because without JavaScript, a click waits for a frame that is never rendered. The
// test cannot wait inside the page either.
async function press(page: Page, selector: string): Promise<void> {
  await page.focus(selector)
  await page.keyboard.press('Enter')
}

test('A saved copy in Firefox seals a letter offline and sends the letter in a network', async ({
  staff,
}) => {
  const writing = 'Firefox файлынан жазылды, ак үй 7718'
  await withFirefox({}, async (page) => {
    await page.evaluateOnNewDocument(runFaster, { faster: FASTER, only: PAUSES })
    let online = false
    const asked: string[] = []
    await page.setRequestInterception(true)
    page.on('request', (request) => {
      const away = request.url().startsWith('http')
      if (away) asked.push(new URL(request.url()).pathname)
      void (away && !online ? request.abort() : request.continue())
    })
    await page.goto(savedCopy(testDist, join(testDir, 'saved-firefox'), 'ky', ORIGIN))
    await page.waitForSelector('#next', { visible: true })
    await page.click('#next')
    await page.click('#next')
    await page.type('#text', writing)
    await page.click('#send ~ [data-tool=hand]')
    await page.waitForSelector('#panel-hand .receipt')
    const receipt = await textOf(page, '#panel-hand .receipt')
    expect(receipt).toMatch(/^(\d{4} ){6}\d{4}$/)
    expect(await textOf(page, '#panel-hand h2')).toBe(words('hand.title'))

    await page.click('#send')
    await page.waitForSelector('#ways', { visible: true, timeout: 60_000 })
    expect(await textOf(page, '#error')).toBe(words('say.network'))
    online = true
    await page.click('#again')
    await page.waitForSelector('#done', { visible: true, timeout: 30_000 })
    // The report has the same number as the carried letter.
    expect(await textOf(page, '#receipt')).toBe(receipt)
    expect(new Set(asked)).toEqual(new Set(['/api/reports', '/tools/ky/hold.js']))
  })
  await showReport(staff.page, writing)
})

test('Firefox with JavaScript off sends a report with a picture', async ({ staff }) => {
  const writing = 'JavaScript өчүк, сүрөт менен 3309'
  await withFirefox({ 'javascript.enabled': false }, async (page) => {
    await page.goto(`${ORIGIN}/ky/tell/form/`)
    await page.focus('#text')
    await page.keyboard.type(writing)
    const field = await page.$('input#file')
    if (!field) throw new Error('the form has no field for a file')
    await field.uploadFile(join(testDist, 'share.png'))
    await press(page, '#send')
    await expect.poll(() => textOf(page, 'h1').catch(() => '')).toBe(words('done.heading'))
    expect(await textOf(page, '#receipt')).toMatch(/^(\d{4} ){6}\d{4}$/)
    expect(await page.$('[data-when=file-lost]')).toBeNull()
    expect(new URL(page.url()).pathname).toBe('/api/form/ky')
  })
  await showReport(staff.page, writing)
  await staff.page.getByRole('button', { name: words('staff.file.open') }).click()
  await expect(staff.page.getByText(words('staff.file.fits'))).toBeVisible()
})

/**
 * Returns the title and the text of the site that a tab shows. For a tab on another site, the
 * result is empty.
 */
async function shownOfOurs(page: Page): Promise<string> {
  if (!page.url().startsWith(ORIGIN)) return ''
  return page.evaluate(() => (document.title + document.documentElement.innerText).trim())
}

const expectNothing = (page: Page, message: string): Promise<void> =>
  expect
    .poll(() => shownOfOurs(page).catch(() => 'on its way'), { message, timeout: LEFT_MS })
    .toBe('')

test('R41: In Firefox leaving empties every tab, and Back shows nothing of the site', async () => {
  await withFirefox({}, async (page, firefox) => {
    const tabs = [page, await firefox.newPage(), await firefox.newPage()] as const
    const [typing, sent, numbers] = tabs
    for (const tab of tabs) {
      await tab.setRequestInterception(true)
      tab.on('request', (request) => {
        const isOurs = request.url().startsWith(ORIGIN)
        void (isOurs ? request.continue() : request.respond({ status: 200, body: 'elsewhere' }))
      })
    }
    await numbers.goto(`${ORIGIN}/ky/`)
    for (const path of ['/ky/signs/', '/ky/help/']) {
      await numbers.$eval(`a[href="${path}"]`, (link: HTMLElement) => {
        link.click()
      })
      await expect.poll(() => numbers.url()).toBe(ORIGIN + path)
    }
    for (const tab of [sent, typing]) {
      await tab.bringToFront()
      await tab.goto(`${ORIGIN}/ky/tell/`)
      while (!(await tab.$eval('#text', (field) => field.checkVisibility())))
        await tab.click('#next')
      await tab.type('#text', 'Firefox өтмөгүндөгү сөз 5521')
    }
    await sent.click('#send')
    await sent.waitForSelector('#done', { visible: true, timeout: 60_000 })
    for (const tab of tabs) expect(await shownOfOurs(tab)).not.toBe('')
    await typing.click('a[data-exit]')
    for (const [at, tab] of tabs.entries()) await expectNothing(tab, `tab ${at}`)
    for (const [at, tab] of tabs.entries())
      for (let press = 1; press <= BACK_PRESSES; press++) {
        await tab.goBack({ timeout: 2_000 }).catch(() => null)
        await expectNothing(tab, `tab ${at}: Back pressed ${press} times`)
      }
  })
})
