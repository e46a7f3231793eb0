// Tests that, outside flood mode, the staff list does not separate the lanes.
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')

test('A form that is sent without check names its lane in its line only', async ({
  staff,
  request,
}) => {
  const posted = await request.post('/api/form/ky', { form: { text: 'лоток' } })
  expect(posted.status()).toBe(201)
  const { page } = staff
  await page.getByRole('button', { name: words('staff.queue.reload') }).click()
  const line = page.locator('.queue .line').filter({ hasText: words('staff.lane.B') })
  await expect(line.first()).toBeVisible()
  await expect(page.getByRole('heading', { name: words('staff.lane.B.long') })).toHaveCount(0)
})
