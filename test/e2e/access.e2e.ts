// Every screen for everybody: axe (WCAG 2.2 AA), keyboard, 200 % zoom, narrow windows; light and dark.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { pages } from '#site/i18n/paths.ts'
import { askedFor, openReport } from '#scripts/browser/report'
import { newPhone } from './phone.ts'
import { photograph, sendSealedReport, silence } from './sealed-report.ts'
import { addAuthenticator, expect, firstInvitation, test } from './staff.ts'
import { LANGUAGES, wordsIn } from './words.ts'

const PAGES = [...pages, 'check', 'tell/sent', 'tell/saved', 'nothing'].map((page) =>
  page ? `${page}/` : '',
)
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  const told = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
  )
  expect(told, page.url()).toEqual([])
}

/** Nothing is wider than the window. */
async function expectNoSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, `${page.url()} at ${String(page.viewportSize()?.width)}`).toBeLessThanOrEqual(0)
}

for (const lang of LANGUAGES)
  test(`public pages in ${lang}: axe, 200 % zoom and 320 pixels`, async ({ page }) => {
    test.setTimeout(240_000)
    for (const path of PAGES) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width: 360, height: 640 })
        await page.goto(`/${lang}/${path}`)
        await expectAccessible(page)
      }
      await page.setViewportSize({ width: 1280, height: 800 })
      await expectAccessible(page)
      // 640 × 400 is a window of 1280 × 800 at 200 %; 320 is one at 400 %.
      for (const viewport of [
        { width: 640, height: 400 },
        { width: 320, height: 256 },
      ]) {
        await page.setViewportSize(viewport)
        await expectNoSideways(page)
      }
    }
  })

test('both doors of languages: axe', async ({ page }) => {
  for (const path of ['/?', '/nothing']) {
    await page.setExtraHTTPHeaders({ 'accept-language': 'de' })
    await page.goto(path)
    await expectAccessible(page)
  }
})

test('by Tab every link and field is reached in order, seen, and not under the bar', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 640 })
  for (const path of PAGES) {
    await page.goto(`/ky/${path}`)
    for (let press = 0; press < 200; press++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement
        if (!element || element === document.body) return null
        // The first line of a link that wraps.
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

test('a report is written and sent, and its number found, by keyboard alone', async ({
  browser,
}) => {
  const words = wordsIn('ky')
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  const to = async (selector: string): Promise<void> => {
    for (let press = 0; press < 60; press++) {
      if (await page.locator(selector).evaluate((element) => element === document.activeElement))
        return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${selector}`)
  }
  /** The first question is there at once; each next one gets the focus itself. */
  const on = async (): Promise<void> => {
    await to('#next')
    await page.keyboard.press('Enter')
  }
  await to('[name=danger][value=yes]')
  await page.keyboard.press('Space')
  await on()
  await on()
  await to('textarea[name=text]')
  await page.keyboard.type('Клавиатура менен жазылды')
  await on()
  await on()
  await to('#place')
  // In a line of its own Enter goes on, and never sends by accident.
  await page.keyboard.press('Enter')
  await expect(page.getByText(words('tell.needs'))).toBeVisible()
  await to('#send')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeFocused({
    timeout: 20_000,
  })
  await expectAccessible(page)
  await context.close()
})

test('the states of the lifeline pages: axe', async ({ browser }) => {
  const words = wordsIn('ky')
  const { page, context } = await newPhone(browser)
  await context.route('**/api/**', (route) => route.abort())
  await page.goto('/ky/tell/')
  await page.getByText(words('tell.yes'), { exact: true }).click()
  const next = page.locator('#next')
  for (; await next.isVisible(); await next.click()) await expectAccessible(page)
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.locator('#text')).toBeFocused()
  await expectAccessible(page)
  await page.getByLabel(words('tell.text')).fill('Байланыш жок')
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.locator('#ways')).toBeVisible({ timeout: 50_000 })
  await expectAccessible(page)
  await context.close()
})

test('what tools add to a page: axe, light and dark, and nothing wider than the window', async ({
  browser,
}) => {
  const words = wordsIn('ky')
  const { page, context } = await newPhone(browser)
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true })
  const look = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
    for (const width of [320, 1280, 360]) {
      await page.setViewportSize({ width, height: 640 })
      await expectNoSideways(page)
    }
  }
  await page.goto('/ky/tell/saved/')
  await (
    await askedFor(page, 'ky', page.getByLabel(words('tell.text')))
  ).fill('Кошулгандарды карайбыз')
  await button('tell.keep').click()
  await look()
  await button('keep.go').click()
  await expect(page.getByText(words('keep.kept_how'))).toBeVisible()
  await button('tell.hand').click()
  await page.locator('#panel-hand').getByRole('button', { name: /код/ }).click()
  await look()
  await page.close({ runBeforeUnload: false })
  const again = await context.newPage()
  await again.goto('/ky/tell/')
  await expect(again.getByLabel(words('keep.number'))).toBeVisible()
  await expectAccessible(again)
  await again.evaluate(() => {
    for (const id of ['writing', 'done']) {
      const part = document.getElementById(id)
      if (part) part.hidden = !part.hidden
    }
  })
  await again.getByRole('button', { name: words('done.hold') }).click()
  await expect(again.getByText(words('hold.paper_leaves'))).toBeVisible()
  await expectAccessible(again)
  await expectNoSideways(again)
  await again.goto('/ky/send/')
  await again.getByRole('button', { name: words('send.scan') }).click()
  await expect(again.getByText(words('scan.refused'))).toBeVisible()
  await expectAccessible(again)
  await context.close()
})

test('every staff screen: axe, light and dark, phone and desk, 200 % zoom', async ({
  browser,
  staff,
}) => {
  test.setTimeout(300_000)
  const words = wordsIn('ky')
  await sendSealedReport({ text: 'Экрандарды текшерүү' }, [])

  const everywhere = async (page: Page): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const viewport of [
        { width: 360, height: 640 },
        { width: 640, height: 400 },
        { width: 1280, height: 800 },
      ]) {
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
  await openReport(page, 'Файлдар менен')
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
  await button('staff.room.invite').click()
  await everywhere(page)
  await page.getByRole('checkbox').first().check()
  await button('staff.invite.go').click()
  await expect(page.locator('.link-text')).toBeVisible()
  await everywhere(page)
  const invitation = await page.locator('.link-text').innerText()
  await button('staff.lock').click()
  await expect(page.getByRole('heading', { name: words('staff.locked.title') })).toBeVisible()
  await everywhere(page)
  await button('staff.locked.passkey').click()
  await expect(button('staff.lock')).toBeVisible()

  const guest = await browser.newContext({ locale: 'ky-KG' })
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
  // An invitation that was used is told, and is a screen too.
  await joining.goto('about:blank')
  await joining.goto(firstInvitation())
  await expect(joining.getByText(words('staff.error.invitation_unknown'))).toBeVisible()
  await everywhere(joining)
  await guest.close()
})
