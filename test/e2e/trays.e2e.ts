// What came without a check lies in a tray of its own in the staff's list.
import { expect, test } from './staff.ts'
import { wordsIn } from './words.ts'

const words = wordsIn('ky')

test('a form that came without a check lies in the tray of lane B', async ({ staff, request }) => {
  const posted = await request.post('/api/form/ky', { form: { text: 'лоток' } })
  expect(posted.status()).toBe(201)
  const { page } = staff
  await page.getByRole('button', { name: words('staff.queue.reload') }).click()
  const tray = page.locator('.queue section').filter({
    has: page.getByRole('heading', { name: words('staff.lane.B.long') }),
  })
  await expect(tray.first()).toBeVisible()
  for (const line of await tray.locator('.line').allInnerTexts())
    expect(line).toContain(words('staff.lane.B'))
})
