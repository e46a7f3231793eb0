// Tests the line that says since when the server cannot be reached. The list stays on the screen.
import type { Route } from '@playwright/test'
import { expect, test } from '../support/staff.ts'
import { words } from '../support/team.ts'

const [before = ''] = words('staff.offline').split('{at}')

test('The app says that the server cannot be reached, until the server answers again', async ({
  staff: { page },
}) => {
  const line = page.getByText(before)
  const counts = /\/api\/staff\/counts/
  /** Makes the app ask for the counts at once, as a browser does that finds its network again. */
  const ask = (answer: (route: Route) => Promise<void>) =>
    test.step('ask', async () => {
      await page.route(counts, answer)
      const asked = page.waitForRequest(counts)
      await page.evaluate(() => dispatchEvent(new Event('online')))
      await asked
      await page.unroute(counts)
    })
  await page.evaluate(() => dispatchEvent(new Event('offline')))
  await expect(line).toBeVisible()
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
  // An event of the browser is no answer of the server.
  await ask((route) => route.abort())
  await expect(line).toBeVisible()
  // A refusal is an answer.
  await ask((route) =>
    route.fulfill({ status: 503, json: { error: { code: 'unavailable', message: 'no' } } }),
  )
  await expect(line).toBeHidden()
  await page.evaluate(() => dispatchEvent(new Event('offline')))
  await expect(line).toBeVisible()
  await ask((route) => route.continue())
  await expect(line).toBeHidden()
})
