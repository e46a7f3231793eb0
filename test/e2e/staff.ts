// The staff of the browser tests: one colleague who joins once and serves every test of the run.
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import {
  addAuthenticator,
  invitationIn,
  joinByInvitation,
  type Authenticator,
} from '#scripts/browser/staff'
import { testOrgDir } from '#scripts/paths'
import { ORIGIN } from './phone.ts'

export { addAuthenticator, joinByInvitation, PASSPHRASE } from '#scripts/browser/staff'

export const firstInvitation = (): string => invitationIn(testOrgDir)

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
