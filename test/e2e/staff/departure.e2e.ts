// Tests that a departure with real cases runs to completion unattended. All remaining colleagues
// can still open the case, and words that they write in the meantime are kept. Also tests how an
// interrupted step continues.
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { fillAndSend, tell, writeFollowUp } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { testDir } from '#scripts/shared/paths'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { certifyKeeper } from '../support/keeper.ts'
import {
  buttonOf,
  isInWorkspace,
  joinAsReader,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'
import { SLOW } from '../support/soak.ts'

// The tests share one team and its case, so they run in order. Each test can also run alone.
test.describe.configure({ mode: 'serial' })

const FIRST = 'Бизди жатаканага камап коюшту, 5511'
const NOTE = 'Жатакана Ошто, 5512'

let team: Team
let nurbek: Page
let asel: Page
let receipt: string
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'departure')
  await certifyKeeper(join(testDir, 'departure'), team.aigul)
  nurbek = await joinAsReader(team, 'Нурбек')
  asel = await joinAsReader(team, 'Асел')
  const reporter = await newReporter()
  receipt = await tell(reporter, 'ky', FIRST)
  await reporter.context().close()
  await openScreen(nurbek, 'staff.screen.reports')
  await showReport(nurbek, FIRST)
  await nurbek.getByLabel(words('staff.notes.text')).fill(NOTE)
  await buttonOf(nurbek, 'staff.notes.save').click()
  await expect(nurbek.locator('.notes').getByText(NOTE)).toBeVisible()
})
test.afterAll(() => team.stop())

async function newReporter(): Promise<Page> {
  const context = await team.aigul.context().browser()?.newContext({ baseURL: team.server.origin })
  if (!context) throw new Error('the browser is open')
  return context.newPage()
}

async function endAccess(name: string): Promise<void> {
  await openScreen(team.aigul, 'staff.screen.people')
  await buttonOf(team.aigul, 'staff.people.remove.name', { name }).click()
  await buttonOf(team.aigul, 'staff.people.remove.go', { name }).click()
}

const isDone = (page: Page) =>
  expect(page.getByText(words('staff.keys.done.departure'))).toBeVisible({ timeout: 60_000 })

const line = (page: Page) => page.locator('.key-line.alarm p')

/** Expects the case to show its note and this follow-up, signed by members of the team. */
async function seesCase(page: Page, followUp: string): Promise<void> {
  await openScreen(page, 'staff.screen.reports')
  await showReport(page, FIRST)
  const report = page.locator('.report')
  await expect(report.locator('.notes li')).toContainText(NOTE)
  await expect(report.getByText(followUp, { exact: true })).toBeVisible()
  await expect(report.locator('.doubt')).toHaveCount(0)
  await expect(report.locator('[role=alert] p')).toHaveCount(0)
}

const generationsOf = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const read = async (path: string): Promise<unknown> => (await fetch(path)).json()
    const { team } = (await read('/api/staff/me')) as { team: { generation: number }[] }
    return team.map(({ generation }) => generation)
  })

test('R24: A departure ends by itself, and the case opens to everybody who stays', async () => {
  const leaver = await joinAsReader(team, 'Жаңыл')
  await openScreen(leaver, 'staff.screen.reports')
  await showReport(leaver, FIRST)
  const early = await newReporter()
  await early.goto('/ky/tell/')
  await expect(early.locator('label[for=yes]')).toBeVisible()

  await endAccess('Жаңыл')
  await isDone(team.aigul)
  await expect(line(team.aigul)).toHaveCount(0)
  expect(await generationsOf(team.aigul)).toEqual([2])

  expect(await leaver.evaluate(async () => (await fetch('/api/staff/me')).status)).toBe(401)
  await buttonOf(leaver, 'staff.queue.reload').click()
  await expect(buttonOf(leaver, 'staff.signin.go')).toBeVisible()
  await expect(leaver.getByText(FIRST)).toHaveCount(0)

  const begun = 'Баракты мурда ачкам, 5513'
  await fillAndSend(early, 'ky', begun, '')
  await openScreen(team.aigul, 'staff.screen.reports')
  await showReport(team.aigul, begun)
  const reporter = await newReporter()
  await writeFollowUp(reporter, 'ky', receipt, 'Дагы эле ошол жердебиз, 5514')
  await seesCase(nurbek, 'Дагы эле ошол жердебиз, 5514')
  await seesCase(asel, 'Дагы эле ошол жердебиз, 5514')
  for (const page of [reporter, early]) await page.context().close()
})

test('R24: An act that a reload cuts between two steps goes on by one press', SLOW, async () => {
  await joinAsReader(team, 'Тилек')
  const [before = 0, ...more] = await generationsOf(team.aigul)
  expect(more).toEqual([])
  let hold: () => void = () => undefined
  const held = new Promise<void>((asked) => (hold = asked))
  // The request never leaves this browser.
  await team.aigul.route('**/api/staff/case-keys/rewrap', () => hold())
  await endAccess('Тилек')
  await held
  await expect(team.aigul.locator('.steps [aria-current=step]')).toContainText(
    words('staff.departure.step.rewrap'),
  )
  for (const width of [360, 1280]) {
    await team.aigul.setViewportSize({ width, height: 800 })
    await expectAccessible(team.aigul)
    await expectNoSideways(team.aigul)
  }
  await team.aigul.reload()
  await team.aigul.unrouteAll()
  await buttonOf(team.aigul, 'staff.locked.passkey').click()
  await isInWorkspace(team.aigul)
  await expect(line(team.aigul)).toBeVisible()
  expect(await generationsOf(team.aigul)).toEqual([before, before + 1])

  await buttonOf(team.aigul, 'staff.departure.go').click()
  await isDone(team.aigul)
  await expect(line(team.aigul)).toHaveCount(0)
  expect(await generationsOf(team.aigul)).toEqual([before + 1])
  await buttonOf(team.aigul, 'staff.keys.to_cases').click()
  await expect(team.aigul.locator('#queue-title')).toBeVisible()
  const reporter = await newReporter()
  await writeFollowUp(reporter, 'ky', receipt, 'Бизди коё беришти, 5515')
  for (const page of [team.aigul, nurbek, asel]) await seesCase(page, 'Бизди коё беришти, 5515')
  await reporter.context().close()
})
