// Tests the first steps of a new organisation. The first member joins through the root's
// invitation. The laptop with the root key makes a certificate from the browser's request.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { certifyFirstMember } from '#scripts/org/certify'
import { makeOrganisation } from '#scripts/org/organisation'
import { writeOrganisation } from '#scripts/org/write'
import { addAuthenticator, invitationIn, makeAccount } from '#scripts/browser/staff'
import { applyMigrations, executeOnce } from '#scripts/shared/database'
import { testDir, testDist, testOrgDir, testWorkers } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve, type Served } from '#scripts/local/serve'
import type { PublicFile } from '#site/integrations/organisation.ts'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { buttonOf, digitsOn, isInWorkspace, openScreen, words } from '../support/team.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const folder = join(testDir, 'first-member')
const orgDir = join(folder, 'org')

let server: Served
test.beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  writeOrganisation(orgDir, await makeOrganisation(PASSPHRASE, Date.now()))
  const state = join(folder, 'server')
  await applyMigrations(state)
  await executeOnce(state, 'published', join(orgDir, 'publish.sql'))
  const site = { dist: siteOf(orgDir), bundled: testWorkers }
  server = await serve({ state, port: await anyPort(), ...site })
})
test.afterAll(() => server.stop())

const rootIn = (dir: string): string =>
  (JSON.parse(readFileSync(join(dir, 'public.json'), 'utf8')) as PublicFile).root

/** Copies the test site, and pins the root key of another organisation in the copy. */
function siteOf(dir: string): string {
  const dist = join(folder, 'dist')
  cpSync(testDist, dist, { recursive: true })
  for (const file of ['staff/index.html', 'root-key.txt']) {
    const path = join(dist, file)
    const page = readFileSync(path, 'utf8')
    expect(page).toContain(rootIn(testOrgDir))
    writeFileSync(path, page.replace(rootIn(testOrgDir), rootIn(dir)))
  }
  return dist
}

test('The first member waits, is certified offline, and reads reports', async ({ browser }) => {
  const context = await browser.newContext({
    baseURL: server.staffOrigin,
    locale: 'ky-KG',
    viewport: { width: 360, height: 640 },
  })
  const page = await context.newPage()
  await addAuthenticator(page)
  await makeAccount(page, invitationIn(orgDir), 'Айгүл')
  await expect(page.locator('.digits li')).toHaveCount(5)
  const digits = await digitsOn(page)
  await expectAccessible(page)
  await expectNoSideways(page)

  const saving = page.waitForEvent('download')
  await buttonOf(page, 'staff.newcomer.first.save.go', { name: 'request.txt' }).click()
  const request = join(folder, 'request.txt')
  await (await saving).saveAs(request)
  const certificate = await certifyFirstMember(
    orgDir,
    request,
    {
      compareDigits: (shown) => {
        expect(shown).toEqual(digits)
        return Promise.resolve(true)
      },
      passphrase: () => Promise.resolve(PASSPHRASE),
    },
    Date.now(),
  )

  const choose = page.getByLabel(words('staff.newcomer.first.bring.go'))
  await choose.setInputFiles(request)
  await expect(page.getByText(words('staff.newcomer.first.bring.wrong'))).toBeVisible()
  await choose.setInputFiles(certificate)
  await isInWorkspace(page)
  await expect(page.getByText(words('staff.queue.title'), { exact: true })).toBeVisible()
  // The app asks the only reader to invite a second reader, and the log begins with the root key.
  await expect(page.getByText(words('staff.counts.few_readers'))).toBeVisible()
  // The first member sees the first-day reminder until the steps are done or the reminder is turned
  // off.
  await expect(page.getByText(words('staff.first.line', { n: '0', m: '5' }))).toBeVisible()
  await buttonOf(page, 'staff.first.go').click()
  await expect(page.locator('.first-steps > li')).toHaveCount(5)
  await expectAccessible(page, 'all')
  await expectNoSideways(page)
  await buttonOf(page, 'staff.first.tick').first().click()
  await expect(page.locator('.first-steps > .is-done')).toHaveCount(1)
  await buttonOf(page, 'staff.first.hide').click()
  await expect(page.getByText(words('staff.first.over'))).toBeFocused()
  await openScreen(page, 'staff.screen.log')
  // The browser adds two rows without asking: the team key and the first checkpoint.
  await expect(page.locator('.log-rows li')).toHaveCount(8)
  await context.close()
})
