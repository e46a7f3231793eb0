// Tests the day when nobody can sign in. Two shares and an export let a newcomer join, be
// certified, and read a report from before that day.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import { writeExport } from '#scripts/org/recovery/export'
import { RECOVERY_PAGE, writeRecoveryPage } from '#scripts/org/recovery/page'
import { tell } from '#scripts/browser/report'
import { showReport } from '#scripts/browser/show-report'
import { readShareFile } from '#scripts/browser/sent-files'
import { addAuthenticator, makeAccount } from '#scripts/browser/staff'
import { applyMigrations, executeOnce, storeOf } from '#scripts/shared/database'
import { testDir, testDist, testOrgDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { runQuietly } from '#scripts/shared/run-tool'
import { serve, type Served } from '#scripts/local/serve'
import { EXPORT_NAME } from '#site/staff/recovery/export-file.ts'
import { buttonOf, digitsOn, isInWorkspace, words } from '../support/team.ts'

const OLD_REPORT = 'Баары жоголгон күндөн мурунку сөз 6140'
const folder = join(testDir, 'everybody-lost')
const state = join(folder, 'server')
const local = ['--local', '--persist-to', storeOf(state)]
const wrangler = (name: string, args: string[]): Promise<string> =>
  runQuietly(name, 'wrangler', args)

let server: Served
test.beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(testOrgDir, 'public.json'), join(folder, 'public.json'))
  await writeRecoveryPage(folder)
  await applyMigrations(state)
  await executeOnce(state, 'published', join(testOrgDir, 'publish.sql'))
  // No script confirms newcomers in this test, because the ledger's only member is lost.
  server = await serve({ state, dist: testDist, port: await anyPort() })
})
test.afterAll(() => server.stop())

/** Saves the file that a button offers. @returns its path */
async function save(page: Page, name: string, press: () => Promise<void>): Promise<string> {
  const saving = page.waitForEvent('download')
  await press()
  const path = join(folder, name)
  await (await saving).saveAs(path)
  return path
}

test('R35: When everybody is lost, two shares and an export bring a reader back', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ baseURL: server.origin, locale: 'ky-KG' })
  const reporter = await context.newPage()
  await tell(reporter, 'ky', OLD_REPORT)
  await writeExport(folder, { wrangler, place: local }, Date.now())

  const recovery = await context.newPage()
  await recovery.goto(pathToFileURL(join(folder, RECOVERY_PAGE)).href)
  const file = recovery.locator('input[type=file]')
  await file.setInputFiles(join(folder, EXPORT_NAME))
  await buttonOf(recovery, 'recovery.next').click()
  await recovery.getByLabel(words('recovery.shares.first')).fill(readShareFile('share-1.txt'))
  await recovery.getByLabel(words('recovery.shares.second')).fill(readShareFile('share-3.txt'))
  await buttonOf(recovery, 'recovery.shares.go').click()
  const opened = { n: '1', state: words('recovery.key.opened') }
  for (const key of ['recovery.keys.epoch', 'recovery.keys.team'])
    await expect(recovery.getByText(words(key, opened))).toBeVisible()
  await buttonOf(recovery, 'recovery.keys.invite').click()
  const sql = await save(recovery, 'invite.sql', () =>
    buttonOf(recovery, 'recovery.save', { name: 'invite.sql' }).click(),
  )
  const link = await recovery.locator('.link-text').innerText()
  const load = ['d1', 'execute', 'oasis', ...local, '--yes', '--file', sql]
  await wrangler('invite', load)

  const newcomer = await context.newPage()
  await addAuthenticator(newcomer)
  await makeAccount(newcomer, server.staffOrigin + link, 'Жаңы окурман')
  await expect(newcomer.locator('.digits li')).toHaveCount(5)
  const request = await save(newcomer, 'request.txt', () =>
    buttonOf(newcomer, 'staff.newcomer.first.save.go', { name: 'request.txt' }).click(),
  )
  await buttonOf(recovery, 'recovery.invite.next', { name: 'request.txt' }).click()
  await file.setInputFiles(request)
  await expect(recovery.locator('.digits li')).toHaveCount(5)
  expect(await digitsOn(recovery)).toEqual(await digitsOn(newcomer))
  await buttonOf(recovery, 'recovery.digits.same').click()
  const certificate = await save(recovery, 'certificate.json', () =>
    buttonOf(recovery, 'recovery.save', { name: 'certificate.json' }).click(),
  )

  await newcomer.getByLabel(words('staff.newcomer.first.bring.go')).setInputFiles(certificate)
  await isInWorkspace(newcomer)
  await showReport(newcomer, OLD_REPORT)
  await context.close()
})
