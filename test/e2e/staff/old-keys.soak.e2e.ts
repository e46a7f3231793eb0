// Tests what happens 330, 380 and 400 days after an organisation's keys were made. First a reminder
// appears, then an alarm while the pages can still seal. Finally, sending fails, and the text
// remains on the page until a keeper changes the keys.
import { join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { fromB64 } from '#protocol/bytes'
import { lastDayOf } from '#protocol/keys/key-days'
import { DAY_MS } from '#protocol/limits'
import { dayNumber } from '#protocol/time'
import { askedFor, tell } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { testDir, testDist, testOrgDir } from '#scripts/shared/paths'
import { serve, type Served } from '#scripts/local/serve'
import { readOrganisation } from '#site/integrations/organisation.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { certifyKeeper } from '../support/keeper.ts'
import {
  buttonOf,
  isInWorkspace,
  makeTeam,
  openScreen,
  proveIfAsked,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one organisation, whose age increases from test to test.
test.describe.configure({ mode: 'serial' })

const state = join(testDir, 'old-keys')

let team: Team
let aigul: Page
let server: Served
let age = 0
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'old-keys')
  ;({ aigul, server } = team)
  await certifyKeeper(state, aigul)
})
test.afterAll(async () => {
  await server.stop()
  await team.stop()
})

/** Moves the device's clock ahead, starting with the next load of the page. */
const passDays = (page: Page, days: number): Promise<unknown> =>
  page.addInitScript((ms) => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + ms
  }, days * DAY_MS)

/**
 * Restarts the server with a clock that is this many days ahead, and with the same build. The
 * colleague signs in again.
 */
async function growTo(days: number): Promise<void> {
  const port = Number(new URL(server.origin).port)
  await server.stop()
  server = await serve({ state, dist: testDist, port, aheadMs: days * DAY_MS })
  await passDays(aigul, days - age)
  age = days
  await aigul.goto('/staff/')
  await buttonOf(aigul, 'staff.signin.go').click()
  await isInWorkspace(aigul)
}

async function newReporter(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, locale: 'ky-KG' })
  const page = await context.newPage()
  await passDays(page, age)
  return page
}

/** The number of days until the key in the build expires, according to the moved clock. */
async function daysLeft(): Promise<number> {
  const { manifest } = await readOrganisation(Date.now(), join(testOrgDir, 'public.json'))
  return lastDayOf(fromB64(manifest)) - dayNumber(Date.now() + age * DAY_MS)
}

const line = (page: Page, tone: 'calm' | 'alarm') => page.locator(`.key-line.${tone}[role=status]`)

async function expectLine(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const viewport of [
      { width: 360, height: 640 },
      { width: 1280, height: 800 },
    ]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await expectAccessible(page)
      await expectNoSideways(page)
    }
}

/** Sends a report on a new phone, and lets the colleague read it. */
async function reportArrives(browser: Browser, text: string): Promise<void> {
  const reporter = await newReporter(browser)
  await tell(reporter, 'ky', text)
  await reporter.context().close()
  await openScreen(aigul, 'staff.screen.reports')
  await showReport(aigul, text)
}

test('After 330 days the staff are reminded calmly, and a report arrives', async ({ browser }) => {
  await growTo(330)
  const left = await daysLeft()
  const n = String(left)
  expect(left).toBeGreaterThan(14)
  await expect(line(aigul, 'calm')).toContainText(words('staff.keys.soon.epoch', { n }))
  await expectLine(aigul)
  await reportArrives(browser, 'Мени иштетип, акча төлөгөн жок, 7711')
})

test('After 380 days the staff see an alarm, and the page still seals', async ({ browser }) => {
  await growTo(380)
  expect(await daysLeft()).toBeLessThan(0)
  await expect(line(aigul, 'alarm')).toContainText(words('staff.keys.ended.epoch'))
  await expectLine(aigul)
  await reportArrives(browser, 'Үйдөн чыгарышпайт, 7712')
})

test('After 400 days the page keeps the words, until one press of a keeper', async ({
  browser,
}) => {
  await growTo(400)
  const reporter = await newReporter(browser)
  await reporter.goto('/ky/tell/')
  await reporter.locator('label[for=yes]').click()
  await (await askedFor(reporter, 'ky', reporter.getByLabel(words('tell.door.me')))).check()
  const text = await askedFor(reporter, 'ky', reporter.getByLabel(words('tell.text')))
  await text.fill('Документтеримди алып коюшту, 7713')
  const send = reporter.getByRole('button', { name: words('tell.send'), exact: true })
  await askedFor(reporter, 'ky', send)
  await send.click()
  await expect(reporter.locator('#error')).toHaveText(words('say.sealing_failed'))
  await expect(reporter.locator('#ways a[href="tel:103"]')).toBeVisible()
  await expect(text).toHaveValue('Документтеримди алып коюшту, 7713')

  await expect(line(aigul, 'alarm')).toContainText(words('staff.keys.ended.epoch'))
  await buttonOf(aigul, 'staff.keys.show').click()
  await buttonOf(aigul, 'staff.keys.open').click()
  await proveIfAsked(aigul, aigul.getByText(words('staff.keys.done.epoch')))
  await expect(aigul.getByText(words('staff.keys.ended.epoch'))).toHaveCount(0)

  await send.click()
  await expect(reporter.getByRole('heading', { name: words('done.heading') })).toBeVisible({
    timeout: 60_000,
  })
  await reporter.context().close()
  await openScreen(aigul, 'staff.screen.reports')
  await showReport(aigul, 'Документтеримди алып коюшту, 7713')
})
