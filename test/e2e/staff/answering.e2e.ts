// Tests answering: a template, the preview, the sealed author name, and the reading mark. Also
// tests a letter that a colleague writes down.
import type { Page } from '@playwright/test'
import { askForReplies } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { newPhone } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { openScreen } from '../support/team.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')
const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })

/** Locks the app while a draft is kept, and unlocks it with the passkey. */
async function lockAndUnlock(page: Page): Promise<void> {
  await button(page, 'staff.lock').click()
  await expect(page.getByText(words('staff.unsent.kept'))).toBeVisible()
  await button(page, 'staff.locked.passkey').click()
}

/** Reads the number of a letter from the screen. */
async function numberOn(page: Page): Promise<string> {
  const groups = page.locator('.groups li')
  await expect(groups).toHaveCount(7)
  return (await groups.allInnerTexts()).join('')
}

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
  // A template in an empty form first appears as the person would see it, and can then be changed.
  await expect(report.locator('.as-seen')).toContainText('Жазганыңыз үчүн рахмат')
  await button(page, 'staff.answer.change').click()
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
  // Without words, the field shows an error and has the focus.
  await button(page, 'staff.letter.store').click()
  await expect(field).toBeFocused()
  await expect(field).toHaveAccessibleDescription(new RegExp(words('staff.error.text_empty')))
  await field.fill('Эшикке келип айтты 5521')
  await page.getByText(words('staff.letter.danger')).click()
  await page.getByLabel(words('staff.contact.avoid')).fill('Үйгө барбаңыз')

  await page.context().setOffline(true)
  await expect(page.locator('.offline-line')).not.toBeEmpty()
  await page.context().setOffline(false)
  await expect(page.locator('.offline-line')).toBeEmpty()

  await lockAndUnlock(page)
  await openScreen(page, 'staff.screen.letter')
  await expect(field).toHaveValue('Эшикке келип айтты 5521')

  await button(page, 'staff.letter.store').click()
  await expect(page.getByText(words('staff.error.unavailable'))).toBeVisible()
  await expect(field).toHaveValue('Эшикке келип айтты 5521')
  await expect(page.getByLabel(words('staff.contact.avoid'))).toHaveValue('Үйгө барбаңыз')

  isRefused = false
  await button(page, 'staff.letter.store').click()
  const number = await numberOn(page)
  expect(number).toMatch(/^\d{28}$/)
  expect(sent).toHaveLength(1)
  expect(JSON.stringify(sent)).not.toContain(number)

  await page.goBack()
  await expect(page.getByText(words('staff.letter.number.leave'))).toBeVisible()
  await button(page, 'staff.letter.stay').click()
  await expect(page.locator('.groups li')).toHaveCount(7)
  await lockAndUnlock(page)
  await openScreen(page, 'staff.screen.letter')
  expect(await numberOn(page)).toBe(number)
  await page.goBack()
  await button(page, 'staff.letter.let_go').click()
  await expect(page.locator('.groups')).toHaveCount(0)
  await openScreen(page, 'staff.screen.letter')
  await expect(field).toHaveValue('')
  await page.unroute('**/api/staff/letters')
})

test('A number survives a lock in the middle of storing, and the letter is stored once', async ({
  browser,
  staff: { page },
}) => {
  let arrived = 0
  await page.route('**/api/staff/letters', async (route) => {
    const response = await route.fetch()
    arrived += response.ok() ? 1 : 0
    // The response is lost, and the colleague locks the app while the request is on its way.
    await route.abort('connectionreset')
  })
  await openScreen(page, 'staff.screen.letter')
  const text = 'Телефондо айтты 5522'
  await page.getByLabel(words('staff.letter.text')).fill(text)
  const lost = page.waitForEvent('requestfailed')
  await button(page, 'staff.letter.store').click()
  await lockAndUnlock(page)
  await lost
  await page.unroute('**/api/staff/letters')

  await openScreen(page, 'staff.screen.letter')
  await expect(page.getByLabel(words('staff.letter.text'))).toHaveValue(text)
  await button(page, 'staff.letter.store').click()
  const number = await numberOn(page)
  await button(page, 'staff.letter.open').click()
  await expect(page.locator('.thread')).toContainText(text)
  expect(arrived).toBe(1)
  await answer(page, 'Биз Сизди уктук 5523')
  const phone = await newPhone(browser)
  await askForReplies(phone.page, 'ky', number)
  await expect(phone.page.locator('#messages')).toContainText('5523')
  await phone.context.close()
})

test('A menu that was opened while a report is loading stays open', async ({ staff: { page } }) => {
  const text = 'Меню ачылып турат 5524'
  await sendSealedReport({ text }, [])
  await showReport(page, text)
  await page.route(/\/api\/staff\/reports\/[\w-]+$/, async (route) => {
    const response = await route.fetch()
    await expect(page.locator('.menu[open]')).toBeVisible()
    await route.fulfill({ response })
  })
  await button(page, 'staff.lock').click()
  await button(page, 'staff.locked.passkey').click()
  await page.locator('summary', { hasText: words('staff.menu') }).click()
  await expect(page.locator('.thread')).toContainText(text)
  await expect(page.locator('.menu[open]')).toBeVisible()
  // A second request for the case may still be on its way.
  await page.unrouteAll({ behavior: 'wait' })
})
