// Tests Help: its pages in the reader's language, a button in a step, and the printout. A person
// who cannot sign in can also read Help.
import { HELP_PAGES } from '#site/staff/help/pages.ts'
import type { Page } from '@playwright/test'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { PHONE, STAFF_ORIGIN } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { openScreen } from '../support/team.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'
import { wordsIn } from '../support/words.ts'

const DESK = { width: 1280, height: 800 }
const ky = wordsIn('ky')
const ru = wordsIn('ru')

const article = (page: Page) => page.locator('.help-shown .help-page')
const inList = (page: Page, name: string) =>
  page.locator('.help-list').getByRole('button', { name, exact: true })

async function chooseLanguage(page: Page, lang: 'ky' | 'ru'): Promise<void> {
  await page.locator('.menu summary').click()
  await page.locator(`.menu-box [lang=${lang}]`).click()
  await page.keyboard.press('Escape')
  await expect(page.locator('.help-list')).toContainText(wordsIn(lang)('staff-help.phone'))
}

// Other tests begin in the list of this colleague.
test.afterEach(({ staff: { page } }) => openScreen(page, 'staff.screen.reports'))

test('A lost phone: the keyboard opens the page, and its button the screen of keys', async ({
  staff: { page },
}) => {
  await openScreen(page, 'staff.screen.help')
  await inList(page, ky('staff-help.leaves')).click()
  // The opened page takes the focus. Without this wait, that page could take the focus from the
  // list later.
  await expect(page.getByRole('heading', { name: ky('staff-help.leaves') })).toBeFocused()
  await inList(page, ky('staff-help.phone')).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: ky('staff-help.phone') })).toBeFocused()
  await expect(article(page)).toContainText(ky('staff-help.seen.ways', { n: '2' }))
  // The step quotes the current name of the button.
  await expect(article(page)).toContainText(`«${ky('staff.own.session.others')}»`)

  await page.keyboard.press('Tab')
  const open = ky('staff-help.open', { screen: ky('staff.screen.own') })
  await expect(page.getByRole('button', { name: open }).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: ky('staff.own.add.prf') })).toBeVisible()
  await openScreen(page, 'staff.screen.help')
  await expect(article(page).getByRole('heading', { level: 3 })).toHaveText(ky('staff-help.phone'))
})

test('All pages are whole in Kyrgyz and Russian, on a phone and with large text', async ({
  staff: { page },
}) => {
  await openScreen(page, 'staff.screen.help')
  const cdp = await openTextSession(page)
  for (const lang of ['ru', 'ky'] as const) {
    const words = wordsIn(lang)
    await chooseLanguage(page, lang)
    for (const id of HELP_PAGES) {
      await page.setViewportSize(DESK)
      await inList(page, words(`staff-help.${id}`)).click()
      await expect(article(page).getByRole('heading', { level: 3 })).toHaveText(
        words(`staff-help.${id}`),
      )
      // No label remains a key, and no placeholder remains unfilled.
      await expect(article(page)).not.toContainText(/[{}]|staff\.|staff-help/)
      await page.setViewportSize(PHONE)
      await expectNoSideways(page)
    }
    for (const scheme of ['light', 'dark'] as const)
      for (const size of [PHONE, DESK]) {
        await page.emulateMedia({ colorScheme: scheme })
        await page.setViewportSize(size)
        await expectAccessible(page, 'all')
      }
    await page.setViewportSize(PHONE)
    await setTextSize(cdp, 200)
    await expectNoSideways(page)
    await page.getByRole('button', { name: words('staff-help.all') }).click()
    await expect(inList(page, words('staff-help.renew'))).toBeVisible()
    const last = words(`staff-help.${HELP_PAGES.at(-1) ?? ''}`)
    await expect(inList(page, last)).toBeFocused()
    await expectNoSideways(page)
    await setTextSize(cdp, 100)
    await page.setViewportSize(DESK)
  }
})

test('One press prints all pages and nothing of the app around them', async ({
  staff: { page },
}) => {
  await openScreen(page, 'staff.screen.help')
  await page.evaluate(() => (window.print = () => undefined))
  await page.getByRole('button', { name: ky('staff-help.print') }).click()
  await page.emulateMedia({ media: 'print' })
  const titles = page.locator('.help-paper h3')
  const address = ky('staff-help.address', { address: `${new URL(STAFF_ORIGIN).host}/staff/` })
  await expect(page.locator('.help-paper').getByText(address)).toBeVisible()
  await expect(titles).toHaveText(HELP_PAGES.map((id) => ky(`staff-help.${id}`)))
  for (const title of await titles.all()) await expect(title).toBeVisible()
  await expect(page.getByRole('button').first()).toBeHidden()
  await expect(page.locator('.help-shown, .bar, .help-list').first()).toBeHidden()
  const paper = await page.pdf({ format: 'A4' })
  const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []
  expect(sheets.length).toBeGreaterThanOrEqual(HELP_PAGES.length)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect(titles).toHaveCount(0)
})

test('A person who cannot sign in reads Help without a button to a screen', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: STAFF_ORIGIN, viewport: PHONE })
  const page = await context.newPage()
  await page.goto('/staff/')
  await page.getByRole('button', { name: ky('staff.screen.help'), exact: true }).click()
  await expect(inList(page, ky('staff-help.nobody'))).toBeVisible()
  await expect(page.locator('.help-address')).toContainText(`${new URL(STAFF_ORIGIN).host}/staff/`)
  await expectAccessible(page, 'all')
  await inList(page, ky('staff-help.nobody')).click()
  await expect(article(page)).toContainText('recovery.html')
  await expect(article(page).getByRole('button')).toHaveCount(0)
  await page.getByRole('button', { name: 'Русский' }).click()
  await expect(article(page)).toContainText(ru('staff-help.nobody.ask').slice(0, 40))
  await expectNoSideways(page)
  await page.locator('.back').click()
  await expect(page.getByRole('button', { name: ru('staff.signin.go') })).toBeVisible()
  await context.close()
})
