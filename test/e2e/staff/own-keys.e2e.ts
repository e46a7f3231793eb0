// Tests the "My keys" screen with virtual authenticators. Each slot works on its own, a lost slot
// is replaced and removed, and a stolen session ends.
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { addAuthenticator, makeAccount, PASSPHRASE } from '#scripts/browser/staff'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import {
  buttonOf,
  confirmOn,
  invite,
  isInWorkspace,
  makeTeam,
  openScreen,
  proveIfAsked,
  words,
  type Team,
} from '../support/team.ts'
import { SLOW } from '../support/soak.ts'

// The tests share one colleague and their ways to sign in, so they run in order.
test.describe.configure({ mode: 'serial' })

const PHONE = 'Иш телефону'
const LAPTOP = 'Ноутбук'
const NEW_WORDS = 'жаңы купуя сөз айкашы, узун'

let team: Team
let secret: string
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'own-keys')
  secret = team.secret
})
test.afterAll(() => team.stop())

const rowOf = (page: Page, name: string) => page.locator('.slot').filter({ hasText: name })

const removalOf = (rows: Locator) => rows.getByRole('button', { name: words('staff.own.remove') })

/** Proves presence with a touch if the screen asks first. */
async function proveFirst(page: Page): Promise<void> {
  await buttonOf(page, 'staff.proof.passkey').click()
}

async function signInByPaper(page: Page, typed: string, passphrase = PASSPHRASE): Promise<void> {
  await page.goto('/staff/')
  await page.getByText(words('staff.signin.paper'), { exact: true }).click()
  await page.getByLabel(words('staff.secret')).fill(typed)
  await page.getByLabel(words('staff.passphrase'), { exact: true }).fill(passphrase)
  await buttonOf(page, 'staff.signin.paper.go').click()
  await isInWorkspace(page)
}

/** Proves presence with the sheet, as a person without a passkey does. */
async function proveByPaper(page: Page, typed: string): Promise<void> {
  const box = page.locator('.proof')
  await box.getByText(words('staff.proof.paper'), { exact: true }).click()
  await box.getByLabel(words('staff.secret')).fill(typed)
  await box.getByLabel(words('staff.passphrase'), { exact: true }).fill(PASSPHRASE)
  await buttonOf(page, 'staff.proof.paper.go').click()
}

/**
 * Makes the new passkey, touches the authenticator until the passkey is tested, and names the
 * passkey.
 */
async function makePasskey(page: Page, name: string): Promise<void> {
  await buttonOf(page, 'staff.join.passkey.go').click()
  const touch = buttonOf(page, 'staff.join.passkey.touch')
  const field = page.getByLabel(words('staff.own.name'), { exact: true })
  await expect(field.or(touch)).toBeVisible()
  while (await touch.isVisible()) {
    await touch.click()
    await page.waitForTimeout(200)
  }
  await field.fill(name)
  await buttonOf(page, 'staff.own.add.go').click()
  await expect(page.getByText(words('staff.own.added.prf'))).toBeVisible()
  await expect(page.locator('.slot').last()).toContainText(name)
  await expect(page.locator('.slot').last()).toContainText(words('staff.own.new'))
}

/** A device without a passkey, on which nobody is signed in. */
async function otherDevice(page: Page): Promise<{ context: BrowserContext; page: Page }> {
  const context = await page
    .context()
    .browser()!
    .newContext({
      baseURL: team.server.staffOrigin,
      locale: 'ky-KG',
      viewport: { width: 1280, height: 800 },
    })
  return { context, page: await context.newPage() }
}

const statusOf = (page: Page): Promise<number> =>
  page.evaluate(async () => (await fetch('/api/staff/me')).status)

test('R23: The screen lists both ways in, and neither can be removed', async () => {
  const page = team.aigul
  await openScreen(page, 'staff.screen.own')
  await expect(page.locator('.slot')).toHaveCount(2)
  await expect(removalOf(page.locator('.slot'))).toHaveCount(0)
  await expect(page.getByText(words('staff.own.least'))).toBeVisible()
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
})

