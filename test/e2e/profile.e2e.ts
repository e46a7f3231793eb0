// What lies in the folder of the browser, on the disk of a phone that somebody searches, after a report and the quick exit.
import { chromium, expect, test, type Page } from '@playwright/test'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askedFor, readAnswers, tell } from '#scripts/browser/report'
import { findCanary } from './canary.ts'
import { ORIGIN, PHONE } from './phone.ts'
import { piecesOf } from './traffic.ts'
import { wordsIn } from './words.ts'

const TOLD = 'Бурчтагы сары кампада 3 киши 8246'
const MORE = 'Дагы бир сөз, терезе жагы 5093'
const words = wordsIn('ky')

/** Dresses of the sentences that lie in any file of a folder, each with the file's name. */
const foundUnder = (folder: string, sentences: (string | Buffer)[]): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .flatMap(({ parentPath, name }) =>
      findCanary(readFileSync(join(parentPath, name)), sentences).map(() => name),
    )

async function inProfile(javaScriptEnabled: boolean, use: (page: Page) => Promise<string>) {
  const profile = mkdtempSync(join(tmpdir(), 'oasis-profile-'))
  const { launchOptions = {} } = test.info().project.use
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    ...{ viewport: PHONE, locale: 'ky-KG', baseURL: ORIGIN, javaScriptEnabled },
  })
  await context.route(/^https:/, (route) =>
    route.fulfill({ body: 'elsewhere', contentType: 'text/html' }),
  )
  const [page = await context.newPage()] = context.pages()
  const receipt = await use(page)
  // A browser writes when it has time, and when it is closed.
  await context.close()
  return { profile, receipt }
}

for (const javaScript of [true, false])
  test(`R18: after a report ${javaScript ? 'with' : 'without'} JavaScript, its answers and the quick exit, no word, no part of the number and no report’s id is in the browser's folder`, async () => {
    const ids: Buffer[] = []
    const { profile, receipt } = await inProfile(javaScript, async (page) => {
      // As in flood mode, so that the check is offered.
      await page.route('**/api/reports', async (route) => {
        ids.push((route.request().postDataBuffer() ?? Buffer.alloc(0)).subarray(8, 24))
        await route.fulfill({ response: await route.fetch(), body: '{"check":true}' })
      })
      const number = await tell(page, 'ky', TOLD)
      if (javaScript) {
        const opening = page.context().waitForEvent('page')
        await page.getByText(words('done.check')).click()
        const check = await opening
        await expect(check.getByText(words('check.lead'))).toBeVisible()
        await check.close()
      }
      await readAnswers(page, 'ky', number)
      await expect(page.getByText(words('answer.none'))).toBeVisible()
      await page.goto('/ky/tell/')
      await (await askedFor(page, 'ky', page.getByLabel(words('tell.text')))).fill(MORE)
      await page.locator('[data-exit]').click({ noWaitAfter: true })
      await expect(page.getByText('elsewhere')).toBeVisible()
      await page.goBack().catch(() => null)
      expect(await page.locator('body').innerText()).not.toContain(MORE)
      return number
    })
    expect(ids.map(({ length }) => length)).toEqual(javaScript ? [16] : [])
    const groups = receipt.replace(/\d{4}(?=\d)/g, '$& ')
    const pieces = [...piecesOf(receipt, 10), ...piecesOf(groups, 12)]
    // The search works: that the site was visited is there, and nobody can take it away from here.
    expect(foundUnder(profile, [`${ORIGIN}/ky/tell/`])).toContain('History')
    expect(foundUnder(profile, [TOLD, MORE, ...pieces, ...ids])).toEqual([])
    rmSync(profile, { recursive: true, force: true })
  })
