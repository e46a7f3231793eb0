// Tests the browser's font size setting at 200 % on the staff screens.
import { languages } from '#content/languages.ts'
import { closeCase } from '../support/shown-case.ts'
import { expectNoSideways } from '../support/accessible.ts'
import { PHONE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'
import { wordsIn } from '../support/words.ts'

/** The screens in the menu, each with an element that appears once the screen has loaded. */
const SCREENS = [
  ['shift', 'main h2'],
  ['register', 'main h2'],
  ['figures', '.figures-head'],
  ['letter', 'main form'],
  ['waiting', 'main h2'],
  ['discard', 'main form'],
  ['people', '.colleague'],
  ['keys', '.card'],
  ['invite', 'main form'],
  ['alerts', '.card'],
  ['templates', '.template-cards > li'],
  ['log', 'main li'],
  ['own', '.slot'],
  ['first', '.first-steps'],
  ['help', '.help-list'],
  ['reports', '.queue .line'],
] as const

test('No staff screen is wider than a phone at 200 % text', async ({ staff }) => {
  const { page } = staff
  await sendSealedReport({ text: 'Чоң тамгалар' }, [])
  await closeCase(page)
  const cdp = await openTextSession(page)
  await setTextSize(cdp, 200)
  await page.setViewportSize(PHONE)
  const menu = page.locator('.menu summary')
  // The language that the other tests use comes last.
  for (const lang of languages.toReversed()) {
    const words = wordsIn(lang)
    await menu.click()
    await page.locator(`.menu-box [lang=${lang}]`).click()
    await page.keyboard.press('Escape')
    for (const [screen, loaded] of SCREENS) {
      await menu.click()
      await expectNoSideways(page)
      await page
        .locator('.menu-box nav button')
        .filter({ hasText: new RegExp(`^${words(`staff.screen.${screen}`)}`) })
        .first()
        .click()
      await expect(page.locator(loaded).first()).toBeVisible()
      await expectNoSideways(page)
    }
  }
  await page.locator('.queue .line').first().click()
  await expect(page.locator('.thread')).toBeVisible()
  await expectNoSideways(page)
  await page.locator('.case-tabs button').nth(1).click()
  await expect(page.locator('#inside-title')).toBeVisible()
  await expectNoSideways(page)
  await page.keyboard.press('Escape')
  await setTextSize(cdp, 100)
  await page.setViewportSize({ width: 1280, height: 800 })
})
