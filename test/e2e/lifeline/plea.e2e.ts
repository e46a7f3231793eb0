// Tests a report without words: a person in danger chooses only a country and who needs help.
import type { Page } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { newPhone } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { problem, send, shorten, text, ways, words } from '../support/tell.ts'

const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })
const chip = (page: Page, question: string, name: string) =>
  page.getByRole('group', { name: words(question) }).getByRole('button', { name, exact: true })

async function openWords(page: Page, danger: 'yes' | 'no'): Promise<void> {
  await page.goto('/ky/tell/')
  await page.locator(`label[for=${danger}]`).click()
  await askedFor(page, 'ky', text(page))
}

test('A person who cannot write sends a country and who needs help, and staff see both', async ({
  browser,
  staff: { page: staff },
}) => {
  const { page, context, sent } = await newPhone(browser)
  await openWords(page, 'yes')
  await button(page, 'back.plea').click()
  await expect(page.getByRole('heading', { name: words('plea.title') })).toBeFocused()
  await expect(text(page)).toBeHidden()
  await expect(page.locator('#calls')).toBeVisible()
  await expect(page.getByText(words('plea.where'))).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
  for (const width of [320, 1280, 360]) {
    await page.setViewportSize({ width, height: 640 })
    await expectNoSideways(page)
  }

  // The error mentions the missing answer, and the answer already given is kept.
  const land = chip(page, 'plea.country', words('country.TR'))
  await land.click()
  const posts = () => sent.filter(({ method }) => method === 'POST')
  await button(page, 'plea.title').click()
  await expect(page.getByText(words('plea.missing'))).toBeVisible()
  expect(posts()).toEqual([])
  await expect(land).toHaveAttribute('aria-pressed', 'true')
  await chip(page, 'plea.who', words('plea.other')).click()
  await button(page, 'plea.title').click()

  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await expect(page.getByText(words('plea.known'))).toBeVisible()
  await expect(page.getByText(words('done.thanks'))).toHaveCount(0)
  const link = page.getByRole('link', { name: words('plea.word') })
  await expect(link).toHaveAttribute('href', '/ky/answer/')
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(page.locator('#receipt')).toBeVisible()
  await context.close()

  const none = words('staff.report.no_words')
  // Other reports without words may be above this report.
  await showReport(staff, words('country.TR'))
  const report = staff.locator('.report')
  await expect(report).toContainText(words('staff.kind.other'))
  await expect(staff.locator('.queue .line[aria-current] .line-name')).toHaveText(none)
})

test('The offer to send without words waits for danger and for an empty field', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await openWords(page, 'no')
  await expect(button(page, 'back.plea')).toBeHidden()
  await openWords(page, 'yes')
  await expect(button(page, 'back.plea')).toBeVisible()
  await text(page).fill('Үй')
  await expect(button(page, 'back.plea')).toBeHidden()
  await text(page).fill('')
  await button(page, 'back.plea').click()
  await chip(page, 'plea.who', words('plea.me')).click()

  // The person goes back to write one word, and the empty field is refused again.
  await button(page, 'plea.write').click()
  await expect(text(page)).toBeFocused()
  await send(page).click()
  await expect(problem(page)).toContainText(words('say.text_empty'))

  // Going back keeps the choice. The plea disappears completely when another question is shown.
  await button(page, 'back.plea').click()
  await expect(chip(page, 'plea.who', words('plea.me'))).toHaveAttribute('aria-pressed', 'true')
  await page.locator('#back').click()
  await expect(page.getByLabel(words('tell.door.me'))).toBeChecked()
  await page.locator('#next').click()
  await expect(text(page)).toBeVisible()
  await expect(send(page)).toBeVisible()
  await context.close()
})

test('A plea that does not get through stays, and the retry sends it', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await shorten(context)
  await openWords(page, 'yes')
  await button(page, 'back.plea').click()
  await chip(page, 'plea.country', words('plea.another')).click()
  await chip(page, 'plea.who', words('plea.me')).click()
  await context.route('**/api/reports', (route) => route.abort())
  await button(page, 'plea.title').click()
  await expect(ways(page)).toBeVisible()
  await expect(problem(page)).toContainText(words('say.network'))
  await expect(chip(page, 'plea.country', words('plea.another'))).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await context.unroute('**/api/reports')
  await button(page, 'tell.again').click()
  await expect(page.getByText(words('plea.known'))).toBeVisible()
  await context.close()
})
