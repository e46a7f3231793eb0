// Joins the staff with a passkey, through the real screens and Chromium's virtual authenticator
// with PRF.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect as usual, type CDPSession, type Page } from '@playwright/test'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { wordsIn } from './words.ts'

// Measurements run on busy machines and set no timeout of their own, so this file sets one.
const expect = usual.configure({ timeout: 20_000 })

export const PASSPHRASE = 'кызыл чайнек тоодо ырдайт'

export interface Authenticator {
  session: CDPSession
  id: string
}

const words = wordsIn(defaultLanguage)

/** Returns the path of the first invitation of the organisation in `orgDir`: `/staff/#invite=…`. */
export function invitationIn(orgDir: string): string {
  const file = readFileSync(join(orgDir, 'invitation.txt'), 'utf8')
  const path = /\/staff\/#invite=[\w.-]+/.exec(file)?.[0]
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

/** Follows an invitation until the account exists. @returns the printed secret */
export async function makeAccount(page: Page, path: string, name: string): Promise<string> {
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
  await expect(page.locator('.digits, .bar').first()).toBeVisible({ timeout: 30_000 })
  return secret
}

/**
 * Follows an invitation, then waits until the scripted member has confirmed the newcomer.
 *
 * @returns the printed secret; the page then shows the workspace
 */
export async function joinByInvitation(page: Page, path: string, name: string): Promise<string> {
  const secret = await makeAccount(page, path, name)
  await expect(page.getByRole('button', { name: words('staff.lock') })).toBeVisible({
    timeout: 30_000,
  })
  return secret
}