test('A sheet is tried, and a wrong passphrase keeps what was typed', async () => {
  const page = team.aigul
  const row = rowOf(page, words('staff.own.kind.passphrase'))
  const name = words('staff.own.kind.passphrase')
  await row.getByRole('button', { name: words('staff.own.try.name', { name }) }).click()
  await expectAccessible(page)
  await row.getByLabel(words('staff.secret')).fill(secret)
  const passphrase = row.getByLabel(words('staff.passphrase'), { exact: true })
  await passphrase.fill('башка сөздөр эле')
  await buttonOf(page, 'staff.own.try.go').click()
  await expect(page.getByText(words('error.wrong_passphrase'))).toBeVisible()
  await expect(row.getByLabel(words('staff.secret'))).toHaveValue(secret)
  await passphrase.fill(PASSPHRASE)
  await buttonOf(page, 'staff.own.try.go').click()
  await expect(page.getByText(words('staff.own.tried'))).toBeVisible()
})

test('R23: A second passkey opens alone, and a lost first one is removed with it', async () => {
  const page = team.aigul
  await rowOf(page, words('staff.own.kind.prf'))
    .getByRole('button', { name: words('staff.own.rename') })
    .click()
  await page.getByLabel(words('staff.own.name'), { exact: true }).fill(PHONE)
  await buttonOf(page, 'staff.own.rename.go').click()
  await expect(page.getByText(words('staff.own.renamed'))).toBeVisible()
  await expect(rowOf(page, PHONE)).toBeVisible()

  await buttonOf(page, 'staff.own.add.prf').click()
  await expectAccessible(page)
  await proveFirst(page)
  await expect(buttonOf(page, 'staff.join.passkey.go')).toBeVisible()
  await expectAccessible(page)
  // From here on, the first authenticator is out of reach, like a lost phone.
  await team.authenticator.session.send('WebAuthn.removeVirtualAuthenticator', {
    authenticatorId: team.authenticator.id,
  })
  await addAuthenticator(page)
  await makePasskey(page, LAPTOP)
  await expect(page.locator('.slot')).toHaveCount(3)
  // The only sheet remains, so the screen does not offer to remove it.
  await expect(removalOf(rowOf(page, words('staff.own.kind.passphrase')))).toHaveCount(0)
  await expect(removalOf(page.locator('.slot'))).toHaveCount(2)

  await buttonOf(page, 'staff.lock').click()
  await buttonOf(page, 'staff.locked.passkey').click()
  await isInWorkspace(page)
  await openScreen(page, 'staff.screen.own')
  await rowOf(page, PHONE)
    .getByRole('button', { name: words('staff.own.remove') })
    .click()
  await expectAccessible(page)
  await buttonOf(page, 'staff.own.remove.name', { name: PHONE }).click()
  await proveIfAsked(page, page.getByText(words('staff.own.removed')))
  await expect(rowOf(page, PHONE)).toHaveCount(0)
  await expect(page.locator('.slot')).toHaveCount(2)
})

test('R23: A new sheet opens alone, and the old sheet is removed', async () => {
  const page = team.aigul
  await buttonOf(page, 'staff.own.add.paper').click()
  await proveFirst(page)
  await page.getByLabel(words('staff.passphrase'), { exact: true }).fill(NEW_WORDS)
  await page.getByLabel(words('staff.passphrase.again')).fill(NEW_WORDS)
  await buttonOf(page, 'staff.next').click()
  const groups = page.locator('.groups li')
  await expect(groups.first()).toBeVisible()
  const typed = (await groups.allInnerTexts()).join(' ')
  await expectAccessible(page)
  await buttonOf(page, 'staff.join.paper.done').click()
  await page.getByLabel(words('staff.secret')).fill(secret)
  await buttonOf(page, 'staff.join.paper.check').click()
  await expect(page.getByText(words('error.wrong_passphrase'))).toBeVisible()
  await page.getByLabel(words('staff.secret')).fill(typed)
  await buttonOf(page, 'staff.join.paper.check').click()
  await page.getByLabel(words('staff.own.name'), { exact: true }).fill('Экинчи')
  await buttonOf(page, 'staff.own.add.go').click()
  await proveIfAsked(page, page.getByText(words('staff.own.added.paper')))

  const old = words('staff.own.kind.passphrase')
  await page.getByRole('button', { name: words('staff.own.remove.name', { name: old }) }).click()
  await buttonOf(page, 'staff.own.remove.name', { name: old }).click()
  await proveIfAsked(page, page.getByText(words('staff.own.removed')))

  const device = await otherDevice(page)
  await signInByPaper(device.page, typed, NEW_WORDS)
  await device.context.close()
})

