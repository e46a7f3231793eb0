// Sets up a team on its own server. The scripted member confirms only the first colleague. After
// that, the member stops confirming, so that colleagues confirm each other as in real life.
import { join } from 'node:path'
import { expect, type Browser, type Locator, type Page } from '@playwright/test'
import {
  addAuthenticator,
  joinByInvitation,
  makeAccount,
  type Authenticator,
} from '#scripts/browser/staff'
import { startConfirmer } from '#scripts/local/confirm-newcomers'
import { testDir, testDist, testOrgDir, testWorkers } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve, type Served } from '#scripts/local/serve'
import { copyTestDatabase } from '#scripts/test/database'
import { firstInvitation } from './staff.ts'
import { wordsIn } from './words.ts'

export const words = wordsIn('ky')
export type TeamRole = 'admin' | 'intake' | 'caseworker'

export interface Team {
  server: Served
  /** the first colleague: an admin and a reader */
  aigul: Page
  authenticator: Authenticator
  /** the printed secret of the first colleague */
  secret: string
  /** a new device with a virtual authenticator */
  newDevice: () => Promise<Page>
  /** the virtual authenticator of a device of the team */
  authenticatorOf: (page: Page) => Authenticator
  stop: () => Promise<void>
}

/**
 * @param vars  settings of the worker, such as the address of a webhook
 * @param bundled  the folder of the bundled workers
 */
export async function makeTeam(
  browser: Browser,
  folder: string,
  vars: Record<string, string> = {},
  bundled = testWorkers,
): Promise<Team> {
  const state = join(testDir, folder)
  copyTestDatabase(state)
  const site = { dist: testDist, bundled }
  const server = await serve({ state, port: await anyPort(), vars, ...site })
  const devices: Page[] = []
  const authenticators = new Map<Page, Authenticator>()
  const authenticatorOf = (page: Page): Authenticator => {
    const found = authenticators.get(page)
    if (!found) throw new Error('a device of the team has an authenticator')
    return found
  }
  const newDevice = async (): Promise<Page> => {
    const context = await browser.newContext({
      baseURL: server.staffOrigin,
      locale: 'ky-KG',
      viewport: { width: 1280, height: 800 },
    })
    const page = await context.newPage()
    devices.push(page)
    authenticators.set(page, await addAuthenticator(page))
    return page
  }
  const aigul = await newDevice()
  const stopScripted = startConfirmer(server.staffOrigin, testOrgDir)
  const secret = await joinByInvitation(aigul, firstInvitation(), 'Айгүл')
  stopScripted()
  await openScreen(aigul, 'staff.screen.people')
  await expect(aigul.locator('.card').first()).toBeVisible()
  return {
    server,
    aigul,
    authenticator: authenticatorOf(aigul),
    secret,
    newDevice,
    authenticatorOf,
    stop: async () => {
      for (const page of devices) await page.context().close()
      await server.stop()
    },
  }
}

export const buttonOf = (page: Page, key: string, fill: Record<string, string> = {}) =>
  page.getByRole('button', { name: words(key, fill), exact: true })

/** Opens a screen from the menu. The name of a screen may be followed by a count. */
export async function openScreen(page: Page, key: string): Promise<void> {
  const screen = page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${words(key)}`) })
  // The menu of the previous action may still be closing. A person would not notice, but the test
  // would.
  await expect(async () => {
    if (!(await screen.isVisible()))
      await page.locator('summary', { hasText: words('staff.menu') }).click()
    await screen.click({ timeout: 2000 })
  }).toPass()
}

/** Invites a newcomer on the screen. @returns the path of the link */
export async function invite(page: Page, roles: readonly TeamRole[]): Promise<string> {
  await openScreen(page, 'staff.screen.invite')
  for (const role of roles)
    await page
      .locator('.choice')
      .filter({ hasText: words(`staff.role.${role}.means`) })
      .click()
  await buttonOf(page, 'staff.invite.go').click()
  await proveIfAsked(page, page.locator('.link-text'))
  const { pathname, hash } = new URL(await page.locator('.link-text').innerText())
  await buttonOf(page, 'staff.invite.again').click()
  await buttonOf(page, 'staff.invite.let_go').click()
  await expect(page.locator('.link-text')).toHaveCount(0)
  return pathname + hash
}

/** Joins on a new device. @returns the device, which shows the digits */
export async function joinAndWait(team: Team, link: string, name: string): Promise<Page> {
  const page = await team.newDevice()
  await makeAccount(page, link, name)
  await expect(page.locator('.digits li')).toHaveCount(5)
  return page
}

/** Returns the five groups of digits that a screen shows. */
export const digitsOn = async (page: Page, name?: string): Promise<string[]> =>
  (name === undefined ? page : cardOf(page, name)).locator('.digits b').allInnerTexts()

/** The card of a newcomer on the people screen. */
export const cardOf = (page: Page, name: string) =>
  page.locator('.newcomer').filter({ hasText: words('staff.people.waits', { name }) })

/** Confirms a newcomer, as a colleague who has heard the digits does. */
export async function confirmOn(page: Page, name: string): Promise<void> {
  await cardOf(page, name)
    .getByRole('button', { name: words('staff.people.same') })
    .click()
  await buttonOf(page, 'staff.people.confirm', { name }).click()
  await expect(page.getByText(words('staff.people.confirmed', { name }))).toBeVisible()
}

/** Has a colleague join and the first colleague confirm them. @returns the device */
export async function joinAs(team: Team, role: TeamRole, name: string): Promise<Page> {
  const page = await joinAndWait(team, await invite(team.aigul, [role]), name)
  await openScreen(team.aigul, 'staff.screen.people')
  await confirmOn(team.aigul, name)
  await isInWorkspace(page)
  return page
}

export const joinAsReader = (team: Team, name: string): Promise<Page> =>
  joinAs(team, 'intake', name)

/** Proves presence with a touch if the screen asks for it, and waits for the next step. */
export async function proveIfAsked(page: Page, next: Locator): Promise<void> {
  const touch = buttonOf(page, 'staff.proof.passkey')
  await expect(next.or(touch).first()).toBeVisible()
  if (await touch.isVisible()) await touch.click()
  await expect(next).toBeVisible()
}

export const isInWorkspace = (page: Page): Promise<void> =>
  expect(buttonOf(page, 'staff.lock')).toBeVisible()
