// Provides staff for the browser tests: one colleague joins once and serves every test of a worker.
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import {
  addAuthenticator,
  invitationIn,
  joinByInvitation,
  type Authenticator,
} from '#scripts/browser/staff'
import { testOrgDir } from '#scripts/shared/paths'
import { lane } from '#scripts/test/lanes'
import { renewLane } from '#scripts/test/renew-lane'
import { STAFF_ORIGIN } from './phone.ts'

export { addAuthenticator, PASSPHRASE } from '#scripts/browser/staff'

export const firstInvitation = (): string => invitationIn(testOrgDir)

export interface Colleague {
  context: BrowserContext
  page: Page
  authenticator: Authenticator
  secret: string
  /** the path of the link through which the colleague joined */
  invitation: string
}

/**
 * Adds `staff`: a member who joins once for each worker and serves its tests. A failed test ends
 * its worker. The next worker of the lane begins with a new database.
 */
export const test = base.extend<object, { staff: Colleague }>({
  staff: [
    async ({ browser }, use, { workerIndex }) => {
      // Playwright gives a lane's first process the number of the lane, and later processes a
      // higher one.
      if (workerIndex > lane) await renewLane(lane)
      const invitation = firstInvitation()
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'ky-KG',
        baseURL: STAFF_ORIGIN,
      })
      const page = await context.newPage()
      const authenticator = await addAuthenticator(page)
      const secret = await joinByInvitation(page, invitation, 'Айгүл')
      await use({ context, page, authenticator, secret, invitation })
      await context.close()
    },
    { scope: 'worker' },
  ],
})
export { expect }
