// Deploys several sites into one simulated account. A site must not take over a worker, a database,
// a bucket or a host of another site. A refused deployment changes nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AskCloudflare } from '#scripts/account/cloudflare'
import { readDeployment, type WrittenDeployment } from '#scripts/account/deployment'
import { deploySite } from '#scripts/deploy/deploy-site'
import { requireOwnNames } from '#scripts/deploy/taken-names'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { publishSql } from '#scripts/org/publish'
import { writeOrganisation } from '#scripts/org/write'
import { inFolder, makeClone, migrate, wranglerInto } from '#test/scripts/support/deployable.ts'
import { ACCOUNT, FakeCloudflare } from '#test/scripts/support/fake-cloudflare.ts'

const OASIS = {
  plan: 'paid' as const,
  site: 'https://oasis.example',
  staffHost: 'staff.oasis.example',
  databaseId: '6b1f0f0e-0000-4000-8000-000000000000',
  bucket: 'oasis-files',
}
const STAGING = {
  plan: 'paid' as const,
  site: 'https://staging.oasis.example',
  staffHost: 'staging-staff.oasis.example',
  ...{ worker: 'oasis-trial', database: 'oasis-trial', bucket: 'oasis-trial-files' },
  databaseId: '6b1f0f0e-0000-4000-8000-000000000001',
}
const UMUT = {
  plan: 'paid' as const,
  site: 'https://umut.example',
  staffHost: 'staff.umut.example',
  ...{ worker: 'umut', database: 'umut', bucket: 'umut-files' },
  databaseId: '6b1f0f0e-0000-4000-8000-000000000002',
}

type Written = WrittenDeployment & { databaseId: string }

let organisation: Organisation
let other: Organisation
let folder: string
let account: FakeCloudflare
let ask: AskCloudflare
let server: Server
let said: unknown[]
let builds = 0
const databases = new Map<string, DatabaseSync>()

beforeAll(async () => {
  organisation = await makeOrganisation('snow spruce apricot felt road', Date.now())
  other = await makeOrganisation('another set of five words', Date.now())
})
beforeEach(async () => {
  said = []
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void said.push(line))
  folder = mkdtempSync(join(tmpdir(), 'oasis-names-'))
  makeClone(folder)
  account = new FakeCloudflare()
  ;({ ask, server } = await account.serve())
  for (const { database = 'oasis', databaseId, bucket } of [
    { ...OASIS, database: 'oasis' },
    STAGING,
    UMUT,
  ]) {
    account.addStores({ databaseId, database, bucket })
  }
})
afterEach(() => {
  server.close()
  for (const database of databases.values()) database.close()
  databases.clear()
  rmSync(folder, { recursive: true, force: true })
})

/** Returns a database by its id. The first call for an id loads an organisation's keys. */
function databaseOf(id: string, of: Organisation): DatabaseSync {
  const known = databases.get(id)
  if (known) return known
  const database = new DatabaseSync(':memory:')
  migrate(database)
  database.exec(publishSql(of))
  databases.set(id, database)
  return database
}

/** Deploys into the account. @returns the steps that changed something, or the refusal */
async function deploy(deployment: Written, of = organisation): Promise<string[]> {
  const path = mkdtempSync(join(folder, 'org-'))
  rmSync(path, { recursive: true })
  writeOrganisation(path, of)
  writeFileSync(join(path, 'deployment.json'), JSON.stringify(deployment))
  const steps: string[] = []
  const rows = (query: string) => databaseOf(deployment.databaseId, of).prepare(query).all()
  await deploySite({
    ...inFolder(folder, join(path, 'public.json')),
    cloudflare: () => Promise.resolve(ask),
    wrangler: wranglerInto(account, rows, steps),
    build: () => {
      steps.push('build')
      // Each build differs from the previous build.
      return Promise.resolve(String(++builds).padStart(64, '0'))
    },
  }).catch((reason: unknown) => void steps.push(String(reason)))
  return steps.map((step) => (step.startsWith('Error') ? step : (step.split(': ')[0] ?? '')))
}
const DEPLOYED = ['build', 'migrate', 'deploy', 'deploy-staff-host']

/** Expects that a deployment is refused because of its names, and that the account is unchanged. */
async function expectRefused(deployment: Written, why: string, of = organisation) {
  const before = account.state()
  const [refusal, ...others] = await deploy(deployment, of)
  expect(refusal).toContain(why)
  expect(refusal).toMatch(/Nothing was changed\.?$/)
  expect(others).toEqual([])
  expect(account.state()).toBe(before)
}

describe('several deployments in one account', () => {
  test('Two organisations and a staging touch nothing of each other, again and again', async () => {
    for (let again = 0; again < 2; again++) {
      expect(await deploy(OASIS)).toEqual(DEPLOYED)
      expect(await deploy(STAGING)).toEqual(DEPLOYED)
      expect(await deploy(UMUT, other)).toEqual(DEPLOYED)
    }
    expect([...account.workers.hosts].sort()).toEqual([
      ['oasis.example', 'oasis'],
      ['staff.oasis.example', 'oasis-staff'],
      ['staff.umut.example', 'umut-staff'],
      ['staging-staff.oasis.example', 'oasis-trial-staff'],
      ['staging.oasis.example', 'oasis-trial'],
      ['umut.example', 'umut'],
    ])
    const stores = ['oasis', 'oasis-trial', 'umut'].map((name) =>
      account.bindings(name).flatMap(({ id, bucket_name }) => id ?? bucket_name ?? []),
    )
    expect(stores).toEqual(
      [OASIS, STAGING, UMUT].map(({ databaseId, bucket }) => [databaseId, bucket]),
    )
  })

  test('A second organisation under the first names is refused, with what has them', async () => {
    await deploy(OASIS)
    await expectRefused(
      { ...UMUT, worker: 'oasis' },
      'oasis is in use: a worker whose staff host is staff.oasis.ex',
      other,
    )
  })

  test('A database, a bucket and a host of another worker are refused', async () => {
    await deploy(OASIS)
    const { databaseId, bucket, site } = OASIS
    await expectRefused(
      { ...UMUT, databaseId, database: 'oasis' },
      'oasis uses the database',
      other,
    )
    await expectRefused({ ...UMUT, bucket }, 'The worker oasis uses the bucket oasis-files', other)
    await expectRefused(
      { ...UMUT, site },
      'oasis.example is in use: a custom domain of the worker oasis.',
      other,
    )
  })
})

