// Tests how a person replaces keys that somebody else may have. The old passkey and sheet no longer
// work. After confirmation with digits, the person reads an old report and a new report.
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { tell } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { makeAccount, PASSPHRASE } from '#scripts/browser/staff'
import { testDir } from '#scripts/shared/paths'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { certifyKeeper } from '../support/keeper.ts'
import {
  buttonOf,
  cardOf,
  confirmOn,
  digitsOn,
  invite,
  isInWorkspace,
  makeTeam,
  openScreen,
  proveIfAsked,
  words,
  type Team,
  type TeamRole,
} from '../support/team.ts'

// The tests share one team and its ledger, so they run in order.
test.describe.configure({ mode: 'serial' })

const OLD = 'Жумуш берүүчү документимди алып койду, 6611'
const NEW = 'Бизди башка шаарга алып кетти, 6612'
const DRAFT = 'Айгүл менен сүйлөшүү керек, 6613'
const NEW_WORDS = 'жаңы купуя сөз айкашы, узун'

let team: Team
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'new-keys')
  await certifyKeeper(join(testDir, 'new-keys'), team.aigul)
})
test.afterAll(() => team.stop())

interface Colleague {
  page: Page
  /** the printed secret of the first sheet */
  sheet: string
}

async function joinAs(name: string, roles: TeamRole[]): Promise<Colleague> {
  const link = await invite(team.aigul, roles)
  const page = await team.newDevice()
  const sheet = await makeAccount(page, link, name)
  await openScreen(team.aigul, 'staff.screen.people')
  await confirmOn(team.aigul, name)
  await isInWorkspace(page)
  return { page, sheet }
}

/** Returns a device's only passkey, as a thief would copy it. */
async function passkeyOf(page: Page) {
  const { id, session } = team.authenticatorOf(page)
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId: id })
  const [passkey] = credentials
  if (!passkey || credentials.length > 1) throw new Error('the device has one passkey')
  return passkey
}

const statusOf = (page: Page, path: string): Promise<number> =>
  page.evaluate(async (asked) => (await fetch(`/api/staff/${asked}`)).status, path)

