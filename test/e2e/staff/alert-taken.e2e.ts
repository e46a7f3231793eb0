// Tests an alert between two colleagues: one takes the alert, and the other sees who has it. The
// server also lies to a colleague about the alert.
import { expect, test, type Page } from '@playwright/test'
import { tell } from '#scripts/browser/report'
import { OpenAlerts, type ShownAlert } from '#protocol/staff/alerts/alerts'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { enterAgain, writeNote } from '../support/shown-case.ts'
import { buttonOf, joinAsReader, makeTeam, words, type Team } from '../support/team.ts'

const WORDS = 'Эшикти кулпулап коюшту 7471'
const SECOND = 'Паспортумду алып коюшту 7472'
const THIRD = 'Терезеден кача албайм 7473'
const OPEN = '**/api/staff/alerts/open'
/** The script that shows open alerts. */
const CODE = '**/_astro/alert-line.*'
/** A minute that nobody signed when taking an alert. */
const LATER = '2030-01-01T00:00Z'

// The tests share one team and its alerts, so they run in order.
test.describe.configure({ mode: 'serial' })

let team: Team
let aigul: Page
let bermet: Page
/** changes each response about alerts that Aigul's browser receives */
let lie = (told: OpenAlerts): OpenAlerts => told
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'alert-taken')
  aigul = team.aigul
  bermet = await joinAsReader(team, 'Бермет')
  await aigul.route(OPEN, async (route) => {
    const answer: unknown = await (await route.fetch()).json()
    await route.fulfill({ json: lie(OpenAlerts.parse(answer)) })
  })
})
test.afterAll(async () => {
  await aigul.unrouteAll({ behavior: 'wait' })
  await team.stop()
})

const openLine = (page: Page) => page.getByRole('alert').and(page.locator('.alert'))
const takenLine = (page: Page) => page.locator('.alert-taken')
const letterOn = (page: Page, text: string) =>
  page.locator('.report').getByText(text).filter({ visible: true }).first()
const take = (page: Page) => buttonOf(page, 'staff.alert.take')
const giveBack = (page: Page) => buttonOf(page, 'staff.alert.give_back')
/** The sentence about a taken alert, without its time. */
const heldBy = (who: string): RegExp => {
  const [before = '', after = ''] = words('staff.alert.taken', { who, at: '#' }).split('#')
  return new RegExp(`${escaped(before)}\\d\\d:\\d\\d${escaped(after)}`)
}
const escaped = (text: string): string => text.replace(/[().?*+]/g, '\\$&')

async function tellDanger(text: string): Promise<void> {
  const context = await team.aigul.context().browser()?.newContext({ baseURL: team.server.origin })
  const page = await context?.newPage()
  if (page) await tell(page, 'ky', text)
  await context?.close()
}
const fetched = (page: Page, path: string): Promise<unknown> =>
  page.evaluate(async (from): Promise<unknown> => (await fetch(from)).json(), `/api/staff/${path}`)
/** Makes the tab poll for news, as it does when a person returns to it. */
const wake = (page: Page): Promise<void> =>
  page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))

test('Who takes an alert has its case on the screen, and the others read who has it', async () => {
  await tellDanger(WORDS)
  for (const page of [aigul, bermet]) {
    await wake(page)
    await expect(take(page)).toBeVisible()
  }
  await take(aigul).click()
  await expect(letterOn(aigul, WORDS)).toBeVisible()
  await expect(aigul.locator('#report-title')).toBeFocused()
  const [alert] = OpenAlerts.parse(await fetched(aigul, 'alerts/open')).alerts
  const { item } = StoredCase.parse(await fetched(aigul, `reports/${alert?.case ?? ''}`))
  expect(item).toMatchObject({ status: 'in_progress', assignee: alert?.taken?.by })
  await expect(giveBack(aigul)).toBeVisible()
  await wake(bermet)
  await expect(takenLine(bermet)).toContainText(heldBy('Айгүл'))
  await expect(openLine(bermet)).toBeEmpty()
  await expect(take(bermet)).toHaveCount(0)
  await expectAccessible(bermet, 'all')
})

test('A colleague who gives an alert back shows it to all, and another one takes it', async () => {
  await giveBack(aigul).click()
  await expect(takenLine(aigul)).toBeEmpty()
  await wake(bermet)
  await take(bermet).click()
  await expect(letterOn(bermet, WORDS)).toBeVisible()
  await expect(takenLine(bermet)).toContainText(heldBy('Бермет'))
  // Aigul still sees the alert as open, and then learns who took it first.
  await take(aigul).click()
  await expect(takenLine(aigul)).toContainText(heldBy('Бермет'))
  await expect(take(aigul)).toHaveCount(0)
})

test('A note of the taker ends the line for all', async () => {
  await writeNote(bermet, 'Чалдым, үйүндө экен')
  await expect(takenLine(bermet)).toBeEmpty()
  await wake(aigul)
  await expect(takenLine(aigul)).toBeEmpty()
})

test('A server that says that a colleague took an alert hides no danger', async () => {
  await tellDanger(SECOND)
  await wake(aigul)
  await expect(take(aigul)).toBeVisible()
  await wake(bermet)
  await take(bermet).click()
  await wake(aigul)
  await expect(takenLine(aigul)).toContainText(heldBy('Бермет'))
  for (const changed of [
    ({ taken, ...alert }: ShownAlert) => ({ ...alert, taken: taken && { ...taken, at: LATER } }),
    (alert: ShownAlert) => ({ ...alert, id: 'A'.repeat(22) }),
  ]) {
    lie = ({ alerts, ...rest }) => ({ ...rest, alerts: alerts.map(changed) })
    await wake(aigul)
    await expect(openLine(aigul)).toContainText(words('staff.danger'))
    await expect(take(aigul)).toBeVisible()
    await expect(takenLine(aigul)).toBeEmpty()
  }
})

test('A taking without an act becomes red, and a colleague may take it over', async () => {
  lie = (told) => ({ ...told, dangerMinutes: 0 })
  await wake(aigul)
  await expect(takenLine(aigul)).toContainText(heldBy('Бермет'))
  await aigul.setViewportSize({ width: 360, height: 640 })
  await expectNoSideways(aigul)
  await take(aigul).click()
  await expect(letterOn(aigul, SECOND)).toBeVisible()
  await expect(takenLine(aigul)).toContainText(heldBy('Айгүл'))
})

test('A colleague sees that there is danger while the code of the alert is missing', async () => {
  await tellDanger(THIRD)
  await bermet.route(CODE, (route) => route.abort())
  await enterAgain(bermet)
  const [before = ''] = words('staff.alert.open', { since: '#' }).split('#')
  await expect(openLine(bermet)).toContainText(words('staff.danger'))
  await expect(openLine(bermet)).toContainText(before)
  await expectAccessible(bermet, 'all')
  await bermet.unroute(CODE)
  // The next attempt, triggered by a press or by the app, loads the code.
  await expect(async () => {
    if (await take(bermet).isVisible()) return
    await buttonOf(bermet, 'staff.again').click({ timeout: 1000 })
    await expect(take(bermet)).toBeVisible({ timeout: 2000 })
  }).toPass()
  await take(bermet).click()
  await expect(letterOn(bermet, THIRD)).toBeVisible()
  await expect(takenLine(bermet)).toContainText(heldBy('Бермет'))
})
