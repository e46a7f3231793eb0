// Tests deployment notes: a second run changes only what differs, and an interrupted run continues.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { meaningIn } from '#scripts/deploy/failure'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { OASIS, SmallDeploy } from '#test/scripts/support/small-deploy.ts'

let organisation: Organisation
let small: SmallDeploy
let said: string[]
beforeAll(async () => {
  organisation = await makeOrganisation('snow spruce apricot felt road', Date.now())
})
beforeEach(() => {
  said = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
  small = new SmallDeploy(organisation)
})
afterEach(() => small.delete())

const STORES = ['make-database', 'make-bucket', 'bucket-days']
const WHOLE = ['migrate', 'publish', 'deploy', 'deploy-staff-host']

describe('the notes of a deploy', () => {
  test('The first deploy makes the stores and notes what was there and what is live', async () => {
    expect(await small.deploy()).toEqual([...STORES, ...WHOLE])
    const { began, ended, before, after, bookmark, steps, siteManifest } = small.last()
    expect(Date.parse(began)).toBeLessThanOrEqual(Date.parse(ended ?? ''))
    expect(before).toEqual({ versions: { site: null, staffHost: null }, migrations: [] })
    const [site, staffHost] = small.live()
    expect(after?.versions).toEqual({ site, staffHost })
    expect(after?.migrations).toContain('0000_tables.sql')
    expect(bookmark).toMatch(/^00000000-/)
    expect(steps.map(({ name }) => name)).toEqual(['migrate', 'keys', 'site', 'staffHost'])
    expect(siteManifest).toHaveLength(64)
  })

  test('A second run without a change deploys nothing and notes nothing', async () => {
    await small.deploy()
    const [before, notes] = [small.account.state(), small.deploys()]
    expect(await small.deploy()).toEqual([])
    expect(said.at(-2)).toMatch(/^Nothing has changed since the deploy of /)
    expect([small.account.state(), small.deploys()]).toEqual([before, notes])
  })

  test('A changed page deploys the site alone; a migration is applied as well', async () => {
    await small.deploy()
    small.page = 'second'
    expect(await small.deploy()).toEqual(['deploy'])
    small.addMigration('9000_more.sql', 'ALTER TABLE `reads` ADD `more` text;')
    expect(await small.deploy()).toEqual(['migrate'])
    expect(small.last().after?.migrations).toContain('9000_more.sql')
  })

  test('A version that a secret made is deployed over, and noted as the state before', async () => {
    await small.deploy()
    const [first] = small.live()
    small.account.addWorker('oasis', small.account.bindings('oasis'))
    expect(await small.deploy()).toEqual(['deploy'])
    expect(small.last().before.versions.site).not.toBe(first)
  })
})

describe('a run that breaks', () => {
  test.each([
    ['make-bucket', false],
    ['make-bucket', true],
    ['migrate', false],
    ['publish', false],
    ['deploy', false],
    ['deploy-staff-host', false],
  ])('A run that breaks in %s goes on, and the end is the same', async (step, after) => {
    small.fails = { step, after }
    const message = await small.stopped()
    expect(message).toContain('What is live: ')
    expect(message).toContain('What has changed: ')
    expect(message).toContain('What to do: ')
    small.fails = null
    const steps = await small.deploy()
    const all = [...STORES, ...WHOLE]
    expect(steps).toEqual(all.slice(all.indexOf(step) + (after ? 1 : 0)))
    expect(small.deploys()).toHaveLength(1)
    expect(small.last().after?.versions.site).toBe(small.live()[0])
    expect(await small.deploy()).toEqual([])
  })

  test('A broken site names the new tables, the old worker and the bookmark', async () => {
    await small.deploy()
    small.page = 'second'
    small.addMigration('9000_more.sql', 'ALTER TABLE `reads` ADD `more` text;')
    small.fails = { step: 'deploy', after: false, message: 'It broke. [code: 10013]' }
    const message = await small.stopped()
    expect(message).toContain('Something failed inside Cloudflare')
    expect(message).toContain(
      'the worker of the site is as before; the worker of the staff host is as before.',
    )
    expect(message).toContain('What has changed: the database has the migration 9000_more.sql.')
    expect(message).toContain(
      `The bookmark of the database from before is ${small.last().bookmark}`,
    )
    const { before } = small.last()
    small.fails = null
    expect(await small.deploy()).toEqual(['deploy'])
    expect(said).toContainEqual(expect.stringMatching(/stopped in the middle. This run goes on/))
    expect(small.deploys()).toHaveLength(2)
    expect(small.last().before).toEqual(before)
  })

  test('A worker that went live before the break is deployed again, and named as new', async () => {
    await small.deploy()
    small.page = 'second'
    small.fails = { step: 'deploy', after: true, message: 'no zone [code: 10082]' }
    const message = await small.stopped()
    expect(message).toContain(`the worker of the site is in the new version ${small.live()[0]}`)
    expect(message).toContain('add its domain to Cloudflare first')
    small.fails = null
    expect(await small.deploy()).toEqual(['deploy'])
    expect(await small.deploy()).toEqual([])
  })

  test('Changed sources after a break begin another deploy', async () => {
    small.fails = { step: 'deploy-staff-host', after: false }
    await small.stopped()
    small.fails = null
    small.page = 'second'
    expect(await small.deploy()).toEqual(['deploy', 'deploy-staff-host'])
    expect(small.deploys().map(({ ended }) => ended === null)).toEqual([true, false])
  })
})