async function expectScreen(page: Page): Promise<void> {
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

/** Makes new keys up to the last check of the new sheet, which sends the keys. */
async function makeNewKeys(page: Page): Promise<string> {
  await openScreen(page, 'staff.screen.own')
  await expectScreen(page)
  await buttonOf(page, 'staff.new_keys.begin').click()
  await expectScreen(page)
  await buttonOf(page, 'staff.proof.passkey').click()
  await buttonOf(page, 'staff.join.passkey.go').click()
  const touch = buttonOf(page, 'staff.join.passkey.touch')
  const passphrase = page.getByLabel(words('staff.passphrase'), { exact: true })
  await expect(passphrase.or(touch)).toBeVisible()
  while (await touch.isVisible()) {
    await touch.click()
    await page.waitForTimeout(200)
  }
  await passphrase.fill(NEW_WORDS)
  await page.getByLabel(words('staff.passphrase.again')).fill(NEW_WORDS)
  await buttonOf(page, 'staff.next').click()
  const groups = page.locator('.groups li')
  await expect(groups.first()).toBeVisible()
  const secret = (await groups.allInnerTexts()).join(' ')
  await buttonOf(page, 'staff.join.paper.done').click()
  await page.getByLabel(words('staff.secret')).fill(secret)
  return secret
}

async function typeSheet(page: Page, secret: string, passphrase: string): Promise<void> {
  await page.goto('/staff/')
  await page.getByText(words('staff.signin.paper'), { exact: true }).click()
  await page.getByLabel(words('staff.secret')).fill(secret)
  await page.getByLabel(words('staff.passphrase'), { exact: true }).fill(passphrase)
  await buttonOf(page, 'staff.signin.paper.go').click()
}

/** Compares the digits on both screens, and confirms, as a colleague who has heard them does. */
async function confirmAgain(page: Page, name: string): Promise<void> {
  // The screen refreshes the ledger when it opens.
  await openScreen(team.aigul, 'staff.screen.reports')
  await openScreen(team.aigul, 'staff.screen.people')
  const card = cardOf(team.aigul, name)
  await expect(card.getByText(words('staff.people.new_keys', { name }))).toBeVisible()
  await expectScreen(team.aigul)
  expect(await digitsOn(team.aigul, name)).toEqual(await digitsOn(page))
  await confirmOn(team.aigul, name)
  await isInWorkspace(page)
}

test('R35: A person replaces keys, and the copied passkey and sheet let nobody in', async () => {
  test.setTimeout(300_000)
  const context = await team.aigul.context().browser()!.newContext({ baseURL: team.server.origin })
  const reporter = await context.newPage()
  await tell(reporter, 'ky', OLD)
  const name = 'Нурбек'
  const { page, sheet } = await joinAs(name, ['intake'])
  await openScreen(page, 'staff.screen.reports')
  await showReport(page, OLD)
  await page.getByLabel(words('staff.notes.text')).fill(DRAFT)

  // A thief has copied the passkey and the sheet, and is signed in with the sheet.
  const thief = await team.newDevice()
  const stolen = team.authenticatorOf(thief)
  await stolen.session.send('WebAuthn.addCredential', {
    authenticatorId: stolen.id,
    credential: await passkeyOf(page),
  })
  await typeSheet(thief, sheet, PASSPHRASE)
  await expect.poll(() => statusOf(thief, 'reports')).toBe(200)

  const secret = await makeNewKeys(page)
  // The network fails before the keys are stored, so the old keys remain valid.
  await page.route('**/api/staff/me/new-keys', (route) => route.abort())
  await buttonOf(page, 'staff.join.paper.check').click()
  await expect(page.getByText(words('staff.new_keys.cut'))).toBeVisible()
  await expect(page.getByText(words('staff.error.network'))).toBeVisible()
  await expectScreen(page)
  expect([await statusOf(page, 'reports'), await statusOf(thief, 'reports')]).toEqual([200, 200])
  await page.unrouteAll()
  await buttonOf(page, 'staff.again').click()
  await expect(page.getByText(words('staff.newcomer.renewed'))).toBeVisible()
  await expect(page.locator('.digits li')).toHaveCount(5)
  await expectScreen(page)

  for (const path of ['reports', 'counts', 'people']) expect(await statusOf(page, path)).toBe(403)
  expect(await statusOf(thief, 'reports')).toBe(401)
  await thief.reload()
  await buttonOf(thief, 'staff.signin.go').click()
  await expect(thief.getByText(words('error.passkey_unknown'))).toBeVisible()
  await typeSheet(thief, sheet, PASSPHRASE)
  await expect(thief.getByText(words('error.paper_unknown'))).toBeVisible()
  expect(await statusOf(thief, 'me')).toBe(401)

  await confirmAgain(page, name)
  // The app returns to the screen on which the keys were replaced.
  await openScreen(page, 'staff.screen.reports')
  await showReport(page, OLD)
  await expect(page.getByLabel(words('staff.notes.text'))).toHaveValue(DRAFT)

  // The old slots could open the earlier shared keys, so the keeper changes the shared keys.
  await buttonOf(team.aigul, 'staff.departure.go').click()
  await proveIfAsked(team.aigul, team.aigul.getByText(words('staff.keys.done.departure')))
  await tell(await context.newPage(), 'ky', NEW)
  await openScreen(page, 'staff.screen.reports')
  await showReport(page, NEW)
  await showReport(page, OLD)

  const other = await team.newDevice()
  await typeSheet(other, secret, NEW_WORDS)
  await isInWorkspace(other)
  for (const each of [context, thief.context(), other.context()]) await each.close()
})

test('A person whose connection breaks off at the end goes on by the new passkey', async () => {
  const name = 'Сергей'
  const { page } = await joinAs(name, ['admin'])
  // When the first screen takes the focus, an open menu closes.
  await expect(page.getByRole('heading', { name: words('staff.people.title') })).toBeFocused()
  const { credentialId } = await passkeyOf(page)
  await makeNewKeys(page)
  await page.route('**/api/staff/me/new-keys', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await buttonOf(page, 'staff.join.paper.check').click()
  await expect(page.getByText(words('staff.error.network'))).toBeVisible()
  await page.unrouteAll()
  await buttonOf(page, 'staff.again').click()
  await expect(page.getByText(words('staff.newcomer.renewed'))).toBeVisible()
  await page.context().clearCookies()
  await page.reload()
  const { id: authenticatorId, session } = team.authenticatorOf(page)
  await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId })
  await buttonOf(page, 'staff.signin.go').click()
  await expect(page.getByText(words('staff.newcomer.renewed'))).toBeVisible()
  await expect(page.locator('.digits li')).toHaveCount(5)
  await confirmAgain(page, name)
})
