// Tests who is called at night in case of danger: two devices, a webhook, and one person without a
// device. The rota's night begins in the hour in which the test runs.
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { localMs } from '#content/clock.ts'
import { DAY_MS } from '#protocol/limits'
import { nightAt } from '#protocol/staff/alerts/rota'
import { tell } from '#scripts/browser/report'
import { testDir } from '#scripts/shared/paths'
import { clockOf } from '#scripts/start/running'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { WHOLE } from '../support/phone.ts'
import { imitateProvider, pathOfDevice, redirectPushCalls } from '../support/push-service.ts'
import { makeReceiver, type Receiver } from '../support/receiver.ts'
import { isNoted, writeNote } from '../support/shown-case.ts'
import { buttonOf, joinAsReader, makeTeam, openScreen, words, type Team } from '../support/team.ts'
import { openTextSession, setTextSize } from '../support/text-size.ts'

// Headless Chromium does not support Web Push.
test.use({ launchOptions: WHOLE })
// The tests share one team and its alert, so they run in order.
test.describe.configure({ mode: 'serial', timeout: 120_000 })

const [BERMET, ZHANYL] = ['Бермет', 'Жаңыл'] as const
const WORDS = 'Түнү эшикти бузуп жатышат 8101'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const [FIRST, SECOND] = ['/first', '/second']
const [OF_AIGUL, OF_BERMET] = [pathOfDevice('aigul'), pathOfDevice('bermet')]

let receiver: Receiver
let team: Team
let bermet: Page
let zhanyl: Page
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  receiver = await makeReceiver()
  await receiver.start()
  const vars = {
    PUSH_SECRET: 'x'.repeat(43),
    ALERT_FIRST: `json ${receiver.url}${FIRST}`,
    ALERT_SECOND: `ntfy ${receiver.url}${SECOND}`,
  }
  const workers = redirectPushCalls(join(testDir, 'night-calls-workers'), receiver.url)
  team = await makeTeam(browser, 'night-calls', vars, workers)
  bermet = await joinAsReader(team, BERMET)
  zhanyl = await joinAsReader(team, ZHANYL)
})
test.afterAll(async () => {
  await team.stop()
  await receiver.stop()
})

/** Returns the paths that were called since the last check. */
const called = (): string[] => receiver.received.splice(0).map(({ path }) => path)
/** Triggers the edge's scheduled job. @returns the paths that it called */
async function clockAt(minutes: number): Promise<string[]> {
  const time = Date.now() + minutes * MINUTE_MS
  expect((await fetch(`${clockOf(team.server.origin)}?time=${time}`)).status).toBe(200)
  return called().sort()
}

async function switchOn(page: Page, name: string): Promise<void> {
  await imitateProvider(page, team.server.staffOrigin, name)
  await openScreen(page, 'staff.screen.alerts')
  await buttonOf(page, 'staff.device.on').click()
  await buttonOf(page, 'staff.device.test').click()
  await expect(page.getByText(words('staff.device.outcome.reached'))).toBeVisible()
  expect(called()).toEqual([pathOfDevice(name)])
}

const openLine = (page: Page) => page.getByRole('alert').and(page.locator('.alert'))
const letterOn = (page: Page) =>
  page.locator('.report').getByText(WORDS).filter({ visible: true }).first()
const takenLine = (page: Page) => page.locator('.alert-taken')
/** Makes the tab poll for news, as it does when a person returns to it. */
const wake = (page: Page): Promise<void> =>
  page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))

/** Expects a line to stay in sight after a person on a small phone has scrolled to the end. */
async function isInSight(page: Page, line: Locator): Promise<void> {
  await page.setViewportSize({ width: 360, height: 640 })
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await expect(line).toBeInViewport({ ratio: 1 })
  // At the largest text size that keeps the line in sight, half of the window remains for the case.
  const cdp = await openTextSession(page)
  await setTextSize(cdp, 130)
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await expect(line).toBeInViewport()
  expect((await line.boundingBox())?.height).toBeLessThanOrEqual(320)
  await setTextSize(cdp, 100)
  await page.evaluate(() => scrollTo(0, 0))
}

async function expectFit(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 640 })
  await expectAccessible(page)
  await expectNoSideways(page)
  await page.setViewportSize({ width: 1280, height: 800 })
}

