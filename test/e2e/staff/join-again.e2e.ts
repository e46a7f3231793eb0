// Tests what happens when a newcomer's page is reloaded halfway through joining, and the newcomer
// opens the invitation again. The authenticator then has only one passkey, because the second
// passkey has the same user handle as the first.
import { expect, test, type Page } from '@playwright/test'
import { makeAccount } from '#scripts/browser/staff'
import {
  buttonOf,
  cardOf,
  confirmOn,
  invite,
  isInWorkspace,
  makeTeam,
  openScreen,
  words,
  type Team,
} from '../support/team.ts'

// The tests share one team and its ledger, so they run in order.
test.describe.configure({ mode: 'serial' })

let team: Team
test.beforeAll(async ({ browser }) => {
  team = await makeTeam(browser, 'join-again')
})
test.afterAll(() => team.stop())

/** Lists the passkeys that the device would offer. */
async function passkeysOn(page: Page): Promise<string[]> {
  const { id, session } = team.authenticatorOf(page)
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId: id })
  return credentials.map(({ credentialId }) => credentialId)
}

/** Follows an invitation until the passkey exists, then reloads the page. */
async function stopHalfWay(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel(words('staff.join.name')).fill(name)
  await buttonOf(page, 'staff.next').click()
  await buttonOf(page, 'staff.join.passkey.go').click()
  await expect(buttonOf(page, 'staff.join.passkey.touch')).toBeVisible()
  await page.reload()
  await expect(page.getByText(words('staff.signin.hint'))).toBeVisible()
}

test('A newcomer who reloads half-way opens the link again and has one passkey', async () => {
  const name = 'Чолпон'
  const page = await team.newDevice()
  const link = await invite(team.aigul, ['intake'])
  await stopHalfWay(page, link, name)
  const [first, ...others] = await passkeysOn(page)
  expect(others).toEqual([])

  await makeAccount(page, link, name)
  const kept = await passkeysOn(page)
  expect(kept).toHaveLength(1)
  expect(kept).not.toEqual([first])
  await openScreen(team.aigul, 'staff.screen.people')
  await confirmOn(team.aigul, name)
  await isInWorkspace(page)

  await page.context().clearCookies()
  await page.reload()
  await buttonOf(page, 'staff.signin.go').click()
  await isInWorkspace(page)
})

test('A passkey that the edge does not know leaves the authenticator at sign-in', async () => {
  const name = 'Асел'
  const page = await team.newDevice()
  const link = await invite(team.aigul, ['intake'])
  await stopHalfWay(page, link, name)
  expect(await passkeysOn(page)).toHaveLength(1)
  await buttonOf(page, 'staff.signin.go').click()
  await expect(page.getByText(words('error.passkey_unknown'))).toBeVisible()
  await expect.poll(() => passkeysOn(page)).toEqual([])

  await makeAccount(page, link, name)
  await openScreen(team.aigul, 'staff.screen.people')
  await expect(cardOf(team.aigul, name)).toBeVisible()
  expect(await passkeysOn(page)).toHaveLength(1)
})
