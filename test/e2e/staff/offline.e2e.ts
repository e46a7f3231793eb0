// Tests the line that says since when the server has been unreachable. The list stays on the
// screen.
import { expect, test } from '../support/staff.ts'
import { words } from '../support/team.ts'

const COUNTS = '/api/staff/counts'
const [before = ''] = words('staff.offline').split('{at}')

test('The app says that the server cannot be reached, until the server answers again', async ({
  staff: { page },
}) => {
  const line = page.getByText(before)
  const lose = async (): Promise<void> => {
    await page.evaluate(() => dispatchEvent(new Event('offline')))
    await expect(line).toBeVisible()
    await expect(page.locator('.queue')).toBeVisible()
  }
  /** The app requests the counts immediately, as it does when the browser is back online. */
  const find = () => page.evaluate(() => dispatchEvent(new Event('online')))

  // A refusal also counts as a response.
  await page.route(`**${COUNTS}*`, (route) =>
    route.fulfill({ status: 503, json: { error: { code: 'unavailable' } } }),
  )
  await lose()
  await find()
  await expect(line).toBeHidden()

  // A browser event does not count as a response from the server.
  await page.unroute(`**${COUNTS}*`)
  await page.route(`**${COUNTS}*`, (route) => route.abort())
  await lose()
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes(COUNTS))
  await find()
  await failed
  await expect(line).toBeVisible()

  await page.unroute(`**${COUNTS}*`)
  await find()
  await expect(line).toBeHidden()
})
