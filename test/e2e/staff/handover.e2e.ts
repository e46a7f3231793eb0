// Tests that a colleague can work through a shift that was handed over, one case after another.
import { expect, test, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import {
  buttonOf,
  isInWorkspace,
  joinAsReader,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one team and its cases, so they run in order.
test.describe.configure({ mode: 'serial' })

const CASES = ['Тигүү цехи 7101', 'Курулуш 7102', 'Күнөскана 7103']
const LONG = 'Билет алынды, бирок паспорту кожоюнда, ага чалбаңыз, кат жазыңыз. '.repeat(40)
const WORDS = [`Түнү эки жолу жазды. ${LONG}`, 'Билет алынды, ага чалбаңыз', 'Жооп күтүп жатабыз']
const NAME = 'Бермет'
const DAY_MS = 86_400_000

let team: Team
let bermet: Page
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'handover')
  bermet = await joinAsReader(team, NAME)
  for (const text of CASES) await sendSealedReport({ text }, [], team.server.origin)
  await openScreen(bermet, 'staff.screen.reports')
  for (const text of CASES) {
    await showReport(bermet, text)
    await buttonOf(bermet, 'staff.take').click()
    await expect(bermet.locator('#assignee-title')).toContainText(words('staff.assign.me'))
  }
})
test.afterAll(() => team.stop())

const rows = (page: Page) => page.locator('.shift > li')
const desk = (page: Page) => page.locator('aside.alert')
const head = (page: Page) => page.locator('.handover')

/** Requests the news, so that the index reads the changes. */
async function reload(page: Page): Promise<void> {
  await buttonOf(page, 'staff.queue.reload').click()
}

test('A shift is handed over to a colleague, one case together with the case itself', async () => {
  await openScreen(bermet, 'staff.screen.shift')
  await expect(rows(bermet)).toHaveCount(3)
  await expect(rows(bermet).first()).toContainText(words('staff.shift.without'))
  await bermet.getByLabel(words('staff.shift.whom')).selectOption({ label: 'Айгүл' })
  for (const [at, text] of CASES.entries()) {
    const row = rows(bermet).filter({ hasText: text })
    await row.getByLabel(words('staff.shift.text')).fill(WORDS[at]!)
    if (at === 0) {
      await row.getByText(words('staff.shift.with', { name: 'Айгүл' })).click()
      await expect(row).toContainText(words('staff.assign.reads.intake'))
      await expectAccessible(bermet)
      // The words, the receiver and the tick survive a lock.
      await buttonOf(bermet, 'staff.lock').click()
      await buttonOf(bermet, 'staff.locked.passkey').click()
      await expect(row.getByLabel(words('staff.shift.text'))).toHaveValue(WORDS[at]!)
      const chosen = bermet.getByLabel(words('staff.shift.whom')).locator('option:checked')
      await expect(chosen).toHaveText('Айгүл')
      await expect(row.getByRole('checkbox')).toBeChecked()
      await expect(row).toContainText(words('staff.assign.reads.intake'))
    } else await expect(row).toContainText(words('staff.shift.without'))
    await row.getByRole('button', { name: words('staff.shift.go'), exact: true }).click()
    await expect(row.getByRole('status')).toHaveText(
      at === 0 ? words('staff.shift.saved.with', { name: 'Айгүл' }) : words('staff.shift.saved'),
    )
  }
  // The author has nothing to read.
  await openScreen(bermet, 'staff.screen.reports')
  await expect(bermet.locator('.queue .line').first()).toBeVisible()
  await expect(desk(bermet)).toHaveCount(0)
})

test('The receiver reads off the cases one after another, and the line goes', async () => {
  const { aigul } = team
  await openScreen(aigul, 'staff.screen.reports')
  await reload(aigul)
  await expect(desk(aigul)).toContainText(words('staff.handover.line', { names: NAME, n: '3' }))
  await expect(desk(aigul)).toHaveClass('alert calm')
  await expectAccessible(aigul)
  await aigul.setViewportSize({ width: 360, height: 640 })
  await expectNoSideways(aigul)
  await aigul.setViewportSize({ width: 1280, height: 800 })

  await buttonOf(aigul, 'staff.handover.go').click()
  const seen: string[] = []
  for (const n of [1, 2, 3]) {
    await expect(head(aigul)).toContainText(words('staff.handover.place', { n: String(n), m: '3' }))
    await expect(head(aigul)).toContainText(words('staff.handover.by', { name: NAME }))
    seen.push(await head(aigul).innerText())
    if (n === 1) await expectAccessible(aigul)
    const key = n < 3 ? 'staff.handover.next' : 'staff.handover.read'
    // Even a long handover leaves the button and the letters in view.
    await expect(buttonOf(aigul, key)).toBeInViewport()
    await expect(aigul.locator('.thread li').first()).toBeInViewport()
    await buttonOf(aigul, key).click()
  }
  for (const each of WORDS)
    expect(seen.filter((text) => text.includes(each.slice(0, 20)))).toHaveLength(1)
  await expect(head(aigul)).toHaveText(words('staff.handover.done'))
  await expect(aigul.locator('#report-title')).toBeFocused()
  await openScreen(aigul, 'staff.screen.reports')
  await aigul.keyboard.press('Escape')
  await expect(aigul.locator('.queue .line').first()).toBeVisible()
  await expect(desk(aigul)).toHaveCount(0)
})

test('The ticked case is the receiver’s, the others stay with their holder', async () => {
  const { aigul } = team
  await showReport(aigul, CASES[0]!)
  await expect(aigul.locator('#assignee-title')).toContainText(words('staff.assign.me'))
  await expect(aigul.locator('.notes').getByText(WORDS[0]!)).toBeVisible()
  await showReport(aigul, CASES[1]!)
  await expect(aigul.locator('#assignee-title')).toContainText(NAME)
})

test('What nobody has read after a day is red for every reader, with names', async () => {
  const { aigul } = team
  await openScreen(bermet, 'staff.screen.shift')
  const row = rows(bermet).filter({ hasText: CASES[2]! })
  await row.getByLabel(words('staff.shift.text')).fill('Дагы бир сөз 7104')
  await row.getByRole('button', { name: words('staff.shift.go'), exact: true }).click()
  await expect(row.getByRole('status')).toHaveText(words('staff.shift.saved'))
  const late = Date.now() + DAY_MS + 60_000
  // The app locks when it notices that a day has passed.
  for (const page of [aigul, bermet]) {
    await page.clock.setFixedTime(late)
    await page.keyboard.press('Shift')
    await buttonOf(page, 'staff.locked.passkey').click()
    await isInWorkspace(page)
  }
  const way = words('staff.handover.from', { from: NAME, to: words('staff.shift.all') })
  for (const page of [aigul, bermet]) {
    await openScreen(page, 'staff.screen.reports')
    await page.keyboard.press('Escape')
    await expect(desk(page)).toContainText(words('staff.handover.late', { names: way, n: '1' }))
    await expect(desk(page)).toHaveClass('alert')
  }
})
