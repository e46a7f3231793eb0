// Tests that the tables for a year can leave the organisation. Enough people are helped, and the
// team's clocks are moved past the end of the year. Then two readers press the button that lets the
// tables leave, and both browsers show who was first. In a throw-away organisation, the app does
// not offer that button.
import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { localDayOf } from '#content/clock.ts'
import { FEWEST } from '#protocol/staff/figures'
import { HELP_KINDS, type HelpKind } from '#site/staff/crypto/case-entry.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { PHONE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { TeamClock } from '../support/team-clock.ts'
import { buttonOf, joinAsReader, makeTeam, openScreen, words, type Team } from '../support/team.ts'
import { wake } from '../support/who-has.ts'

// The tests share one year, so they run in order.
test.describe.configure({ mode: 'serial', timeout: 240_000 })

const FOLDER = 'figures-leave'
const YEAR = localDayOf(Date.now()).slice(0, 4)
/** Noon on the first day after the end of the year. */
const AFTER = Date.parse(`${String(Number(YEAR) + 1)}-01-01T12:00+06:00`)
const MINUTE_MS = 60_000
/** The kind of help that each person receives: both groups are large enough to be named. */
const KINDS = Array.from({ length: 2 * FEWEST + 1 }, (_, n): HelpKind =>
  n % 2 === 0 ? 'legal' : 'medical',
)

let team: Team
let clock: TeamClock
let aigul: Page
let bermet: Page
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, FOLDER)
  clock = new TeamClock(team, FOLDER)
  aigul = team.aigul
  bermet = await joinAsReader(team, 'Бермет')
})
test.afterAll(async () => {
  await clock.stop()
  await team.stop()
})

const say = (key: string, fill: Record<string, string> = {}): string =>
  words(`staff-figures.${key}`, fill)
const leaving = (page: Page): Locator => page.locator('section[aria-labelledby=leaving-title]')
const leave = (page: Page): Locator =>
  leaving(page).getByRole('button', { name: say('leave.go', { year: YEAR }), exact: true })
const ofYear = (page: Page): Locator => page.getByLabel(say('year'), { exact: true })
const table = (page: Page, name: string): Locator =>
  leaving(page).getByRole('region', { name: say(`table.${name}`), exact: true })

const kind = (key: string): string => words(`staff.help.kind.${key}`)
/** The line that merges the smaller group with the kinds of help that nobody received. */
const MERGED = `${HELP_KINDS.filter((each) => each !== 'legal')
  .map(kind)
  .join('; ')}10`

async function openYear(page: Page): Promise<void> {
  await openScreen(page, 'staff.screen.figures')
  await ofYear(page).selectOption(YEAR)
}

/** Records help in the open case, and goes on to the next case in the list. */
async function helpAndGoOn(page: Page, help: HelpKind): Promise<void> {
  await expect(page.locator('#thread-title')).toBeVisible()
  await buttonOf(page, 'staff.help.add').click()
  await buttonOf(page, `staff.help.kind.${help}`).click()
  await expect(page.getByText(words('staff.help.saved'))).toBeVisible()
  await expect(page.locator('#help-given-title')).toBeFocused()
  await page.keyboard.press('j')
}

/** Removes the mark of a throw-away organisation whenever the page loads from now on. */
const becomeReal = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      document.getElementById('app')?.removeAttribute('data-trial')
    })
  })

/** Expects that the page shows the tables that left, and no longer offers the button. */
async function expectLeft(page: Page): Promise<void> {
  const [before = '', who = ''] = say('leave.left', { at: '#', who: 'Айгүл' }).split('#')
  await expect(leaving(page).getByText(who, { exact: false }).first()).toContainText(before)
  await expect(leaving(page)).toContainText(`01.01.${String(Number(YEAR) + 1)}`)
  await expect(leave(page)).toHaveCount(0)
  await expectTables(page)
}

/** Expects that the table of help names groups, and that the table by sex gives no numbers. */
async function expectTables(page: Page): Promise<void> {
  await expect(leaving(page)).toContainText(say('leave.people', { n: '25' }))
  await expect(table(page, 'help').locator('tr')).toHaveText([`${kind('legal')}10`, MERGED])
  await expect(table(page, 'sex')).toContainText(say('leave.unsaid'))
}

test('Enough people are helped before the year ends, and nothing may leave yet', async () => {
  await buttonOf(aigul, 'staff.back').click()
  for (const [n, help] of KINDS.entries())
    await sendSealedReport(
      { text: `Айлыгымды бербей коюшту ${n}, ${help}` },
      [],
      team.server.origin,
    )
  await buttonOf(aigul, 'staff.queue.reload').click()
  await aigul.locator('.queue .line').first().click()
  for (const help of KINDS) await helpAndGoOn(aigul, help)
  await aigul.keyboard.press('Escape')
  await becomeReal(aigul)
  await aigul.reload()
  await buttonOf(aigul, 'staff.locked.passkey').click()
  await openYear(aigul)
  await expect(leaving(aigul)).toContainText(say('leave.running', { year: YEAR }))
  await expect(leave(aigul)).toHaveCount(0)
})

test('A throw-away organisation offers no button after the year, a real one does', async () => {
  await clock.moveTo(AFTER, [aigul, bermet])
  await openYear(bermet)
  await expect(leaving(bermet)).toContainText(say('leave.trial'))
  await expect(leave(bermet)).toHaveCount(0)
  await becomeReal(bermet)
  // After this move, the proof of presence from signing in is too old for the press.
  await clock.moveTo(clock.now() + 10 * MINUTE_MS, [aigul, bermet])
  for (const page of [aigul, bermet]) {
    await openYear(page)
    await expect(leave(page)).toBeVisible()
    await expectTables(page)
    await expectAccessible(page)
  }
  await aigul.setViewportSize(PHONE)
  await expectNoSideways(aigul)
  await aigul.setViewportSize({ width: 1280, height: 800 })
})

test('Of two who press, one lets the tables leave, and the other sees who it was', async () => {
  const touch = (page: Page): Locator => buttonOf(page, 'staff.proof.passkey')
  for (const page of [aigul, bermet]) {
    await leave(page).click()
    await expect(touch(page)).toBeVisible()
  }
  await touch(aigul).click()
  await expectLeft(aigul)
  await expect(aigul.locator('#leaving-title')).toBeFocused()
  await expectAccessible(aigul)
  await touch(bermet).click()
  await expectLeft(bermet)
})

test('After a reload no browser offers a second press, and the file has the rows', async () => {
  for (const page of [aigul, bermet]) {
    await page.reload()
    await buttonOf(page, 'staff.locked.passkey').click()
    await openYear(page)
    await expectLeft(page)
    await wake(page)
    await expectLeft(page)
  }
  const saving = bermet.waitForEvent('download')
  await bermet
    .getByRole('button', { name: `CSV: ${say('table.help')}` })
    .last()
    .click()
  const file = await saving
  const name = [say('file.yearly'), say('file.help'), `${YEAR}.csv`].join('-')
  expect(file.suggestedFilename()).toBe(name)
  expect(
    readFileSync(await file.path(), 'utf8')
      .slice(1)
      .split('\r\n'),
  ).toEqual([
    `${say('column.what')};${say('column.n')}`,
    `${kind('legal')};10`,
    `"${MERGED.replace(/10$/, '')}";10`,
    '',
  ])
})
