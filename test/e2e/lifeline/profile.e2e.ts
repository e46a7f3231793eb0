// Tests what Chromium leaves in its profile folder, because somebody may search the disk. A person
// sends a report and then leaves through the quick exit. A colleague locks the app after a day's
// work.
import { chromium, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from 'puppeteer-core'
import { reportIdOf } from '#protocol/report/envelope'
import { askedFor, askForReplies, tell } from '#scripts/browser/report'
import { foundUnder } from '../support/folder-search.ts'
import { NO_WAIT } from '../support/no-wait.ts'
import { ORIGIN, PHONE, STAFF_ORIGIN, WHOLE } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { prepareDay } from '../support/staff-day.ts'
import { piecesOf } from '../support/traffic.ts'
import { wordsIn } from '../support/words.ts'
import { slowUnless } from '../support/soak.ts'

const WORDS = 'Бурчтагы сары кампада 3 киши 8246'
const MORE = 'Дагы бир сөз, терезе жагы 5093'
const words = wordsIn('ky')

/** Chromium's record of the visits. */
const HISTORY = /[\\/]History$/

async function inProfile(javaScriptEnabled: boolean, use: (page: Page) => Promise<string>) {
  const profile = mkdtempSync(join(tmpdir(), 'oasis-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    ...WHOLE,
    viewport: PHONE,
    locale: 'ky-KG',
    baseURL: ORIGIN,
    javaScriptEnabled,
  })
  await context.route(/^https:/, (route) =>
    route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
  )
  const [page = await context.newPage()] = context.pages()
  const receipt = await use(page)
  // The browser writes to disk when it is idle and when it is closed.
  await context.close()
  return { profile, receipt }
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without'
  test(
    `R18: Chromium keeps no word, no digits and no id on disk ${how} JavaScript`,
    slowUnless(javaScript),
    async () => {
      const ids: Buffer[] = []
      const { profile, receipt } = await inProfile(javaScript, async (page) => {
        // The edge responds as in flood mode, so that the page offers the check.
        await page.route('**/api/reports', async (route) => {
          const envelope = new Uint8Array(route.request().postDataBuffer() ?? [])
          ids.push(Buffer.from(envelope.slice(8, 24)), Buffer.from(await reportIdOf(envelope)))
          await route.fulfill({ response: await route.fetch(), body: '{"check":true}' })
        })
        const number = await tell(page, 'ky', WORDS)
        if (javaScript) {
          const opening = page.context().waitForEvent('page')
          await page.getByText(words('check.offer')).click()
          const check = await opening
          await expect(check.getByText(words('check.lead'))).toBeVisible()
          await check.close()
        }
        await askForReplies(page, 'ky', number)
        await expect(page.getByText(words('answer.none'))).toBeVisible()
        await page.goto('/ky/tell/')
        await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill(MORE)
        await page.locator('[data-exit]').click(NO_WAIT)
        await expect(page.getByText('elsewhere')).toBeVisible()
        await page.goBack().catch(() => null)
        expect(await page.locator('body').innerText()).not.toContain(MORE)
        return number
      })
      expect(ids.map(({ length }) => length)).toEqual(javaScript ? [16, 16] : [])
      const groups = receipt.replace(/\d{4}(?=\d)/g, '$& ')
      const pieces = [...piecesOf(receipt, 10), ...piecesOf(groups, 12)]
      // The search finds the record of the visit, which a page cannot delete. So the search works.
      expect(foundUnder(profile, [`${ORIGIN}/ky/tell/`], HISTORY)).not.toEqual([])
      expect(foundUnder(profile, [WORDS, MORE, ...pieces, ...ids])).toEqual([])
      rmSync(profile, { recursive: true, force: true })
    },
  )
}

test('R18: Chromium keeps no word of a day’s work on disk once it is locked', async ({ staff }) => {
  test.setTimeout(600_000)
  const profile = mkdtempSync(join(tmpdir(), 'oasis-staff-day-'))
  const day = await prepareDay(staff.secret, '4471')
  const browser = await launch({
    ...WHOLE,
    headless: true,
    userDataDir: profile,
  })
  try {
    const page = await browser.newPage()
    await day.work(page)
    await day.lock(page)
    expect(foundUnder(profile, day.canaries)).toEqual([])
  } finally {
    await browser.close()
  }
  expect(foundUnder(profile, [`${STAFF_ORIGIN}/staff/`], HISTORY)).not.toEqual([])
  expect(foundUnder(profile, day.canaries)).toEqual([])
  rmSync(profile, { recursive: true, force: true })
})
