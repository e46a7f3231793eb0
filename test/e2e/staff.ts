// A member of the staff with a passkey: Chromium's virtual authenticator, with PRF, behind the real screens.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  test as base,
  expect,
  type BrowserContext,
  type CDPSession,
  type Page,
} from '@playwright/test'
import { testOrgDir } from '#scripts/paths'
import { ORIGIN } from './phone.ts'
import { wordsIn } from './words.ts'

export const PASSPHRASE = 'кызыл чайнек тоодо ырдайт'

export interface Authenticator {
  session: CDPSession
  id: string
}

const words = wordsIn('ky')

/** The path of the organisation's first invitation: `/staff/#invite=…`. */
export function firstInvitation(): string {
  const file = readFileSync(join(testOrgDir, 'invitation.txt'), 'utf8')
  const path = /\/staff\/#invite=[\w-]+/.exec(file)?.[0]
  if (!path) throw new Error('no invitation in invitation.txt')
  return path
}

export async function addAuthenticator(page: Page, hasPrf = true): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  })
  return { session, id: authenticatorId }
}

/** Follows an invitation through all its steps. Resolves at the desk, with the printed secret. */
export async function joinByInvitation(page: Page, path: string, name: string): Promise<string> {
  await page.goto(path)
  await page.getByLabel(words('staff.join.name')).fill(name)
  await page.getByRole('button', { name: words('staff.next') }).click()
  await page.getByRole('button', { name: words('staff.join.passkey.go') }).click()

  const passphrase = page.getByLabel(words('staff.passphrase'), { exact: true })
  const touch = page.getByRole('button', { name: words('staff.join.passkey.touch') })
  await expect(passphrase.or(touch)).toBeVisible()
  while (await touch.isVisible()) {
    await touch.click()
    await page.waitForTimeout(200)
  }
  await passphrase.fill(PASSPHRASE)
  await page.getByLabel(words('staff.passphrase.again')).fill(PASSPHRASE)
  await page.getByRole('button', { name: words('staff.next') }).click()

  await expect(page.locator('.groups li').first()).toBeVisible()
  const secret = (await page.locator('.groups li').allInnerTexts()).join(' ')
  await page.getByRole('button', { name: words('staff.join.paper.done') }).click()
  await page.getByLabel(words('staff.secret')).fill(secret)
  await page.getByRole('button', { name: words('staff.join.paper.check') }).click()
  await expect(page.getByRole('button', { name: words('staff.lock') })).toBeVisible({
    timeout: 30_000,
  })
  return secret
}

export interface Colleague {
  context: BrowserContext
  page: Page
  authenticator: Authenticator
  secret: string
}

/** Adds `staff`: the first member, who joins once and serves every test of the run. */
export const test = base.extend<object, { staff: Colleague }>({
  staff: [
    async ({ browser }, use) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'ky-KG',
        baseURL: ORIGIN,
      })
      const page = await context.newPage()
      const authenticator = await addAuthenticator(page)
      const secret = await joinByInvitation(page, firstInvitation(), 'Айгүл')
      await use({ context, page, authenticator, secret })
      await context.close()
    },
    { scope: 'worker' },
  ],
})
export { expect }
