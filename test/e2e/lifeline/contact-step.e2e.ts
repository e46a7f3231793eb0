// Tests the question about safe contact: after a contact method is chosen, only its own questions
// appear.
import { askedFor } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { newPhone } from '../support/phone.ts'
import { expect, test } from '../support/staff.ts'
import { send, words, writeOn } from '../support/tell.ts'

const WRITING = 'Байланыш суроосу 4417'
const NUMBER = '+996 555 010 203'

test('Each way of contact asks its own questions, and hidden answers stay on the phone', async ({
  browser,
  staff: { page: staff },
}) => {
  const phone = await newPhone(browser)
  const { page, context } = phone
  await writeOn(phone, WRITING)
  const choice = (key: string) => page.getByLabel(words(`more.contact.${key}`), { exact: true })
  const asked = (key: string) => page.getByText(words(`more.contact.${key}`), { exact: true })
  await askedFor(page, 'ky', choice('phone'))
  for (const key of ['number', 'how', 'when', 'avoid', 'fold', 'calm'])
    await expect(asked(key)).toBeHidden()
  for (const width of [320, 360, 1280]) {
    await page.setViewportSize({ width, height: 640 })
    await expectNoSideways(page)
    const tops = await page
      .locator('.step.on label:visible')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().top))
    expect(tops).toHaveLength(3)
    expect(new Set(tops).size, `${width} px`).toBe(1)
  }

  await choice('phone').check()
  await choice('number').fill(NUMBER)
  await choice('evening').check()
  await choice('pharmacy').check()
  await asked('fold').click()
  await choice('name').fill('Айпери')
  await expectAccessible(page)

  await choice('messenger').check()
  await expect(choice('how')).toHaveValue(NUMBER)
  await expect(choice('evening')).toBeChecked()
  await expect(asked('avoid')).toBeHidden()

  await choice('here').check()
  await expect(asked('calm')).toBeVisible()
  for (const key of ['how', 'when', 'avoid', 'fold']) await expect(asked(key)).toBeHidden()
  await choice('phone').check()
  await expect(choice('number')).toHaveValue(NUMBER)
  await expect(choice('pharmacy')).toBeChecked()
  await expect(choice('name')).toHaveValue('Айпери')

  await choice('here').check()
  await send(page).click()
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeVisible()
  await context.close()

  await showReport(staff, WRITING)
  const report = staff.locator('.report')
  await expect(report).toContainText(words('more.contact.here'))
  for (const hidden of [NUMBER, words('more.contact.evening'), 'Айпери'])
    await expect(report).not.toContainText(hidden)
})
