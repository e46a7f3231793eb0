// Tests the recovery page, opened from a file. With two shares, the page produces a certificate for
// a newcomer. The page refuses wrong files and shares, uses no network and stores nothing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { Certificate } from '#protocol/staff/people/people'
import type { Language } from '#content/languages.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { makeRecoveryFiles, type RecoveryFiles } from '../support/recovery.ts'
import { wordsIn } from '../support/words.ts'
import { slowUnlessFirst } from '../support/soak.ts'

let files: RecoveryFiles
test.beforeAll(async () => {
  files = await makeRecoveryFiles('recovery-page')
})

const SCREENS = { ky: { width: 360, height: 640 }, ru: { width: 1280, height: 800 } }

/** Opens the page as a file. The returned list collects every address that is not a file. */
async function openPage(page: Page): Promise<string[]> {
  const asked: string[] = []
  page.on('request', (request) => {
    if (!/^(file|blob):/.test(request.url())) asked.push(request.url())
  })
  page.on('console', (message) => asked.push(message.text()))
  await page.goto(files.page)
  return asked
}

async function expectUsable(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSideways(page)
}

async function typeShares(page: Page, lang: Language, shares: readonly string[]): Promise<void> {
  const words = wordsIn(lang)
  await page.getByLabel(words('recovery.shares.first')).fill(shares[0] ?? '')
  await page.getByLabel(words('recovery.shares.second')).fill(shares[1] ?? '')
}

for (const lang of ['ky', 'ru'] as const)
  test(
    `R23: Two shares certify a newcomer on the page in ${lang}, without a network`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      const context = await browser.newContext({
        viewport: SCREENS[lang],
        colorScheme: lang === 'ky' ? 'light' : 'dark',
        offline: true,
      })
      const page = await context.newPage()
      const words = wordsIn(lang)
      const asked = await openPage(page)
      if (lang !== 'ky') await page.locator(`.languages button[lang=${lang}]`).click()
      await expect(page).toHaveTitle(words('recovery.title'))
      await expectUsable(page)

      const file = page.locator('input[type=file]')
      const refused = page.locator('.refused')
      for (const [path, key] of [
        [join(files.folder, 'org', 'public.json'), 'file_unreadable'],
        [files.foreign, 'export_foreign'],
      ] as const) {
        await file.setInputFiles(path)
        await expect(refused).toHaveText(words(`recovery.fault.${key}`))
      }
      const rows = { n: '2', all: String(files.organisation.ledger.length) }
      await file.setInputFiles(files.broken)
      await expect(refused).toHaveText(words('recovery.fault.export_broken', rows))
      await file.setInputFiles(files.whole)
      await expect(page.getByText(words('recovery.export.nobody'))).toBeVisible()
      await expectUsable(page)
      await page.getByRole('button', { name: words('recovery.next') }).click()

      const [first = '', second = ''] = files.organisation.shares
      const mistake = page.locator('.mistake')
      const typo = `${first.slice(0, -1)}${first.endsWith('7') ? '8' : '7'}`
      await typeShares(page, lang, [typo, ''])
      await expect(mistake).toHaveText(words('recovery.fault.share_typo'))
      await typeShares(page, lang, [files.foreignShare, ''])
      await expect(mistake).toHaveText(words('recovery.fault.share_foreign'))
      await typeShares(page, lang, [first, ''])
      await expect(page.getByText(words('recovery.shares.right', { n: '1' }))).toBeVisible()
      await typeShares(page, lang, [first, first])
      await expect(mistake).toHaveText(words('recovery.fault.share_twice'))
      await expectUsable(page)
      await typeShares(page, lang, [first, second.toLowerCase().replaceAll(' ', '')])
      await expect(page.getByText(words('recovery.shares.right', { n: '2' }))).toBeVisible()
      await page.getByRole('button', { name: words('recovery.shares.go') }).click()

      const state = words('recovery.key.opened')
      await expect(page.getByText(words('recovery.keys.epoch', { n: '1', state }))).toBeVisible()
      await expectUsable(page)
      const request = { name: 'request.txt' }
      await page.getByRole('button', { name: words('recovery.keys.request', request) }).click()
      await file.setInputFiles(files.whole)
      await expect(refused).toHaveText(words('recovery.fault.file_unreadable'))
      await file.setInputFiles(files.request)
      await expect(page.locator('.digits li')).toHaveCount(5)
      await expectUsable(page)

      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: words('recovery.digits.same') }).click()
      await expect(page.getByText(words('recovery.done.wiped'))).toBeVisible()
      await expectUsable(page)
      await page
        .getByRole('button', { name: words('recovery.save', { name: 'certificate.json' }) })
        .click()
      const path = await (await saving).path()
      const { intake, keeper } = Certificate.parse(JSON.parse(readFileSync(path, 'utf8')))
      expect(intake.map(({ epoch }) => epoch)).toEqual([1])
      expect(keeper).not.toBeNull()
      expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
      expect(asked).toEqual([])
      await context.close()
    },
  )

test('Digits that differ make no certificate, and the keys can be wiped by keyboard', async ({
  browser,
}) => {
  const context = await browser.newContext({ offline: true })
  const page = await context.newPage()
  const words = wordsIn('ky')
  // The title receives focus a moment after the step appears, so an earlier key press could miss
  // its button.
  const isAt = (step: 'shares' | 'keys' | 'digits') =>
    expect(page.getByRole('heading', { name: words(`recovery.${step}.title`) })).toBeFocused()
  await openPage(page)
  await page.locator('input[type=file]').setInputFiles(files.whole)
  await page.getByRole('button', { name: words('recovery.next') }).press('Enter')
  await isAt('shares')
  await typeShares(page, 'ky', files.organisation.shares.slice(1))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await isAt('keys')
  const request = { name: 'request.txt' }
  await page.getByRole('button', { name: words('recovery.keys.request', request) }).press('Enter')
  await page.locator('input[type=file]').setInputFiles(files.request)
  await isAt('digits')
  await page
    .getByRole('button', { name: words('recovery.digits.differ'), exact: true })
    .press('Enter')
  await expect(page.locator('.refused')).toHaveText(words('recovery.fault.digits_differ'))
  await expect(page.getByRole('button', { name: words('recovery.digits.same') })).toHaveCount(0)
  await page.getByRole('button', { name: words('recovery.wipe') }).press('Enter')
  await expect(page.getByText(words('recovery.need.shares'))).toBeVisible()
  await context.close()
})
