// Tests the accessibility of every screen in both colour schemes: axe (WCAG 2.2 AA), keyboard,
// 200 % zoom and narrow windows.
import type { Page } from '@playwright/test'
import { pageNames } from '#site/pages.ts'
import { showReport } from '#scripts/browser/show-report'
import { languages } from '#content/languages.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { photograph, sendSealedReport, silence } from '../support/sealed-report.ts'
import { SAMPLED, sampleOf, slowUnlessFirst } from '../support/soak.ts'
import { PHONE, STAFF_ORIGIN } from '../support/phone.ts'
import { addAuthenticator, expect, test } from '../support/staff.ts'
import { proveIfAsked } from '../support/team.ts'
import { wordsIn } from '../support/words.ts'

const PAGES = [
  ...pageNames,
  'country/ru',
  'country/us',
  'stories/offer',
  'check',
  'answer/thread',
  'tell/form',
  'tell/sent',
  'tell/saved',
  'nothing',
].map((page) => (page ? `${page}/` : ''))
const DESKTOP = { width: 1280, height: 800 }
/** A window of 1280 × 800 at 200 %. */
const ZOOMED = { width: 640, height: 400 }
/** The width of a window of 1280 × 1024 at 400 %. */
const NARROW = { width: 320, height: 256 }
/** The first two views cover both colour schemes and both extreme widths. */
const VIEWS = [
  { colorScheme: 'light', viewport: PHONE },
  { colorScheme: 'dark', viewport: DESKTOP },
  { colorScheme: 'light', viewport: ZOOMED },
  { colorScheme: 'dark', viewport: ZOOMED },
  { colorScheme: 'dark', viewport: PHONE },
  { colorScheme: 'light', viewport: DESKTOP },
] as const
const views = VIEWS.slice(0, sampleOf(2, VIEWS.length))

for (const lang of languages)
  test(
    `Public pages in ${lang} pass axe and fit the window at 200 % zoom and at 320 px`,
    { tag: [SAMPLED.tag, ...slowUnlessFirst(lang).tag] },
    async ({ page }) => {
      test.setTimeout(400_000)
      for (const path of PAGES) {
        await page.goto(`/${lang}/${path}`)
        for (const { colorScheme, viewport } of views) {
          await page.emulateMedia({ colorScheme })
          await page.setViewportSize(viewport)
          await expectAccessible(page)
        }
        for (const viewport of [ZOOMED, NARROW]) {
          await page.setViewportSize(viewport)
          await expectNoSideways(page)
        }
      }
    },
  )

test('Both pages that offer the languages pass axe', async ({ page }) => {
  for (const path of ['/?', '/nothing']) {
    await page.setExtraHTTPHeaders({ 'accept-language': 'de' })
    await page.goto(path)
    await expectAccessible(page)
  }
})

test('Tab reaches every link and field once, visible and not under the bar', async ({ page }) => {
  test.setTimeout(300_000)
  await page.setViewportSize({ width: 360, height: 640 })
  for (const path of PAGES) {
    await page.goto(`/ky/${path}`)
    for (let press = 0; press < 200; press++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement
        if (!element || element === document.body) return null
        // A link that wraps has a rectangle for each line, of which the first is enough.
        const { left, top, width, height } = element.getClientRects()[0] ?? new DOMRect()
        const label = element instanceof HTMLInputElement ? element.labels?.[0] : null
        const hit = document.elementFromPoint(
          left + Math.min(width, 20) / 2,
          top + Math.min(height, 20) / 2,
        )
        const covered =
          !hit || !(element.contains(hit) || hit.contains(element) || label?.contains(hit))
        const again = element.hasAttribute('data-seen')
        element.setAttribute('data-seen', '')
        return { html: element.outerHTML.slice(0, 120), covered, again }
      })
      if (!focused || focused.again) break
      expect(focused.covered, `${path}: ${focused.html}`).toBe(false)
    }
    const missed = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'a[href], button, textarea, input:not([type=radio], [type=hidden]), summary',
        ),
      ]
        .filter((element) => element.checkVisibility() && !element.hasAttribute('data-seen'))
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    )
    expect(missed, path).toEqual([])
  }
})

