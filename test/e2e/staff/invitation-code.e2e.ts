// Tests an invitation that a colleague reads out to a newcomer who has no camera.
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { PHONE, STAFF_ORIGIN } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { buttonOf, openScreen, proveIfAsked, words } from '../support/team.ts'

test('A newcomer types the five lines that a colleague reads out, and joins', async ({
  browser,
  staff: { page },
}) => {
  await openScreen(page, 'staff.screen.invite')
  await page.locator('.choice').first().click()
  await buttonOf(page, 'staff.invite.go').click()
  await proveIfAsked(page, page.locator('.link-text'))
  // The safe ways to pass on the invitation come first, so the button for copying is not the main
  // button.
  await expect(page.locator('.screen .go')).toHaveCount(0)
  await page.getByText(words('staff-help.code.show')).click()
  const lines = await page.locator('.code-lines li').allInnerTexts()
  expect(lines).toHaveLength(5)
  await page.setViewportSize(PHONE)
  await expectAccessible(page, 'all')
  await expectNoSideways(page)
  await page.setViewportSize({ width: 1280, height: 800 })

  const context = await browser.newContext({ baseURL: STAFF_ORIGIN, viewport: PHONE })
  const newcomer = await context.newPage()
  await newcomer.goto('/staff/')
  await buttonOf(newcomer, 'staff.signin.code').click()
  const fields = newcomer.locator('textarea')
  await expect(fields).toHaveCount(5)
  // Two lines in the wrong order: each shows an error, and nothing is sent.
  for (const [n, line] of [lines[1], lines[0], lines[2], lines[3], lines[4]].entries())
    await fields.nth(n).fill((line ?? '').toLowerCase())
  await expect(newcomer.locator('.mistake')).toHaveCount(2)
  await buttonOf(newcomer, 'staff.next').click()
  await expect(fields).toHaveCount(5)
  await expectAccessible(newcomer, 'all')
  await expectNoSideways(newcomer)
  await fields.nth(0).fill(lines[0] ?? '')
  await fields.nth(1).fill(lines[1] ?? '')
  await expect(newcomer.locator('.mistake')).toHaveCount(0)
  await buttonOf(newcomer, 'staff.next').click()
  await expect(newcomer.getByLabel(words('staff.join.name'))).toBeVisible()
  await context.close()

  await buttonOf(page, 'staff.invite.again').click()
  await buttonOf(page, 'staff.invite.let_go').click()
  // The next test in this worker begins at the list.
  await buttonOf(page, 'staff.back').click()
})