test('The test of a device calls that device, and the rota says who has none', async () => {
  const { aigul } = team
  await switchOn(bermet, 'bermet')
  await switchOn(aigul, 'aigul')
  const from = Math.floor((localMs(Date.now()) % DAY_MS) / HOUR_MS)
  const until = (from + 3) % 24
  for (const [page, key] of [
    [bermet, 'staff.quiet'],
    [aigul, 'staff.duty'],
  ] as const) {
    if (key === 'staff.quiet') await page.getByLabel(words('staff.quiet.has')).check()
    else await buttonOf(page, 'staff.duty.change').click()
    await page.getByLabel(words(`${key}.from`), { exact: true }).selectOption(String(from))
    await page.getByLabel(words(`${key}.until`), { exact: true }).selectOption(String(until))
  }
  await buttonOf(bermet, 'staff.quiet.save').click()
  await expect(bermet.getByText(words('staff.quiet.saved'))).toBeVisible()
  const rota = { nightFrom: from, nightUntil: until, nights: [], days: [] }
  const tonight = words(`staff.duty.night.${nightAt(rota, localMs(Date.now())) ?? 0}`)
  for (const [place, label] of [
    ['first', ZHANYL],
    ['then', BERMET],
  ] as const)
    await aigul.getByLabel(`${tonight}: ${words(`staff.duty.${place}`)}`).selectOption({ label })
  await buttonOf(aigul, 'staff.duty.save').click()
  await expect(aigul.getByText(words('staff.duty.saved'))).toBeVisible()
  await expect(aigul.locator('.rota [aria-current] dd')).toHaveText(
    `${words('staff.duty.no_device', { who: ZHANYL })} → ${BERMET}`,
  )
  await expect(aigul.locator('.duty-path li')).toHaveText([
    BERMET,
    words('staff.duty.all', { n: '2' }),
  ])
  for (const page of [aigul, bermet]) await expectFit(page)
  // The list also shows that Bermet is called, even if it was open before she had a device.
  const who = `${words('staff.duty.no_device', { who: ZHANYL })} → ${BERMET}`
  await openScreen(aigul, 'staff.screen.reports')
  await zhanyl.clock.setFixedTime(Date.now() + 3 * MINUTE_MS)
  for (const page of [aigul, zhanyl]) {
    await wake(page)
    await expect(page.locator('.duty-line p')).toHaveText(words('staff.duty.line', { who }))
  }
  await zhanyl.clock.setFixedTime(Date.now())
  await openScreen(aigul, 'staff.screen.alerts')
})

test('Danger at night calls a webhook and the next on the rota, and at last everybody', async ({
  browser,
}) => {
  const phone = await browser.newContext({ baseURL: team.server.origin })
  await tell(await phone.newPage(), 'ky', WORDS)
  await phone.close()
  await expect.poll(() => receiver.received.length).toBe(2)
  // Bermet has quiet hours now.
  expect(called().sort()).toEqual([OF_BERMET, FIRST])
  expect(await clockAt(5)).toEqual([])
  expect(await clockAt(11)).toEqual([OF_AIGUL, OF_BERMET, FIRST])
  expect(await clockAt(22)).toEqual([OF_AIGUL, OF_BERMET, FIRST, SECOND])
})

test('While nobody acts, each page says in red that nobody has the alert', async () => {
  const [before = ''] = words('staff.alert.open', { since: '#' }).split('#')
  for (const page of [team.aigul, bermet, zhanyl]) {
    await wake(page)
    await expect(openLine(page)).toContainText(before)
    await isInSight(page, openLine(page))
    await expectFit(page)
  }
})

test('Who takes an alert and does nothing is called again, and another takes over', async () => {
  const { aigul } = team
  await buttonOf(aigul, 'staff.alert.take').click()
  await expect(letterOn(aigul)).toBeVisible()
  expect(await clockAt(10)).toEqual([])
  expect(await clockAt(16)).toEqual([OF_AIGUL])
  expect(await clockAt(27)).toEqual([OF_BERMET, FIRST])
  for (const page of [bermet, zhanyl]) {
    // An occasional key press keeps the app unlocked.
    for (const minutes of [8, 16]) {
      await page.clock.setFixedTime(Date.now() + minutes * MINUTE_MS)
      await page.keyboard.press('Shift')
    }
    await wake(page)
    await expect(takenLine(page)).toContainText('Айгүл')
    await isInSight(page, takenLine(page).locator('.alert:not(.calm)'))
    await expectFit(page)
    await page.clock.setFixedTime(Date.now())
  }
  await buttonOf(bermet, 'staff.alert.take').click()
  await expect(letterOn(bermet)).toBeVisible()
  for (const page of [aigul, zhanyl]) {
    await wake(page)
    await expect(takenLine(page)).toContainText(BERMET)
    await expect(buttonOf(page, 'staff.alert.take')).toHaveCount(0)
  }
  await writeNote(bermet, 'Полиция барды 8102')
  await isNoted(bermet, 'Полиция барды 8102')
  for (const page of [aigul, bermet, zhanyl]) {
    await wake(page)
    await expect(takenLine(page)).toBeEmpty()
    await expect(openLine(page)).toBeEmpty()
  }
  for (const minutes of [38, 50, 400]) expect(await clockAt(minutes)).toEqual([])
})
