// Tests the letter that a colleague sends to themselves on the first day. Also tests the warning
// before distressing words.
import { askForReplies } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { newPhone } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { buttonOf, openScreen, words } from '../support/team.ts'

const NAME = 'Айгүл'

test('A test letter goes the real way, is marked, answered, and closed by one press', async ({
  browser,
  staff: { page },
}) => {
  await openScreen(page, 'staff.screen.first')
  await buttonOf(page, 'staff.test.send').click()
  await expect(page.getByText(words('staff.test.stored'))).toBeVisible()
  await expect(buttonOf(page, 'staff.test.open')).toBeFocused()
  await expectAccessible(page, 'all')
  await expectNoSideways(page)
  const number = (await page.locator('.test-letter .groups').innerText()).replace(/\D/g, '')
  expect(number).toHaveLength(28)
  await buttonOf(page, 'staff.test.open').click()

  const title = words('staff.test.title', { name: NAME })
  await expect(page.locator('#report-title')).toHaveText(title)
  await expect(page.getByText(words('staff.test.mark'))).toBeVisible()
  await expect(page.locator('.thread')).toContainText(words('staff.test.text', { name: NAME }))
  const line = page.locator('.queue .line', { hasText: title })
  await expect(line.locator('.tag')).toHaveText(words('staff.test.tag'))
  await expect(line.locator('.danger')).toHaveCount(0)
  await answer(page, 'Сыноо жооп 8301')
  const phone = await newPhone(browser)
  await askForReplies(phone.page, 'ky', number)
  await expect(phone.page.getByText('Сыноо жооп 8301')).toBeVisible()
  await phone.context.close()

  await buttonOf(page, 'staff.test.close').click()
  await expect(page.getByText(words('staff.status.changed'))).toBeVisible()
  await expect(page.locator('.report')).toContainText(words('staff.close.test'))
  await expect(buttonOf(page, 'staff.test.close')).toHaveCount(0)
})

test('A note on heavy words appears before them, until the reader asks for the words', async ({
  staff: { page },
}) => {
  const [text, note] = ['Оор сөздөр 8302', 'балага зордук 8303']
  await sendSealedReport({ text }, [])
  await openScreen(page, 'staff.screen.reports')
  await showReport(page, text)
  const id = (await page.locator('.line[aria-current]').getAttribute('id')) ?? ''
  await buttonOf(page, 'staff.summary.write').click()
  await page.getByLabel(words('staff.heavy'), { exact: true }).fill(note)
  await buttonOf(page, 'staff.record.save').click()
  // Words that are already on the screen stay visible.
  await expect(page.locator('.inside .facts')).toContainText(note)
  await expect(page.locator('.thread').getByText(text)).toBeVisible()

  await page.keyboard.press('Escape')
  const seen: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/seen')) seen.push(request.url())
  })
  await page.locator(`[id="${id}"]`).click()
  await expect(page.locator('.content-note')).toContainText(note)
  expect(await page.locator('.report').innerText()).not.toContain(text)
  await expect(page.locator(`[id="${id}"]`)).toContainText(note)
  await expect(page.getByLabel(words('staff.answer.text'))).toHaveCount(0)
  await expectAccessible(page)
  expect(seen).toEqual([])
  const noted = page.waitForRequest((request) => request.url().endsWith('/seen'))
  await buttonOf(page, 'staff.heavy.show').click()
  await expect(page.locator('.thread').getByText(text)).toBeVisible()
  await expect(page.locator('#thread-title')).toBeFocused()
  await noted
})
