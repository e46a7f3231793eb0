// Tests answering: a template, the preview, the author inside, the mark that somebody reads now.
// Tests also a letter that a colleague writes down.
import type { Page } from '@playwright/test'
import { showReport, askForReplies } from '#scripts/shared/browser/report'
import { newPhone } from './support/phone.ts'
import { sendSealedReport } from './support/sealed-report.ts'
import { expect, test } from './support/staff.ts'
import { openScreen } from './support/team.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('ky')
const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })

test('A colleague answers with a template and a preview, and the person sees who reads', async ({
  browser,
  staff: { page },
}) => {
  const text = 'Балкондон көрүнгөн кызыл үй, 5518'
  const contact = { avoid: 'Чалбаңыз, «полиция» дебеңиз', when: 'түнкүсүн' }
  const { digits } = await sendSealedReport({ text, contact }, [])
  await showReport(page, text)
  const report = page.locator('.report')
  await expect(report.locator('.contact-line')).toContainText(contact.avoid)

  await button(page, 'staff.template.offer').click()
  const first = page.locator('.templates li').filter({ hasText: words('staff.template.first') })
  await first.getByRole('button', { name: words('staff.template.use') }).click()
  const field = page.getByLabel(words('staff.answer.text'))
  await expect(field).toBeFocused()
  await expect(field).toHaveValue(/Жазганыңыз үчүн рахмат/)
  await field.fill(`${await field.inputValue()} Полицияга айтпайбыз 5519`)
  const warning = words('staff.answer.said', { words: 'полиция' })
  await expect(report.getByText(warning)).toBeVisible()

  await button(page, 'staff.answer.look').click()
  const seen = report.locator('.as-seen')
  await expect(seen).toContainText('Полицияга айтпайбыз 5519')
  await expect(report.locator('.from-us')).toHaveCount(0)
  await button(page, 'staff.answer.change').click()
  await expect(field).toBeFocused()
  await field.fill('Жолугалы 5520')
  await button(page, 'staff.answer.look').click()
  await expect(report.getByText(warning)).toHaveCount(0)
  await button(page, 'staff.answer.send').click()
  await expect(page.getByText(words('staff.answer.sent'))).toBeVisible()
  await expect(report.locator('.from-us .by')).toContainText('Айгүл')

  const phone = await newPhone(browser)
  await askForReplies(phone.page, 'ky', digits)
  await expect(phone.page.locator('#messages')).toContainText('Жолугалы 5520')
  await expect(phone.page.locator('#messages')).not.toContainText('Айгүл')
  await expect(phone.page.getByText(words('answer.now'))).toBeVisible()
  await phone.context.close()
})

test('A colleague writes a letter down, keeps the draft over locking, and gets the number', async ({
  staff: { page },
}) => {
  const sent: { envelope: string }[] = []
  let isRefused = true
  await page.route('**/api/staff/letters', async (route) => {
    if (isRefused) {
      await route.fulfill({ status: 503, json: { error: { code: 'unavailable' } } })
      return
    }
    sent.push(route.request().postDataJSON() as { envelope: string })
    await route.fulfill({ status: 201, json: {} })
  })
  await openScreen(page, 'staff.screen.letter')
  const field = page.getByLabel(words('staff.letter.text'))
  await field.fill('Эшикке келип айтты 5521')
  await page.getByText(words('staff.letter.danger')).click()
  await page.getByLabel(words('staff.contact.avoid')).fill('Үйгө барбаңыз')

  await button(page, 'staff.lock').click()
  await expect(page.getByText(words('staff.unsent.kept'))).toBeVisible()
  await button(page, 'staff.locked.passkey').click()
  await openScreen(page, 'staff.screen.letter')
  await expect(field).toHaveValue('Эшикке келип айтты 5521')

  await button(page, 'staff.letter.store').click()
  await expect(page.getByText(words('staff.error.unavailable'))).toBeVisible()
  await expect(field).toHaveValue('Эшикке келип айтты 5521')
  await expect(page.getByLabel(words('staff.contact.avoid'))).toHaveValue('Үйгө барбаңыз')

  isRefused = false
  await button(page, 'staff.letter.store').click()
  await expect(page.locator('.groups li')).toHaveCount(7)
  const number = (await page.locator('.groups li').allInnerTexts()).join('')
  expect(number).toMatch(/^\d{28}$/)
  expect(sent).toHaveLength(1)
  expect(JSON.stringify(sent)).not.toContain(number)

  await page.goBack()
  await expect(page.getByText(words('staff.letter.number.leave'))).toBeVisible()
  await button(page, 'staff.letter.stay').click()
  await expect(page.locator('.groups li')).toHaveCount(7)
  await page.goBack()
  await button(page, 'staff.letter.let_go').click()
  await expect(page.locator('.groups')).toHaveCount(0)
  await page.unroute('**/api/staff/letters')
})