describe('names of strangers', () => {
  const website = { name: 'oasis.example', type: 'A', content: '192.0.2.1' }

  test('A website at the name of the site is refused until deployment.json names it', async () => {
    account.records.push(website, { ...website, type: 'MX', content: 'mail.example' })
    await expectRefused(OASIS, 'oasis.example is in use: it has a DNS A record to 192.0.2.1.')
    expect(await deploy({ ...OASIS, replaces: ['oasis.example'] })).toEqual(DEPLOYED)
    expect(await deploy({ ...OASIS, replaces: ['oasis.example'] })).toEqual(DEPLOYED)
    expect(said).toContain(
      'Nothing else has oasis.example: take it out of "replaces" in deployment.json.',
    )
  })

  test('A stranger’s worker at either name is refused', async () => {
    account.addWorker('oasis')
    account.addWorker('oasis-staff')
    await expectRefused(OASIS, 'oasis is in use: a worker whose staff host is not set.')
    await expectRefused({ ...OASIS, replaces: ['oasis'] }, 'oasis-staff is in use: a worker that')
    const replaces = ['oasis', 'oasis-staff']
    expect(await deploy({ ...OASIS, replaces })).toEqual(DEPLOYED)
  })
})

describe('an account that lies', () => {
  test('An answer of another form is refused at each question, and changes nothing', async () => {
    const before = account.state()
    let questions = 0
    for (;;) {
      let asked = 0
      account.lie = () => (asked++ === questions ? 'words' : undefined)
      const steps = await deploy(OASIS)
      const refusal = steps.find((step) => step.startsWith('Error'))
      expect(refusal).toContain('Cloudflare gave no answer that can be read')
      if (steps.includes('migrate')) {
        expect(refusal).toContain('What to do: mend the cause above')
        break
      }
      expect(refusal).toMatch(/Nothing was changed\.$/)
      expect(account.state()).toBe(before)
      questions++
    }
    expect(questions).toBeGreaterThan(7)
  })

  test('Several accounts are refused until deployment.json names one', async () => {
    const two = ['a', 'b'].map((id) => ({ id, name: id }))
    account.lie = (path) => (path === '/accounts' ? two : undefined)
    expect(await deploy(OASIS)).toEqual([
      'Error: This login reaches several accounts: write accountId into deployment.json.\n' +
        'Nothing was changed.',
    ])
    expect(account.workers.all.size).toBe(0)
  })

  test('A bucket or a database of another name is refused', async () => {
    account.lie = (path) => (path.includes('/r2/buckets/') ? { name: 'umut-files' } : undefined)
    await expectRefused(OASIS, 'There is no bucket oasis-files')
    account.lie = (path) => (path.includes('/d1/database/') ? { name: 'umut' } : undefined)
    await expectRefused(OASIS, 'The database of databaseId is umut, not oasis')
  })
})

describe('what is not there', () => {
  test('A typo in a bucket, a database or a host is refused', async () => {
    await expectRefused({ ...OASIS, bucket: 'oasis-filse' }, 'There is no bucket')
    await expectRefused({ ...OASIS, database: 'umut' }, 'is oasis, not umut')
    const databaseId = '6b1f0f0e-0000-4000-8000-00000000000f'
    await expectRefused({ ...OASIS, databaseId }, `There is no database ${databaseId}`)
    const elsewhere = { ...OASIS, site: 'https://oasis.elsewhere' }
    const before = account.state()
    expect(await deploy(elsewhere)).toEqual([
      expect.stringContaining('There is no zone for oasis.elsewhere in this account'),
    ])
    expect(account.state()).toBe(before)
  })

  test.each([
    [/dns_records/, 'the records of oasis.example (DNS, read'],
    [/r2/, 'the bucket (Workers R2 Storage, edit)'],
    [/scripts/, 'the workers (Workers Scripts, edit)'],
  ])('A login that may not look stops with the right that it lacks: %s', async (path, right) => {
    account.forbidden = path
    const [refusal] = await deploy(OASIS)
    expect(refusal).toContain(`does not let this login see ${right}`)
  })

  test('A server that does not answer stops the deployment', async () => {
    server.close()
    server.closeAllConnections()
    writeOrganisation(join(folder, 'org'), organisation)
    writeFileSync(join(folder, 'org/deployment.json'), JSON.stringify(OASIS))
    const deployment = readDeployment(join(folder, 'org/public.json'))
    await expect(requireOwnNames({ ask, account: ACCOUNT, deployment })).rejects.toThrow(
      'Cloudflare does not answer',
    )
  })
})