test(
  'Every staff screen passes axe in both schemes, on phone and desktop, at 200 % zoom',
  SAMPLED,
  async ({ browser, staff }) => {
    test.setTimeout(300_000)
    const words = wordsIn('ky')
    await sendSealedReport({ text: 'Экрандарды текшерүү' }, [])

    const everywhere = async (page: Page): Promise<void> => {
      for (const { colorScheme, viewport } of views) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize(viewport)
        await expectAccessible(page)
        await expectNoSideways(page)
      }
    }

    const { page } = staff
    const button = (key: string) => page.getByRole('button', { name: words(key), exact: true })
    await button('staff.queue.reload').click()
    await expect(page.locator('.queue button.line').first()).toBeVisible()
    await everywhere(page)
    await page.locator('.queue button.line').first().click()
    await expect(page.locator('#thread-title')).toBeVisible()
    await everywhere(page)
    await page.keyboard.press('Escape')
    await sendSealedReport({ text: 'Файлдар менен', signs: ['DebtBondage'], needs: ['talk'] }, [
      { content: await photograph(), says: { type: 'image/jpeg' } },
      { content: silence(), says: { type: 'audio/wav', name: 'үн.wav' } },
      { content: silence(), says: { type: 'x', hash: 'A'.repeat(43) } },
      { content: silence(), says: { type: 'text/plain' }, missing: [0] },
    ])
    await showReport(page, 'Файлдар менен')
    await expect(page.locator('.report .file')).toHaveCount(4)
    await everywhere(page)
    const file = (place: number, key: string) =>
      page
        .locator('.report .file')
        .nth(place)
        .getByRole('button', { name: words(key), exact: true })
    for (const place of [0, 1, 2]) await file(place, 'staff.file.open').click()
    await file(0, 'staff.file.show').click()
    await file(1, 'staff.file.save').click()
    await expect(page.getByText(words('staff.file.differs'))).toBeVisible()
    await page
      .getByLabel(words('staff.answer.files'))
      .setInputFiles([{ name: 'баракча.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }])
    await everywhere(page)
    await page.keyboard.press('Escape')
    await page.getByText(words('staff.menu'), { exact: true }).click()
    await everywhere(page)
    await button('staff.screen.invite').click()
    await everywhere(page)
    await page.getByRole('checkbox').first().check()
    await button('staff.invite.go').click()
    await proveIfAsked(page, page.locator('.link-text'))
    await everywhere(page)
    const invitation = await page.locator('.link-text').innerText()
    await button('staff.lock').click()
    await expect(page.getByRole('heading', { name: words('staff.locked.title') })).toBeVisible()
    await everywhere(page)
    await button('staff.locked.passkey').click()
    await expect(button('staff.lock')).toBeVisible()
    // The link is gone, and the people screen lists its invitation.
    await expect(page.getByRole('heading', { name: words('staff.people.title') })).toBeVisible()
    await expect(button('staff.invite.go')).toHaveCount(0)
    // Other tests use the same colleague, and begin at the list.
    await button('staff.back').click()
    await expect(page.locator('.queue button.line').first()).toBeVisible()

    const guest = await browser.newContext({ baseURL: STAFF_ORIGIN, locale: 'ky-KG' })
    const joining = await guest.newPage()
    await addAuthenticator(joining)
    await joining.goto(new URL(invitation).pathname + new URL(invitation).hash)
    const next = joining.getByRole('button', { name: words('staff.next') })
    await expect(next).toBeVisible()
    await everywhere(joining)
    await joining.getByLabel(words('staff.join.name')).fill('Бакыт')
    await next.click()
    await everywhere(joining)
    await joining.goto('/staff/')
    await expect(joining.getByRole('button', { name: words('staff.signin.go') })).toBeVisible()
    await everywhere(joining)
    // The page also has a screen for a used invitation.
    await joining.goto('about:blank')
    await joining.goto(staff.invitation)
    await expect(joining.getByText(words('staff.error.invitation_unknown'))).toBeVisible()
    await everywhere(joining)
    await guest.close()
  },
)
