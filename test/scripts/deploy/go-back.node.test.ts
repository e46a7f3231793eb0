// Tests that `npm run deploy -- back` goes back past migrations that only add something, but never
// past one that drops anything.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { SmallDeploy } from '#test/scripts/support/small-deploy.ts'

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

/** Deploys several pages one after another. @returns the live versions after each */
async function deployPages(...pages: string[]): Promise<(string | undefined)[][]> {
  const live: (string | undefined)[][] = []
  for (const page of pages) {
    small.page = page
    await small.deploy()
    live.push(small.live())
  }
  return live
}

test('Back brings the deploy before, then an older one, then a named one', async () => {
  const [first, second, third] = await deployPages('1', '2', '3')
  const database = small.database().changes
  expect(await small.back()).toEqual(['back-site'])
  expect(small.live()).toEqual(second)
  expect(await small.back()).toEqual(['back-site'])
  expect(small.live()).toEqual(first)
  expect(await small.backStopped()).toContain('notes no deploy before the live one')
  const newest = small.deploys()[2]?.began
  expect(await small.back(newest)).toEqual(['back-site'])
  expect(small.live()).toEqual(third)
  expect(await small.deploy()).toEqual([])
  expect(small.database().changes).toBe(database)
})

test('After a deploy that stopped in the middle, back brings the last whole one', async () => {
  const [, second] = await deployPages('1', '2')
  const whole = small.last().began
  small.page = '3'
  small.fails = { step: 'deploy', after: true }
  await small.stopped()
  small.fails = null
  expect(small.live()).not.toEqual(second)
  expect(await small.back()).toEqual(['back-site'])
  expect([small.live(), small.last().backTo]).toEqual([second, whole])
})

test('Back over a migration that only adds says that the database keeps it', async () => {
  const [first] = await deployPages('1')
  small.addMigration('9000_more.sql', 'ALTER TABLE `reads` ADD `more` text;')
  await deployPages('2')
  await small.back()
  expect(small.live()).toEqual(first)
  expect(said).toContain('  It keeps the migration 9000_more.sql, which only adds.')
  expect(said.at(-3)).toMatch(
    /^ {2}npm run watch -- https:\/\/oasis\.example --staff \S+ --build .*deployed\/[0-9a-f]{12}$/,
  )
  expect(small.last()).toMatchObject({ backTo: small.deploys()[0]?.began })
  expect(small.last().after?.migrations).toContain('9000_more.sql')
})

test('Back over a migration that drops is refused with the first such name', async () => {
  await deployPages('1')
  small.addMigration('9000_more.sql', 'ALTER TABLE `reads` ADD `more` text;')
  await deployPages('2')
  small.addMigration('9001_drop.sql', 'ALTER TABLE `reads` DROP COLUMN `more`;')
  small.addMigration('9002_drop.sql', 'DROP TABLE `reads`;')
  await deployPages('3')
  const before = [small.account.state(), small.deploys()]
  const [first, second] = small.deploys()
  for (const goal of [undefined, first?.began, second?.began]) {
    const message = await small.backStopped(goal)
    expect(message).toMatch(/^The migration 9001_drop\.sql drops the column more\. /)
    expect(message).toMatch(/Nothing was changed\.$/)
  }
  expect([small.account.state(), small.deploys()]).toEqual(before)
})

test('Back over a migration that is not in the clone is refused', async () => {
  await deployPages('1', '2')
  small.database().sql.exec("INSERT INTO d1_migrations (name) VALUES ('9009_other.sql')")
  expect(await small.backStopped()).toContain('9009_other.sql is not in this clone')
})

test('Back to a deploy whose stores a restore has replaced is refused', async () => {
  await deployPages('1')
  const { databaseId = '', bucket, ...rest } = small.deployment()
  const restored = crypto.randomUUID()
  for (const [other, replaces] of [
    [{ databaseId: restored, bucket }, databaseId],
    [{ databaseId: restored, bucket: 'oasis-files-2' }, bucket],
  ] as const) {
    small.account.addStores({ ...other, database: 'oasis-2' })
    small.write({ ...rest, ...other, database: 'oasis-2', replaces: [replaces] })
    await deployPages(replaces === bucket ? '3' : '2')
    const before = [small.account.state(), small.deploys()]
    expect(await small.backStopped()).toContain(`keeps reports in ${replaces}, and deployment.json`)
    expect([small.account.state(), small.deploys()]).toEqual(before)
  }
})

test('Without the word "yes" nothing goes back', async () => {
  const [, second] = await deployPages('1', '2')
  for (const typed of ['', 'y', 'no', 'Yes please'])
    expect(await small.backStopped(undefined, typed)).toBe('Nothing was changed.')
  expect([small.live(), small.deploys().length]).toEqual([second, 2])
})

test('A secret of the older deploy stays; a later one is named as missing', async () => {
  await deployPages('1')
  const put = (name: string) => {
    small.account.addWorker('oasis', small.account.bindings('oasis'))
    small.account.workers.all.get('oasis')?.versions[0]?.secrets.push(name)
  }
  put('ALERT_FIRST')
  const withAlert = small.live()
  await deployPages('2')
  put('PUSH_SECRET')
  await small.back()
  expect(small.live()[0]).toBe(withAlert[0])
  expect(said).toContainEqual(expect.stringMatching(/PUSH_SECRET was put in later and will be/))
  expect(said.join()).not.toContain('ALERT_FIRST was put in later')
})

test('A broken way back goes on in the next run, with both workers', async () => {
  const [first] = await deployPages('1')
  small.write({ ...small.deployment(), staffHost: 'staff2.oasis.example', replaces: ['oasis'] })
  await deployPages('2')
  small.fails = { step: 'back-staffHost', after: false }
  const message = await small.backStopped()
  const began = small.deploys()[0]?.began ?? ''
  expect(message).toContain('the worker of the staff host is as before')
  expect(message).toContain(`npm run deploy -- back ${began}`)
  small.fails = null
  expect(await small.back(began)).toEqual(['back-staffHost'])
  expect(small.live()).toEqual(first)
})

test('A time that fits no deploy or several lists the times, and changes nothing', async () => {
  await deployPages('1', '2')
  const { began } = small.last()
  const message = await small.backStopped('20')
  expect(message).toMatch(/^deploys\.json notes 2 deploys of "20"/)
  expect(message).toContain(`  ${began}`)
  expect(await small.backStopped('1999')).toMatch(/^deploys\.json notes 0 deploys of "1999"/)
})
