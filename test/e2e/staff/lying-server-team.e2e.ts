// Tests that a server with its own keys cannot read titles, grants or the keys sent after a
// departure. The server also has the team key of a reader who left. Chromium runs the built app.
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { makeAccount } from '#scripts/browser/staff'
import { showReport } from '#scripts/browser/show-report'
import { testDir } from '#scripts/shared/paths'
import type { CaseKey } from '#protocol/staff/case-log/bodies'
import {
  addPublicKeys,
  feedCaseKey,
  feedRewrap,
  feedRewrapped,
  feedTeams,
  keepRewrapped,
  swapPublicKey,
} from '../support/false-answers.ts'
import { certifyKeeper } from '../support/keeper.ts'
import { LyingHost, meOf, teamKeyOf } from '../support/lying-host.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import {
  enterAgain,
  isNoted,
  isRefused,
  isStored,
  keepsNote,
  saveNote,
  showTaken,
  writeNote,
} from '../support/shown-case.ts'
import {
  buttonOf,
  confirmOn,
  invite,
  isInWorkspace,
  joinAs,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one team, one host and its keys, so they run in order.
test.describe.configure({ mode: 'serial' })

const FOLDER = 'lying-server-team'
const FORMER = 'Жаңыл'
const CASEWORKER = 'Чолпон'
const FIRST = 'Жатаканадан чыгарбай жатышат 6151'
const SECOND = 'Ресторанда акы төлөшпөйт 6152'
const THIRD = 'Кампада уктайбыз 6153'
const ENTRIES = /^POST reports\/[\w-]{22}\/entries$/
const RECORDS = /^PUT reports\/[\w-]{22}\/records$/

let team: Team
let aigul: Page
let cholpon: Page
let host: LyingHost
/** keys that the departure resealed for the host */
const kept: CaseKey[] = []

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, FOLDER)
  aigul = team.aigul
  await certifyKeeper(join(testDir, FOLDER), aigul)
  const link = await invite(aigul, ['intake'])
  const former = await team.newDevice()
  const sheet = await makeAccount(former, link, FORMER)
  await openScreen(aigul, 'staff.screen.people')
  await confirmOn(aigul, FORMER)
  await isInWorkspace(former)
  cholpon = await joinAs(team, 'caseworker', CASEWORKER)
  host = await LyingHost.make([await teamKeyOf(former, sheet)])
})
test.afterAll(async () => {
  for (const page of [aigul, cholpon]) await page.unrouteAll({ behavior: 'wait' })
  await team.stop()
})

test('R48: A departure seals nothing for the server, and ends once it is honest', async () => {
  await sendSealedReport({ text: FIRST }, [], team.server.origin)
  await openScreen(aigul, 'staff.screen.reports')
  await showReport(aigul, FIRST)
  await writeNote(aigul, 'Бир жума болду 6154')
  await isNoted(aigul, 'Бир жума болду 6154')
  await host.follow(aigul)
  // The host learns the case secret.
  await showReport(aigul, FIRST)
  const next = host.keys.teams.map(({ bytes }) => ({ generation: 2, bytes }))
  const newTeam = feedTeams(next)
  host.tell(newTeam)
  await openScreen(aigul, 'staff.screen.people')
  await buttonOf(aigul, 'staff.people.remove.name', { name: FORMER }).click()
  await buttonOf(aigul, 'staff.people.remove.go', { name: FORMER }).click()

  const card = aigul.locator('.departure')
  const goOn = buttonOf(aigul, 'staff.departure.run')
  await test.step('Nothing is sealed under a false copy of the new generation', async () => {
    await expect(card.locator('.refused')).toHaveText(words('staff.error.cannot_open'))
    expect(host.count(newTeam)).toBeGreaterThan(0)
    expect(host.countSent('case key')).toBe(0)
    expect(host.read).toEqual([])
  })
  await test.step('The server opens nothing that is sealed again, and no key ends', async () => {
    const asked = feedRewrap(host.keys)
    host.tell(asked, keepRewrapped(kept))
    await goOn.click()
    await expect(card.locator('.lost-keys')).toBeVisible()
    expect(host.count(asked)).toBeGreaterThan(0)
    expect(host.countSent('case key')).toBeGreaterThan(0)
    expect(kept.map(({ keyNo }) => keyNo)).toEqual([1, 2])
    expect((await meOf(aigul)).team.map(({ generation }) => generation)).toEqual([1, 2])
    expect(host.read).toEqual([])
  })
  await test.step('The honest server gets the true keys, and every step ends', async () => {
    host.tell()
    await goOn.click()
    await expect(aigul.getByText(words('staff.keys.done.departure'))).toBeVisible({
      timeout: 60_000,
    })
    expect((await meOf(aigul)).team.map(({ generation }) => generation)).toEqual([2])
    expect(host.read).toEqual([])
    await isStored(aigul, FIRST, 'Бир жума болду 6154')
  })
})