test('A stolen session is dead at its next request after a sign-out elsewhere', async () => {
  const page = team.aigul
  const cookies = await page.context().cookies()
  const thief = await otherDevice(page)
  await thief.page.goto('/staff/')
  await thief.context.addCookies(cookies)
  expect(await statusOf(thief.page)).toBe(200)
  // The person signs in again, so that the stolen session differs from the current session.
  await page.context().clearCookies()
  await page.reload()
  await buttonOf(page, 'staff.signin.go').click()
  await isInWorkspace(page)
  await openScreen(page, 'staff.screen.own')
  await buttonOf(page, 'staff.own.session.others').click()
  await expect(page.getByText(words('staff.own.session.ended'))).toBeVisible()
  await expect(page.locator('.session')).toHaveCount(1)
  expect(await statusOf(thief.page)).toBe(401)
  expect(await statusOf(page)).toBe(200)
  await thief.context.close()
})

test(
  'R35: A colleague without the only phone comes back by paper, with a new phone',
  SLOW,
  async () => {
    const name = 'Бермет'
    const lost = await team.newDevice()
    const sheet = await makeAccount(lost, await invite(team.aigul, ['intake']), name)
    await openScreen(team.aigul, 'staff.screen.people')
    await confirmOn(team.aigul, name)
    await isInWorkspace(lost)
    await openScreen(lost, 'staff.screen.own')
    await expect(lost.locator('.slot')).toHaveCount(2)

    const phone = await team.newDevice()
    await signInByPaper(phone, sheet)
    await openScreen(phone, 'staff.screen.own')
    await buttonOf(phone, 'staff.own.add.prf').click()
    await proveByPaper(phone, sheet)
    await makePasskey(phone, 'Жаңы телефон')
    const old = words('staff.own.kind.prf')
    await phone.getByRole('button', { name: words('staff.own.remove.name', { name: old }) }).click()
    // The next action changes the list while an older response is still on its way.
    await phone.route('**/api/staff/me/keys', async (route) => {
      const response = await route.fetch()
      await new Promise((resolve) => setTimeout(resolve, 1000))
      await route.fulfill({ response })
    })
    await buttonOf(phone, 'staff.own.remove.name', { name: old }).click()
    await proveIfAsked(phone, phone.getByText(words('staff.own.removed')))
    await buttonOf(phone, 'staff.own.session.others').click()
    await expect(phone.locator('.session')).toHaveCount(1)

    // The lost phone is signed out, and its passkey no longer signs in.
    await lost.reload()
    await buttonOf(lost, 'staff.signin.go').click()
    await expect(lost.getByText(words('error.passkey_unknown'))).toBeVisible()
    await phone.reload()
    await buttonOf(phone, 'staff.locked.passkey').click()
    await isInWorkspace(phone)
  },
)

test('R50: A person takes another name, and the browser says so until a press', async () => {
  const { aigul } = team
  const named = { before: 'Айгүл', now: 'Айгүл Асанова' }
  const line = aigul.getByText(words('staff.names.changed', named))
  await openScreen(aigul, 'staff.screen.own')
  await aigul.getByRole('textbox', { name: words('staff.join.name') }).fill(named.now)
  await buttonOf(aigul, 'staff.names.own.go').click()
  await proveIfAsked(aigul, aigul.getByText(words('staff.names.own.done')))
  await expect(line).toBeVisible()
  await openScreen(aigul, 'staff.screen.people')
  await expect(aigul.locator('.colleague b', { hasText: named.now })).toHaveText(named.now)
  await expect(line).toBeVisible()
  await buttonOf(aigul, 'staff.names.seen').click()
  await expect(line).toHaveCount(0)
})
