// Tests what happens when the certificate of an organisation's only keeper expires in fifty days.
// The staff app mentions the certificate, because a new key for letters would expire on the same
// day. The laptop with the root key renews the certificate. Meanwhile another reader writes a
// reply, and reads a letter under the new key.
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { DAY_MS } from '#protocol/limits'
import { KEEPER_DAYS } from '#protocol/staff/ledger/keys'
import { dayNumber } from '#protocol/time'
import { showReport } from '#scripts/browser/show-report'
import { renewKeeper } from '#scripts/org/renew-keeper'
import { serve, type Served } from '#scripts/local/serve'
import { testDir, testDist, testOrgDir } from '#scripts/shared/paths'
import { dayText } from '#site/staff/ledger/key-facts.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { certifyKeeper } from '../support/keeper.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { isNoted } from '../support/shown-case.ts'
import {
  buttonOf,
  digitsOn,
  isInWorkspace,
  joinAsReader,
  makeTeam,
  openScreen,
  proveIfAsked,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one organisation, so they run in order.
test.describe.configure({ mode: 'serial' })

const [OLD, NEW] = ['Паспортумду кожоюн алды 8401', 'Түнкүсүн кулпулап коёт 8402']
const [REPLY, NOTE] = ['Биз эртең чалабыз 8403', 'Эжеси билет 8404']
const LEFT = 50
const AGE = KEEPER_DAYS - LEFT
const state = join(testDir, 'keeper-renewal')
const laptop = join(testDir, 'keeper-renewal-laptop')

let team: Team
let aigul: Page
let bermet: Page
let server: Served
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'keeper-renewal')
  ;({ aigul, server } = team)
  await certifyKeeper(state, aigul)
  bermet = await joinAsReader(team, 'Бермет')
  await sendSealedReport({ text: OLD }, [], server.origin, { danger: false })
  rmSync(laptop, { recursive: true, force: true })
  cpSync(testOrgDir, laptop, { recursive: true })
})
test.afterAll(async () => {
  await server.stop()
  await team.stop()
})

const now = (): number => Date.now() + AGE * DAY_MS

/** Restarts the server with a clock that is AGE days ahead. Both readers sign in again. */
async function grow(): Promise<void> {
  const port = Number(new URL(server.origin).port)
  await server.stop()
  server = await serve({ state, dist: testDist, port, aheadMs: AGE * DAY_MS })
  for (const page of [bermet, aigul]) {
    await page.addInitScript((ms) => {
      const real = Date.now.bind(Date)
      Date.now = () => real() + ms
    }, AGE * DAY_MS)
    await page.goto('/staff/')
    await buttonOf(page, 'staff.signin.go').click()
    await isInWorkspace(page)
  }
}

const replyOf = (page: Page) => page.getByLabel(words('staff.answer.text'))
/** The other reader sees no error, and the typed words are still in their fields. */
async function expectUndisturbed(): Promise<void> {
  await expect(bermet.locator('[role=alert]:not(:empty)')).toHaveCount(0)
  await expect(replyOf(bermet)).toHaveValue(REPLY)
  await expect(bermet.getByLabel(words('staff.notes.text'))).toHaveValue(NOTE)
}

const line = (page: Page) => page.locator('.key-line[role=status]')

/** Makes a new key for letters. */
async function openEpoch(page: Page): Promise<void> {
  await buttonOf(page, 'staff.keys.open').click()
  await proveIfAsked(page, page.getByText(words('staff.keys.done.epoch')))
}

test('A keeper renews the certificate that ends the key for letters, then the key', async () => {
  await grow()
  await showReport(bermet, OLD)
  await replyOf(bermet).fill(REPLY)
  await bermet.getByLabel(words('staff.notes.text')).fill(NOTE)
  const read = aigul.waitForResponse('**/api/staff/ledger?*')
  await buttonOf(aigul, 'staff.keys.show').click()
  await read
  await buttonOf(aigul, 'staff.compare.same').click()
  await expect(aigul.getByRole('heading', { name: words('staff.screen.keys') })).toBeFocused()
  await openEpoch(aigul)
  await expectUndisturbed()
  await buttonOf(aigul, 'staff.back').click()
  const n = String(LEFT)
  await expect(line(aigul)).toHaveClass('key-line calm')
  await expect(line(aigul)).toContainText(words('staff.keys.soon.keeper', { n }))

  await buttonOf(aigul, 'staff.keys.show').click()
  await aigul.getByText(words('staff.keys.keeper.ask'), { exact: true }).click()
  await expect(aigul.locator('.digits li')).toHaveCount(5)
  await aigul.setViewportSize({ width: 360, height: 640 })
  await expectAccessible(aigul)
  await expectNoSideways(aigul)
  const shown = await digitsOn(aigul)
  const saving = aigul.waitForEvent('download')
  const name = 'keeper-request.txt'
  await buttonOf(aigul, 'staff.newcomer.first.save.go', { name }).click()
  const request = join(laptop, name)
  await (await saving).saveAs(request)

  const passphrase = readFileSync(join(laptop, 'throw-away-passphrase.txt'), 'utf8').trim()
  const questions = {
    compareDigits: (digits: string[]) => Promise.resolve(digits.join() === shown.join()),
    passphrase: () => Promise.resolve(passphrase),
  }
  const certificate = await renewKeeper(laptop, request, questions, now())
  await aigul.getByLabel(words('staff.newcomer.first.bring.go')).setInputFiles(certificate)
  await proveIfAsked(aigul, aigul.getByText(words('staff.keys.done.keeper')))
  const day = dayText(dayNumber(now()) + KEEPER_DAYS)
  await expect(
    aigul.getByText(words('staff.keys.keeper', { name: 'Айгүл', day }), { exact: true }),
  ).toBeVisible()

  // The key for letters still has the old certificate.
  await openEpoch(aigul)
  await buttonOf(aigul, 'staff.keys.retire.now', { n: '1' }).click()
  await proveIfAsked(aigul, aigul.getByText(words('staff.keys.done.retire')))
  await buttonOf(aigul, 'staff.back').click()
  await expect(line(aigul)).toBeEmpty()
  // The other reader's app requests the newest row of the log, and removes the alarm.
  await expect(line(bermet)).not.toBeEmpty()
  await bermet.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
  await expect(line(bermet)).toBeEmpty()
  await expectUndisturbed()
})

test('The other reader keeps the typed words and reads a letter under the new key', async () => {
  await sendSealedReport({ text: NEW }, [], server.origin, { danger: false })
  await buttonOf(bermet, 'staff.notes.save').click()
  await isNoted(bermet, NOTE)
  await buttonOf(bermet, 'staff.answer.look').click()
  await buttonOf(bermet, 'staff.answer.send').click()
  await expect(bermet.locator('.from-us').getByText(REPLY)).toBeVisible()
  await openScreen(bermet, 'staff.screen.reports')
  await buttonOf(bermet, 'staff.queue.reload').click()
  await showReport(bermet, NEW)
  await expect(bermet.locator('.report .thread').getByText(NEW)).toBeVisible()
  await expect(bermet.locator('[role=alert]:not(:empty)')).toHaveCount(0)
})