test('R48: A key of the server that a departure sealed again takes no note', async () => {
  const fed = feedRewrapped(host.keys, kept)
  host.tell(host.refuseOnce(ENTRIES, fed))
  const note = 'Эшиги көк, ачкычы күзөтчүдө 6155'
  await writeNote(aigul, note)
  await keepsNote(aigul, 'cannot_open', note)
  expect(host.count(fed)).toBeGreaterThan(0)
  expect(host.read).toEqual([])

  host.tell()
  const before = host.countSent('entry')
  await saveNote(aigul)
  await isNoted(aigul, note)
  expect(host.countSent('entry')).toBeGreaterThan(before)
  expect(host.read).toEqual([])
  await isStored(aigul, FIRST, note)
})

test('R48: A title is never sealed under the server’s key', async () => {
  const [teams, key] = [feedTeams(host.keys.teams), feedCaseKey(host.keys)]
  host.tell(teams)
  await enterAgain(aigul)
  await sendSealedReport({ text: SECOND }, [], team.server.origin)
  await showTaken(aigul, SECOND)
  const title = 'Ресторан, үч аял 6156'
  host.tell(teams, host.refuseOnce(RECORDS, teams, key))
  await buttonOf(aigul, 'staff.summary.write').click()
  const field = aigul.getByLabel(words('staff.summary.name'), { exact: true })
  await field.fill(title)
  await buttonOf(aigul, 'staff.record.save').click()
  await isRefused(aigul, 'cannot_open')
  await expect(field).toHaveValue(title)
  expect(host.count(teams)).toBeGreaterThan(0)
  expect(host.count(key)).toBeGreaterThan(0)
  expect(host.read).toEqual([])

  host.tell()
  await buttonOf(aigul, 'staff.record.save').click()
  await expect(aigul.locator('#report-title')).toHaveText(title)
  expect(host.countSent('record')).toBeGreaterThan(1)
  expect(host.read).toEqual([])
  await isStored(aigul, SECOND, title)
})

const give = (): Promise<void> => buttonOf(aigul, 'staff.assign.give').click()
const choice = () => aigul.locator('.assignee .choice').filter({ hasText: CASEWORKER })

test('R48: A case is never given away under the server’s key', async () => {
  await sendSealedReport({ text: THIRD }, [], team.server.origin)
  const swapped = swapPublicKey(host.keys, await meOf(cholpon))
  await test.step('Nobody gives a case by a ledger with a public key of the server', async () => {
    host.tell(swapped)
    await enterAgain(aigul)
    await expect(aigul.locator('.ledger-line')).toContainText(words('staff.ledger.what'))
    await aigul.locator('.queue button.line').first().click()
    await expect(aigul.locator('#thread-title, .report .refused').first()).toBeVisible()
    await expect(buttonOf(aigul, 'staff.assign.give')).toHaveCount(0)
    expect(host.count(swapped)).toBeGreaterThan(0)
  })
  const teams = feedTeams(host.keys.teams)
  host.tell(teams)
  await enterAgain(aigul)
  await showTaken(aigul, THIRD)
  await give()
  await choice().click()
  const go = buttonOf(aigul, 'staff.assign.go', { name: CASEWORKER })
  // The app fetches the case three times: for its letters, for the key in use and for the grants.
  for (const sealing of host.keys.teams)
    for (const honest of [0, 1, 2])
      await test.step(`No grant is sent after ${honest} true answers`, async () => {
        // The app hands over no case that has a key it cannot open, so the host sends one copy.
        const key = feedCaseKey({ ...host.keys, teams: [sealing] }, honest)
        host.tell(teams, key)
        await go.click()
        await expect.poll(() => host.count(key)).toBeGreaterThan(0)
        await expect(go).toBeEnabled()
        await isRefused(aigul, 'cannot_open')
        expect(host.countSent('grant')).toBe(0)
        expect(host.read).toEqual([])
      })

  await test.step('The grant is not sealed to a key that the server adds to a name', async () => {
    const names = addPublicKeys(host.keys)
    host.tell(names)
    await enterAgain(aigul)
    await showReport(aigul, THIRD)
    await give()
    await choice().click()
    await go.click()
    await expect(aigul.locator('#assignee-title')).toContainText(CASEWORKER)
    expect(host.count(names)).toBeGreaterThan(0)
    expect(host.countSent('grant')).toBe(1)
    expect(host.read).toEqual([])
  })
})

test('R48: A caseworker writes nothing under a grant of the server', async () => {
  await host.follow(cholpon)
  const key = feedCaseKey(host.keys)
  host.tell(host.refuseOnce(ENTRIES, key))
  const note = 'Кечинде чалам 6157'
  await showReport(cholpon, THIRD)
  await writeNote(cholpon, note)
  await keepsNote(cholpon, 'needs_reader', note)
  expect(host.count(key)).toBeGreaterThan(0)
  expect(host.read).toEqual([])

  host.tell()
  await saveNote(cholpon)
  await isNoted(cholpon, note)
  expect(host.read).toEqual([])
  await isStored(cholpon, THIRD, note)
  await isStored(aigul, THIRD, note)
})