test.each([
  ['deploy', 'Cloudflare still shows the version from before'],
  ['migrate', 'the database lacks the migration 9000_more.sql'],
])(
  'A wrangler that was killed in %s ends without an error, and stops the run',
  async (step, why) => {
    await small.deploy()
    small.page = 'second'
    small.addMigration('9000_more.sql', 'ALTER TABLE `reads` ADD `more` text;')
    small.isKilledIn = step
    expect(await small.stopped()).toContain(why)
    small.isKilledIn = null
    const steps = ['migrate', 'deploy']
    expect(await small.deploy()).toEqual(steps.slice(steps.indexOf(step)))
  },
)

test.each([
  ['No database [code: 7404]', 'Cloudflare does not find the database'],
  ['Authentication error [code: 10000]', 'This login has no right to do that'],
  ['no such bucket [code: 10006]', 'Cloudflare does not find the bucket'],
  ['An unknown error [code: 10013]', 'Something failed inside Cloudflare'],
  ['Could not find zone [code: 10082]', 'The account has no zone for this host'],
  ['a line [code: 1] and then [code: 10013]', 'Something failed inside Cloudflare'],
])('A code of Cloudflare has a sentence of ours: %s', (output, sentence) => {
  expect(meaningIn(output)).toContain(sentence)
})

test('A failure without a known code gets no sentence', () => {
  expect(meaningIn('Something else [code: 12345]')).toBe('')
})

describe('stores', () => {
  test('A database or a bucket that was there before is never taken', async () => {
    small.account.addStores({ databaseId: crypto.randomUUID(), bucket: 'other' })
    expect(await small.stopped()).toMatch(/^The account has a database oasis, .*changed\.$/s)
    small.write({ ...OASIS, database: 'second' })
    small.account.buckets.set('oasis-files', [])
    expect(await small.stopped()).toMatch(/^The account has a bucket oasis-files/)
    expect(small.ran).toEqual([])
  })

  test('A typo in the bucket of a live site is refused until "replaces" names it', async () => {
    await small.deploy()
    const { databaseId } = small.deployment()
    small.account.buckets.set('oasis-filse', [])
    small.write({ ...OASIS, databaseId, bucket: 'oasis-filse' })
    expect(await small.stopped()).toContain('oasis-files is in use: the live worker stores')
    small.write({ ...OASIS, databaseId, bucket: 'oasis-filse', replaces: ['oasis-files'] })
    expect(await small.deploy()).toEqual(['deploy'])
  })

  test('Both stores are made in the European Union, and another place is refused', async () => {
    small.write({ ...OASIS, jurisdiction: 'eu' })
    await small.deploy()
    expect([...small.account.buckets.keys()]).toEqual(['eu:oasis-files'])
    expect(small.database().jurisdiction).toBe('eu')
    const { databaseId } = small.deployment()
    small.write({ ...OASIS, databaseId })
    expect(await small.stopped()).toContain('The database oasis is in the jurisdiction eu')
  })

  test('The free plan is refused, and a broken deploys.json stops the run', async () => {
    small.write({ ...OASIS, plan: 'free' })
    expect(await small.stopped()).toContain('plan: the free plan refuses every report above')
    small.write(OASIS)
    small.breakNotes()
    expect(await small.stopped()).toMatch(/deploys\.json cannot be read: .*Nothing was changed\.$/s)
    expect(small.ran).toEqual([])
  })
})
