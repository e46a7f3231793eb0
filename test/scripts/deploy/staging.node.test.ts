// Tests a second deployment under different names, and the questions that are asked before the
// first deployment.
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { readDeployment } from '#scripts/account/deployment'
import { askDeployment } from '#scripts/deploy/ask-deployment'
import { prepareStaging, stagingOf, stagingPassphrase } from '#scripts/deploy/staging'
import { openPublishingFile } from '#scripts/org/files/publishing-key'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { OASIS, SmallDeploy } from '#test/scripts/support/small-deploy.ts'

let organisation: Organisation
let small: SmallDeploy
beforeAll(async () => {
  organisation = await makeOrganisation('snow spruce apricot felt road', Date.now())
})
beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue()
  small = new SmallDeploy(organisation)
})
afterEach(() => small.delete())

describe('staging', () => {
  const toStaging = async (): Promise<void> => {
    small.org = await prepareStaging(small.org)
    small.isStaging = true
  }

  test('Production, staging and another organisation share no name', async () => {
    const other = new SmallDeploy(
      await makeOrganisation('another set of five', Date.now()),
      small.account,
    )
    other.write({
      ...{ site: 'https://umut.example', staffHost: 'staff.umut.example', plan: 'paid' },
      ...{ worker: 'umut', database: 'umut', bucket: 'umut-files' },
    })
    await small.deploy()
    await other.deploy()
    const [production, umut] = [small.live(), other.live()]
    const real = small.org
    await toStaging()
    await small.deploy()
    small.page = 'second'
    await small.deploy()
    await small.back()
    expect(small.live('oasis')).toEqual(production)
    expect(other.live()).toEqual(umut)
    expect([...small.account.workers.hosts.keys()].sort()).toEqual([
      ...['oasis.example', 'staff.oasis.example', 'staff.umut.example'],
      ...['staging-staff.oasis.example', 'staging.oasis.example', 'umut.example'],
    ])
    expect([...small.account.buckets.keys()]).toEqual([
      ...['oasis-files', 'umut-files', 'oasis-files-staging'],
    ])
    const names = [...small.account.databases.all.values()].map(({ name }) => name)
    expect(names).toEqual(['oasis', 'umut', 'oasis-staging'])
    small.org = real
    small.isStaging = false
    small.page = 'first'
    expect([await small.deploy(), small.deploys().length]).toEqual([[], 1])
    other.delete()
  })

  test('Staging keeps its organisation and its database from run to run', async () => {
    await toStaging()
    await small.deploy()
    const [keys, { databaseId }] = [readFileSync(small.org, 'utf8'), small.deployment()]
    small.org = join(dirname(dirname(small.org)), 'public.json')
    await toStaging()
    expect(await small.deploy()).toEqual([])
    expect([readFileSync(small.org, 'utf8'), small.deployment().databaseId]).toEqual([
      keys,
      databaseId,
    ])
    const file = readFileSync(join(dirname(small.org), 'publishing.key'), 'utf8')
    const opened = await openPublishingFile(await stagingPassphrase(small.org), file)
    expect(opened.publicKey).toHaveLength(65)
  })

  test('A field that leaves the real deployment.json leaves that of staging', async () => {
    small.write({ ...OASIS, floodMode: 'on' })
    const real = small.org
    await toStaging()
    expect(small.deployment().floodMode).toBe('on')
    small.org = real
    small.write(OASIS)
    await toStaging()
    expect(small.deployment()).not.toHaveProperty('floodMode')
  })

  test('Staging refuses real keys, and production refuses those of staging', async () => {
    small.isStaging = true
    expect(await small.stopped()).toContain('staging never takes real keys')
    small.isStaging = false
    small.org = await prepareStaging(small.org)
    expect(await small.stopped()).toContain('throw-away organisation')
    expect(small.ran).toEqual([])
  })

  test('No host of staging is below the staff host, and secrets are not named', () => {
    const staging = stagingOf({ ...readDeployment(small.org), turnstileSiteKey: '0x4AAA' })
    expect(staging.staffHost.endsWith('.staff.oasis.example')).toBe(false)
    expect(staging).not.toHaveProperty('turnstileSiteKey')
    expect(staging).not.toHaveProperty('databaseId')
  })
})

describe('the questions', () => {
  /** @returns the number of questions */
  const answer = async (...typed: string[]): Promise<number> => {
    rmSync(join(dirname(small.org), 'deployment.json'))
    let asked = 0
    await askDeployment({ ask: () => Promise.resolve(typed[asked++] ?? '') }, small.org)
    return asked
  }

  test('Six answers are kept, and a deployment takes them', async () => {
    const { site, staffHost } = OASIS
    expect(await answer(site, staffHost, '', '', 'no', 'yes')).toBe(6)
    expect(small.deployment()).toMatchObject({ ...OASIS, databaseMb: 10_000 })
    await small.deploy()
    expect(await small.deploy()).toEqual([])
  })

  test('An answer that does not fit is asked again with a sentence', async () => {
    const asked = await answer(
      ...['oasis', 'https://oasis.example/', 'oasis.example', 'staff.oasis.example'],
      ...['staff.oasis.example', 'second.example', 'Umut!', 'umut', 'yes', ''],
    )
    expect(asked).toBe(10)
    expect(small.deployment()).toMatchObject({
      ...{ site: 'https://oasis.example', staffHost: 'staff.oasis.example' },
      ...{ apiHosts: ['https://second.example'], worker: 'umut', bucket: 'umut-files' },
      ...{ jurisdiction: 'eu', plan: 'free' },
    })
  })
})
