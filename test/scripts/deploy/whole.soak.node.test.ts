// Runs the real `npm run deploy` with the real wrangler against a simulated account. Tests
// refusals, a run that fails partway, the rollback, and several deployments in one account.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WrittenDeployment } from '#scripts/account/deployment'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { publishSql } from '#scripts/org/publish'
import { Clone, LONGEST_MS } from '#test/scripts/support/clone.ts'
import { migrate } from '#test/scripts/support/deployable.ts'
import { FakeCloudflare } from '#test/scripts/support/fake-cloudflare.ts'

const PASSPHRASE = 'snow spruce apricot felt road'
const LONG = { timeout: LONGEST_MS }
const OASIS: WrittenDeployment = {
  ...{ site: 'https://oasis.example', staffHost: 'staff.oasis.example' },
  ...{ bucket: 'oasis-files', plan: 'paid' },
}
let organisation: Organisation
let other: Organisation
let account: FakeCloudflare
let base: string
let server: Server
let clone: Clone
beforeAll(async () => {
  organisation = await makeOrganisation(PASSPHRASE, Date.now())
  other = await makeOrganisation(PASSPHRASE, Date.now())
})
beforeEach(async () => {
  account = new FakeCloudflare()
  ;({ base, server } = await account.serve())
  clone = new Clone(base, organisation)
  clone.writeDeployment(OASIS)
})
afterEach(() => {
  clone.delete()
  server.close()
})

const live = (worker = 'oasis') =>
  [worker, `${worker}-staff`].map((name) => account.workers.all.get(name)?.live)

/** Expects that a run stops with a sentence and without changing the account. */
async function expectRefused(sentence: string): Promise<void> {
  const before = account.state()
  const { code, output } = await clone.deploy([], [PASSPHRASE])
  expect(output).toContain(sentence)
  expect(output).toMatch(/Nothing was changed\.\n$/)
  expect([code, account.state()]).toEqual([1, before])
}

test('A typo, a missing right, foreign stores and the free plan are refused', LONG, async () => {
  const databaseId = '6b1f0f0e-0000-4000-8000-000000000000'
  account.addStores({ databaseId, bucket: 'oasis-files' })
  await expectRefused('The account has a database oasis, and this command has not made it.')
  clone.writeDeployment({ ...OASIS, databaseId, bucket: 'oasis-filse' })
  await expectRefused('There is no bucket oasis-filse in this account')
  clone.writeDeployment({ ...OASIS, databaseId, plan: 'free' })
  await expectRefused('plan: the free plan refuses every report')
  clone.writeDeployment({ ...OASIS, databaseId })
  account.forbidden = /\/r2\//
  await expectRefused('does not let this login see the bucket (Workers R2 Storage, edit)')
  account.forbidden = null
  const { sql } = account.databases.all.get(databaseId) ?? {}
  if (sql) migrate(sql)
  sql?.exec(publishSql(other))
  await expectRefused('The database holds the ledger of another organisation')
})

test('A run that breaks says what is live and goes on; then the way back', LONG, async () => {
  account.breaks = (request) => request === 'PUT /workers/scripts/oasis-staff'
  const broken = await clone.deploy([], [PASSPHRASE])
  expect(broken.code).toBe(1)
  expect(broken.output).toContain('Something failed inside Cloudflare')
  expect(broken.output).toContain('the worker of the staff host is not there yet.')
  const [site] = live()
  expect(broken.output).toContain(`the worker of the site is in the new version ${site}`)
  account.breaks = null
  // Nobody enters a passphrase, because the signed build is kept.
  expect(await clone.deploy([], [])).toMatchObject({ code: 0 })
  const first = live()
  expect(first[0]).toBe(site)

  account.forbidden = /^(PUT|POST) \/workers\/scripts\/oasis\//
  clone.writePage('second')
  clone.addMigration('9000_more.sql', 'ALTER TABLE `reads` ADD `more` text;')
  const refused = await clone.deploy([], [PASSPHRASE])
  expect(refused.output).toContain('This login has no right to do that')
  expect(refused.output).toContain(
    'What has changed: the database has the migration 9000_more.sql.',
  )
  expect(live()).toEqual(first)
  account.forbidden = null
  expect(await clone.deploy([], [])).toMatchObject({ code: 0 })
  expect(live()[0]).not.toBe(site)

  clone.writeFaults(['https://oasis.example/ is not what was published.'])
  const looked = await clone.deploy(['look'], [])
  expect(looked).toMatchObject({ code: 1 })
  expect(looked.output).toContain('go back: `npm run deploy -- back`.')
  clone.writeFaults([])

  const back = await clone.deploy(['back'], ['yes'])
  expect(back.output).toContain('It keeps the migration 9000_more.sql, which only adds.')
  expect([back.code, live()]).toEqual([0, first])

  clone.addMigration('9001_less.sql', 'ALTER TABLE `reads` DROP COLUMN `more`;')
  // A signed build is never deployed if somebody has changed a file in the build.
  writeFileSync(join(clone.root, 'dist/index.html'), '<p>another')
  const again = await clone.deploy([], [PASSPHRASE])
  expect(again.output).toContain('Signed as version')
  expect(again.code).toBe(0)
  expect(readFileSync(join(clone.root, 'dist/index.html'), 'utf8')).toContain('second')
  const newest = live()
  const stopped = await clone.deploy(['back', clone.deploys()[0]?.began ?? ''], ['yes'])
  expect(stopped.output).toContain('The migration 9001_less.sql drops the column more.')
  expect([stopped.code, live()]).toEqual([1, newest])
})

test('Production, staging and a second organisation share no name', LONG, async () => {
  expect(await clone.deploy([], [PASSPHRASE])).toMatchObject({ code: 0 })
  const production = live()
  expect(await clone.deploy(['staging'], [])).toMatchObject({ code: 0 })
  const umut = new Clone(base, other)
  umut.writeDeployment({
    ...{ site: 'https://umut.example', staffHost: 'staff.umut.example', plan: 'paid' },
    ...{ worker: 'umut', database: 'umut', bucket: 'umut-files' },
  })
  expect(await umut.deploy([], [PASSPHRASE])).toMatchObject({ code: 0 })
  umut.delete()
  expect(live()).toEqual(production)
  expect([...account.workers.hosts.entries()].sort()).toEqual([
    ['oasis.example', 'oasis'],
    ['staff.oasis.example', 'oasis-staff'],
    ['staff.umut.example', 'umut-staff'],
    ['staging-staff.oasis.example', 'oasis-staging-staff'],
    ['staging.oasis.example', 'oasis-staging'],
    ['umut.example', 'umut'],
  ])
  const staging = join(clone.keys, 'staging')
  expect([clone.deploys().length, clone.deploys(staging).length]).toEqual([1, 1])
})
