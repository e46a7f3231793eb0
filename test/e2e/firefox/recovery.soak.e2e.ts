// Tests the recovery page, opened from a file, in Firefox, which does not support X-Wing.
import { expect, test } from '@playwright/test'
import { launch } from 'puppeteer-core'
import { Certificate } from '#protocol/staff/people/people'
import { makeRecoveryFiles } from '../support/recovery.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const CERTIFIED_MS = 60_000

/**
 * Remembers the text of the newest saved file, because BiDi does not report downloads. Runs in the
 * page.
 */
function keepSaved(): void {
  const create = URL.createObjectURL.bind(URL)
  URL.createObjectURL = (blob: Blob) => {
    void blob.text().then((text) => Object.assign(globalThis, { savedText: text }))
    return create(blob)
  }
}

test('R23: Two shares certify a newcomer on the recovery page in Firefox', async () => {
  const files = await makeRecoveryFiles('recovery-firefox')
  const firefox = await launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX_PATH'] ?? '',
    headless: true,
  })
  try {
    const page = await firefox.newPage()
    await page.evaluateOnNewDocument(keepSaved)
    const asked: string[] = []
    page.on('request', (request) => {
      // Firefox loads its own icons from data: URLs, which need no network.
      if (!/^(file|blob|data):/.test(request.url())) asked.push(request.url())
    })
    await page.goto(files.page)
    const choose = async (path: string): Promise<void> => {
      const field = await page.waitForSelector('input[type=file]:not([disabled])')
      await field?.uploadFile(path)
    }
    const text = (selector: string): Promise<string> =>
      page.$eval(selector, (element) => element.textContent.trim())

    await choose(files.broken)
    const rows = { n: '2', all: String(files.organisation.ledger.length) }
    await page.waitForSelector('.refused')
    expect(await text('.refused')).toBe(words('recovery.fault.export_broken', rows))
    await choose(files.whole)
    await page.waitForSelector('.note')
    await page.click('button.go')
    const [first = '', second = ''] = files.organisation.shares
    const fields = await page.$$('textarea')
    await fields[0]?.type(first)
    await fields[1]?.type(files.foreignShare)
    await page.waitForSelector('.mistake')
    expect(await text('.mistake')).toBe(words('recovery.fault.share_foreign'))
    await fields[1]?.click({ count: 3 })
    await page.keyboard.press('Backspace')
    await fields[1]?.type(second)
    await page.click('button.go')
    await page.waitForSelector('.keys', { timeout: CERTIFIED_MS })
    await page.click('.verbs button:not(.go)')
    await choose(files.request)
    await page.waitForSelector('.digits')
    await page.click('button.go')
    await page.waitForSelector('.note', { timeout: CERTIFIED_MS })
    await page.click('button.go')
    const saved = (): Promise<string> =>
      page.evaluate(() => (globalThis as unknown as { savedText?: string }).savedText ?? '')
    await expect.poll(saved).not.toBe('')
    expect(Certificate.parse(JSON.parse(await saved())).intake).toHaveLength(1)
    expect(asked).toEqual([])
  } finally {
    await firefox.close()
  }
})
