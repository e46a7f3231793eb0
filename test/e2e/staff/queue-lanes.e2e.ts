// Tests that the staff list has a separate group for reports of lane B.
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')

test('A form that is sent without check is in the group of lane B', async ({ staff, request }) => {
  const posted = await request.post('/api/form/ky', { form: { text: 'лоток' } })
  expect(posted.status()).toBe(201)
  const { page } = staff
  await page.getByRole('button', { name: words('staff.queue.reload') }).click()
  const group = page.locator('.queue section').filter({
    has: page.getByRole('heading', { name: words('staff.lane.B.long') }),
  })
  await expect(group.first()).toBeVisible()
  for (const line of await group.locator('.line').allInnerTexts())
    expect(line).toContain(words('staff.lane.B'))
})
