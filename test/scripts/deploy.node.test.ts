import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { deploySite } from '#scripts/deploy/deploy-site'
import { refusalsOf } from '#scripts/deploy/list-refusals'
import { ownSettings, writeConfigurations } from '#scripts/account/configuration'
import { Deployment, readDeployment } from '#scripts/account/deployment'
import { makeLocalOrganisation } from '#scripts/org/local'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { publishSql } from '#scripts/org/publish'
import { writeOrganisation } from '#scripts/org/write'
import { root } from '#scripts/shared/paths'
import { effectiveFaults } from '#scripts/settings/effective'
import { wantedOfSite } from '#scripts/settings/wanted'
import { FakeCloudflare } from '#test/scripts/support/fake-cloudflare.ts'
import {
  inFolder,
  makeClone,
  migrate,
  waive,
  wranglerInto,
} from '#test/scripts/support/deployable.ts'

const toml = readFileSync(join(root, 'wrangler.toml'), 'utf8')
const deployment = {
  site: 'https://oasis.example',
  staffHost: 'staff.oasis.example',
  databaseId: '6b1f0f0e-0000-4000-8000-000000000000',
  bucket: 'oasis-files',
  plan: 'paid',
}
let organisation: Organisation
let folder: string
const org = () => join(folder, 'org/public.json')
const refusals = () => refusalsOf(folder, org())
const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
const deployWith = (changes: object) =>
  write('org/deployment.json', JSON.stringify({ ...deployment, ...changes }))

