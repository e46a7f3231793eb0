// What people do with Firefox and Tor Browser: a saved copy, and the plain form with JavaScript off. Driven by WebDriver BiDi.
import { join } from 'node:path'
import { launch, type Browser as Firefox, type Page } from 'puppeteer-core'
import { openReport } from '#scripts/browser/report'
import { savedCopy } from '#scripts/browser/saved-copy'
import { testDir, testDist } from '#scripts/paths'
import { ORIGIN } from './phone.ts'
import { expect, test } from './staff.ts'
import { wordsIn } from './words.ts'

const words = wordsIn('ky')

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

// With JavaScript off nothing can be waited for inside the page, and a click waits for a frame that never comes.
async function press(page: Page, selector: string): Promise<void> {
  await page.focus(selector)
  await page.keyboard.press('Enter')
}

test('in Firefox a copy opened from a file locks without a network, hands out, and sends when there is one', async ({
  staff,
}) => {
  const told = 'Firefox файлынан жазылды, ак үй 7718'
  await withFirefox({}, async (page) => {
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
    await page.type('#text', told)
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
    // The number that was shown with the letter is the number of the report.
    expect(await textOf(page, '#receipt')).toBe(receipt)
    expect(new Set(asked)).toEqual(new Set(['/api/reports']))
  })
  await openReport(staff.page, told)
})

test('Firefox with JavaScript off files a report with a picture', async ({ staff }) => {
  const told = 'JavaScript өчүк, сүрөт менен 3309'
  await withFirefox({ 'javascript.enabled': false }, async (page) => {
    await page.goto(`${ORIGIN}/ky/tell/`)
    await page.focus('#text')
    await page.keyboard.type(told)
    const field = await page.$('input#file')
    await field?.uploadFile(join(testDist, 'share.png'))
    await press(page, '#send')
    await expect
      .poll(() => textOf(page, 'h1').catch(() => ''), { timeout: 20_000 })
      .toBe(words('done.heading'))
    expect(await textOf(page, '#receipt')).toMatch(/^(\d{4} ){6}\d{4}$/)
    expect(await page.$('[data-when=file-lost]')).toBeNull()
    expect(new URL(page.url()).pathname).toBe('/api/form/ky')
  })
  await openReport(staff.page, told)
  await staff.page.getByRole('button', { name: words('staff.file.open') }).click()
  await expect(staff.page.getByText(words('staff.file.fits'))).toBeVisible()
})
