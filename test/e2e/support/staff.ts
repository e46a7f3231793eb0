// Makes the staff of the browser tests: one colleague joins once and serves every test of the run.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import {
  addAuthenticator,
  invitationIn,
  joinByInvitation,
  type Authenticator,
} from '#scripts/shared/browser/staff'
import { executeOnce } from '#scripts/shared/database'
import { testOrgDir } from '#scripts/shared/paths'
import { lane, laneState } from '#scripts/test/lanes'
import { ORIGIN } from './phone.ts'

export { addAuthenticator, PASSPHRASE } from '#scripts/shared/browser/staff'

export const firstInvitation = (): string => invitationIn(testOrgDir)

/** Writes SQL that makes the used invitation valid again, because publish.sql does not. */
function invitationAgain(workerIndex: number): string {
  const published = readFileSync(join(testOrgDir, 'publish.sql'), 'utf8')
  const insert = /^INSERT INTO invitations .*\nSELECT .*$/m.exec(published)?.[0] ?? ''
  const file = join(laneState(lane), `invitation-${workerIndex}.sql`)
  writeFileSync(file, `DELETE FROM invitations WHERE created_by IS NULL;\n${insert};\n`)
  return file
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
    async ({ browser }, use, { workerIndex }) => {
      // A failed test ends its worker. The next worker needs an invitation that nobody has used.
      if (workerIndex > lane)
        await executeOnce(laneState(lane), `invited-${workerIndex}`, invitationAgain(workerIndex))
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