beforeAll(async () => {
  organisation = await makeOrganisation('snow spruce apricot felt road', Date.now())
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-deploy-'))
  writeOrganisation(join(folder, 'org'), organisation)
  deployWith({})
  makeClone(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('A real organisation with a complete deployment.json may be deployed', async () => {
  expect(await refusals()).toEqual([])
})

test('An open question that nobody has waived stops the deployment', async () => {
  waive(folder, ({ id }) => id !== 'foundation.night')
  expect(await refusals()).toEqual([
    expect.stringContaining('foundation.night'),
    expect.stringContaining('docs/operations/first-deployment.md'),
  ])
})

describe('the organisation', () => {
  test('A deployment without an organisation is refused', async () => {
    rmSync(org())
    expect(await refusals()).toEqual([expect.stringContaining('There is no organisation')])
  })

  test('The public file of a throw-away organisation is refused, even on its own', async () => {
    await makeLocalOrganisation(join(folder, 'local'))
    cpSync(join(folder, 'local/public.json'), org())
    expect(await refusals()).toEqual([expect.stringContaining('throw-away')])
  })

  test.each([true, false, 'no', null])(
    'A public file that has the field throwAway is refused, even with the value %s',
    async (throwAway) => {
      const known = JSON.parse(readFileSync(org(), 'utf8')) as object
      writeFileSync(org(), JSON.stringify({ ...known, throwAway }))
      expect(await refusals()).toEqual([expect.stringContaining('throw-away')])
    },
  )

  test('An organisation without a publishing key is refused', async () => {
    rmSync(join(folder, 'org/publishing.key'))
    expect(await refusals()).toEqual([expect.stringContaining('npm run org -- publishing')])
  })

  test('A public file without keys or with text that is not JSON is refused', async () => {
    for (const text of ['{}', 'no JSON']) {
      writeFileSync(org(), text)
      expect(await refusals()).toEqual([expect.stringContaining('cannot be used')])
    }
  })

  test('A public file whose ledger another root began is refused', async () => {
    const other = await makeOrganisation('another set of five words', Date.now())
    const known = JSON.parse(readFileSync(org(), 'utf8')) as object
    writeFileSync(org(), JSON.stringify({ ...known, begin: other.ledger[0] }))
    expect(await refusals()).toEqual([expect.stringContaining('has not begun its ledger')])
  })

  test('A public file that an older version made without a ledger is refused', async () => {
    const known = JSON.parse(readFileSync(org(), 'utf8')) as object
    writeFileSync(org(), JSON.stringify({ ...known, begin: undefined }))
    expect(await refusals()).toEqual([expect.stringContaining('this command can read')])
  })
})

describe('wrangler.toml', () => {
  // A check that looked only for known mistakes would accept each of these settings.
  test.each<[string, (text: string) => string]>([
    ['observability', (text) => text.replace('enabled = false', 'enabled = true')],
    ['logs', (text) => text.replace('enabled = false', '$&\nlogs = { invocation_logs = true }')],
    ['traces', (text) => text.replace('enabled = false', '$&\ntraces = { enabled = true }')],
    ['a table of logs', (text) => `${text}\n[observability.logs]\nenabled = true\n`],
    ['workers.dev', (text) => text.replace('workers_dev = false', 'workers_dev = true')],
    ['preview addresses', (text) => text.replace('preview_urls = false', 'preview_urls = true')],
    ['logpush', (text) => `logpush = true\n${text}`],
    ['tail consumers', (text) => `${text}\n[[tail_consumers]]\nservice = "x"\n`],
    ['streaming tails', (text) => `${text}\n[[streaming_tail_consumers]]\nservice = "x"\n`],
    ['analytics', (text) => `${text}\n[[analytics_engine_datasets]]\nbinding = "AE"\n`],
    ['flood mode off', (text) => text.replace('FLOOD_MODE = "auto"', 'FLOOD_MODE = "off"')],
    ['no clock', (text) => text.replace('crons = ["* * * * *"]', 'crons = []')],
    ['no rate limits', (text) => text.replace(/\[\[ratelimits\]\][\s\S]*?(?=# Runs the)/, '')],
    ['an environment', (text) => `${text}\n[env.production.observability]\nenabled = true\n`],
    ['a test site key', (text) => text.replace('SITE_KEY = ""', 'SITE_KEY = "1x00000000000AA"')],
    ['a test secret', (text) => `${text}\nTURNSTILE_SECRET = "1x0000000000000000000AA"\n`],
    ['another siteverify', (text) => text.replace('VERIFY_URL = ""', 'VERIFY_URL = "http://a/"')],
  ])(
    'A deployment is refused with a setting that is not on the list: %s',
    async (_what, change) => {
      expect(change(toml)).not.toBe(toml)
      write('wrangler.toml', change(toml))
      const found = await refusals()
      expect(found).not.toEqual([])
      for (const sentence of found) expect(sentence).toMatch(/^wrangler\.toml: [^\n]+$/)
    },
  )

  test.each(['wrangler.json', 'wrangler.jsonc'])(
    'A file %s beside wrangler.toml is refused, because wrangler would read that file',
    async (name) => {
      write(name, '{"name":"oasis","observability":{"enabled":true},"workers_dev":true}')
      expect(await refusals()).toEqual([`${name}: wrangler would take it instead of wrangler.toml`])
    },
  )
})

describe('deployment.json', () => {
  test('A missing deployment.json is refused with the page that describes the file', async () => {
    rmSync(join(folder, 'org/deployment.json'))
    expect(await refusals()).toEqual([expect.stringContaining('deployment-file.md')])
    write('org/deployment.json', '{ "site": ')
    expect(await refusals()).toEqual([expect.stringContaining('is not JSON')])
  })

  test.each([
    ['site', undefined],
    ['site', 'http://oasis.example'],
    ['site', 'https://oasis.example/'],
    ['site', 'https://localhost'],
    ['staffHost', undefined],
    ['staffHost', ''],
    ['staffHost', 'https://staff.oasis.example'],
    ['apiHosts', 'https://second.example'],
    ['databaseId', '00000000-0000-0000-0000-000000000000'],
    ['databaseMb', 5],
    ['plan', 'cheap'],
    ['bucket', undefined],
    ['jurisdiction', 'us'],
    ['accountId', 'mine'],
    ['floodMode', 'off'],
    ['turnstileSiteKey', '1x00000000000000000000AA'],
    ['turnstileSiteKey', '3x00000000000000000000FF'],
    ['alerts.repeats', 0],
    ['alerts.language', 'kk'],
    ['alerts.digestHours.1', 24],
    ['turnstileSecret', '1x0000000000000000000000000000000AA'],
    ['workersDev', true],
  ])('A faulty field is refused in one sentence with its name: %s %s', async (name, value) => {
    const [first = '', second] = name.split('.')
    const inner = second === 'digestHours' ? [9, value] : value
    deployWith({ [first]: second === undefined ? value : { [second]: inner } })
    const [sentence = '', ...more] = await refusals()
    expect(more).toEqual([])
    expect(sentence).toMatch(/^[^\n]+\.$/)
    expect(sentence).toContain(`deployment.json: ${name} must`)
  })

  test('The example of deployment.json in the documents is accepted', () => {
    const page = readFileSync(join(root, 'docs/operations/deployment-file.md'), 'utf8')
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
    write('org/deployment.json', example)
    expect(readDeployment(org())).toMatchObject({ staffHost: 'staff.oasis.example' })
  })

  test('Each fault of deployment.json has its own sentence', async () => {
    write('org/deployment.json', '{}')
    expect((await refusals()).join('\n').split('\n')).toHaveLength(3)
  })
})

describe('what wrangler deploys', () => {
  const configure = (changes: object = {}, of: 'site' | 'staffHost' = 'site') => {
    deployWith(changes)
    const paths = writeConfigurations(folder, readDeployment(org()), join(folder, 'deploy'))
    return JSON.parse(readFileSync(paths[of], 'utf8')) as Record<string, unknown>
  }

  test('The site has its own hosts as custom domains, and the settings of the file', () => {
    const configuration = configure({
      apiHosts: ['https://second.example'],
      databaseMb: 10_000,
      plan: 'paid',
      alerts: { language: 'ru', digestHours: [8, 20] },
    })
    expect(configuration).toMatchObject({
      routes: ['oasis.example', 'second.example'].map((pattern) => ({
        pattern,
        custom_domain: true,
      })),
      d1_databases: [{ database_id: deployment.databaseId }],
      r2_buckets: [{ bucket_name: 'oasis-files' }],
      observability: { enabled: false },
      vars: {
        STAFF_HOST: 'staff.oasis.example',
        FLOOD_MODE: 'auto',
        DATABASE_MB: '10000',
        PLAN: 'paid',
        ALERT_LANG: 'ru',
        ALERT_DIGEST_HOURS: '8 20',
        ALERT_REPEATS: '1',
      },
    })
  })

  test('The staff host has a worker without files, stores, variables and clock', () => {
    expect(configure({ accountId: 'a'.repeat(32) }, 'staffHost')).toEqual({
      name: 'oasis-staff',
      main: join(folder, 'worker/staff-host.ts'),
      account_id: 'a'.repeat(32),
      compatibility_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown,
      routes: [{ pattern: 'staff.oasis.example', custom_domain: true }],
      services: [{ binding: 'SITE', service: 'oasis' }],
      observability: { enabled: false },
      ...{ workers_dev: false, preview_urls: false, send_metrics: false, minify: true },
    })
  })

  test.each([
    { site: 'https://staff.oasis.example' },
    { apiHosts: ['https://staff.oasis.example'] },
  ])('One host for site and staff is refused: %j', (changes) => {
    expect(() => configure(changes)).toThrow(/staffHost must be another host/)
  })

  test('A configuration without its routes or with other values is refused', () => {
    const own = ownSettings(Deployment.parse(deployment))
    const { routes, ...without } = configure()
    const faultsOf = (configuration: object): string[] => {
      write('deploy/wrangler.json', JSON.stringify(configuration))
      const path = join(folder, 'deploy/wrangler.json')
      return effectiveFaults(folder, path, wantedOfSite(folder, own))
    }
    expect(faultsOf({ ...without, routes })).toEqual([])
    expect(faultsOf(without)).toEqual([
      expect.stringMatching(/^wrangler\.json: routes must be .*oasis\.example/),
    ])
    expect(faultsOf({ ...without, routes, logpush: true })).toEqual([
      'wrangler.json: logpush must not be set',
    ])
  })

  test('A written configuration with a setting outside the list is refused', () => {
    write('wrangler.toml', toml.replace('enabled = false', 'enabled = true'))
    expect(() => configure()).toThrow(/^wrangler\.json: observability.* must be/)
  })
})

describe('npm run deploy', () => {
  /** @param ask  responds to database queries */
  const deployTo = async (ask: (query: string) => object[]): Promise<string[]> => {
    const steps: string[] = []
    // The account has the stores, and nothing else in it has the names of this deployment.
    const account = FakeCloudflare.with(deployment)
    await deploySite({
      ...inFolder(folder, org()),
      cloudflare: () => Promise.resolve(account.ask),
      wrangler: (config) => {
        expect(config === null || existsSync(config)).toBe(true)
        return wranglerInto(account, ask, steps)(config)
      },
      build: (leftOut) => {
        steps.push(['build', ...leftOut].join(' '))
        return Promise.resolve('0'.repeat(64))
      },
    }).catch((reason: unknown) => steps.push(String(reason)))
    return steps
  }
  /** A database in memory, with the keys of an organisation. */
  const databaseOf = (of?: Organisation) => {
    const database = new DatabaseSync(':memory:')
    migrate(database)
    if (of) database.exec(publishSql(of))
    return database
  }
  const over = (database: DatabaseSync) => (query: string) => database.prepare(query).all()

  test('A database with the keys of public.json is migrated, and nothing is loaded', async () => {
    expect(await deployTo(over(databaseOf(organisation)))).toEqual([
      'build',
      'migrate: d1 migrations apply DB --remote',
      'deploy: deploy --no-x-provision --strict --tag 000000000000',
      'deploy-staff-host: deploy --no-x-provision --strict --tag 000000000000',
    ])
  })

  test('An edition that nobody has signed is left out of the build, with a sentence', async () => {
    const elsewhere = { lang: 'ru', words: 'in Russian' }
    write('content/editions.json', JSON.stringify({ xa: { name: 'A', pages: [''], elsewhere } }))
    const said: unknown[] = []
    vi.spyOn(console, 'log').mockImplementation((line: unknown) => void said.push(line))
    expect(await deployTo(over(databaseOf(organisation)))).toContain('build xa')
    expect(said).toContainEqual(
      expect.stringMatching(/^The edition xa is left out: no native speaker has signed .*\.$/),
    )
  })

  test('A deployment loads the keys into an empty database before the site', async () => {
    const [empty, loaded] = [databaseOf(), databaseOf(organisation)]
    let isBuilt = false
    const steps = await deployTo((query) => {
      const rows = over(isBuilt ? loaded : empty)(query)
      // The keys are loaded after the first complete series of queries, which ends with the
      // generations.
      isBuilt ||= query.includes('FROM teams')
      return rows
    })
    expect(steps.map((step) => step.split(':')[0])).toEqual([
      'build',
      'migrate',
      'publish',
      'deploy',
      'deploy-staff-host',
    ])
    expect(steps[2]).toContain(join(folder, 'org/publish.sql'))
  })

  test('A database of another organisation stops the deployment before the migration', async () => {
    const other = await makeOrganisation('another set of five words', Date.now())
    expect(await deployTo(over(databaseOf(other)))).toEqual([
      expect.stringContaining('another organisation'),
    ])
  })

  test('A refused setting stops the deployment before the build', async () => {
    deployWith({ staffHost: '' })
    expect(await deployTo(over(databaseOf(organisation)))).toEqual([
      expect.stringContaining('staffHost must be'),
    ])
  })
})
