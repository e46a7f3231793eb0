// Walks a caseworker through every screen available to caseworkers. The edge refuses none of the
// requests, because the app sends only requests that a caseworker's role allows.
import { expect, test, type Page } from '@playwright/test'
import { answer, showReport } from '#scripts/browser/show-report'
import { sendSealedReport } from '../support/sealed-report.ts'
import {
  buttonOf,
  isInWorkspace,
  joinAs,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'

const TEXT = 'Курулушта паспортубузду алып коюшту 9171'
const NAME = 'Чолпон'
const SCREENS = ['reports', 'shift', 'register', 'help', 'log', 'own'] as const

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'caseworker-day')
})
test.afterAll(() => team.stop())

/** Collects a page's requests that the edge refuses, and counts all requests of the page. */
function watchRequests(page: Page): { refused: string[]; paths: string[] } {
  const seen = { refused: [] as string[], paths: [] as string[] }
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    seen.paths.push(pathname)
    if (response.status() >= 400) seen.refused.push(`${String(response.status())} ${pathname}`)
  })
  return seen
}

async function giveCase(page: Page, name: string): Promise<void> {
  await buttonOf(page, 'staff.assign.give').click()
  await page.locator('.assignee .choice').filter({ hasText: name }).click()
  await buttonOf(page, 'staff.assign.go', { name }).click()
  await expect(page.getByText(words('staff.assign.done'))).toBeVisible()
}

/** Locks the app, waits for its first poll, and unlocks it with the passkey. */
async function lockAndUnlock(page: Page): Promise<void> {
  const polled = page.waitForResponse(/\/api\/staff\/counts/)
  await buttonOf(page, 'staff.lock').click()
  await polled
  await buttonOf(page, 'staff.locked.passkey').click()
  await isInWorkspace(page)
}

test('No request of a caseworker is refused in a day on all of their screens', async () => {
  test.setTimeout(300_000)
  const { aigul } = team
  const cholpon = await joinAs(team, 'caseworker', NAME)
  const seen = watchRequests(cholpon)
  await sendSealedReport({ text: TEXT }, [], team.server.origin)
  await openScreen(aigul, 'staff.screen.reports')
  await showReport(aigul, TEXT)
  await giveCase(aigul, NAME)

  await showReport(cholpon, TEXT)
  await cholpon.getByLabel(words('staff.notes.text')).fill('Кечинде чалам 9172')
  await buttonOf(cholpon, 'staff.notes.save').click()
  await expect(cholpon.locator('.notes').getByText('9172')).toBeVisible()
  await buttonOf(cholpon, 'staff.summary.write').click()
  await cholpon.getByLabel(words('staff.summary.name')).fill('Курулуш 9173')
  await buttonOf(cholpon, 'staff.record.save').click()
  await expect(cholpon.locator('#report-title')).toHaveText('Курулуш 9173')
  await buttonOf(cholpon, 'staff.take').click()
  await expect(cholpon.getByText(words('staff.taken'))).toBeVisible()
  await answer(cholpon, 'Мен Сизге жардам берем 9174')
  await lockAndUnlock(cholpon)

  const menu = cholpon.locator('.menu nav button')
  await cholpon.locator('summary', { hasText: words('staff.menu') }).click()
  await expect(menu).toHaveText(SCREENS.map((screen) => words(`staff.screen.${screen}`)))
  await cholpon.keyboard.press('Escape')
  for (const screen of [...SCREENS, 'reports']) {
    await openScreen(cholpon, `staff.screen.${screen}`)
    await cholpon.waitForLoadState('networkidle')
  }
  await cholpon.reload()
  await buttonOf(cholpon, 'staff.locked.passkey').click()
  await isInWorkspace(cholpon)
  await expect(cholpon.locator('.queue .line')).toHaveCount(1)
  expect(seen.refused).toEqual([])
  // The test recorded the polls of the workspace and of the locked app.
  expect(seen.paths.filter((path) => path === '/api/staff/counts').length).toBeGreaterThan(2)
})
