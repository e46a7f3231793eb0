// Tests the check from outside after a deployment: what it compares, what it reports, and when it
// stops.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { hostsOfDeployment, lookOutside } from '#scripts/deploy/look-outside'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { anyPort } from '#scripts/shared/ports'
import { Stop } from '#scripts/shared/progress'
import { OASIS, SmallDeploy } from '#test/scripts/support/small-deploy.ts'

const GREEN = { faults: [], settings: [], newKeys: [] }
const FAULT = 'https://oasis.example/ky/ is not what was published.'
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

const keptOf = (at: number) => `deployed/${small.deploys()[at]?.siteManifest.slice(0, 12)}`

test('A deploy is compared with its build once, and an unchanged one is not', async () => {
  await small.deploy()
  expect(small.compared).toEqual([`${small.folder}/dist`])
  expect(said).toContain('Every page, script and key is as it was signed.')
  expect(said.at(-1)).toBe('  npm run deploy -- letter')
  await small.deploy()
  expect(small.compared).toHaveLength(1)
})

test('A deploy says that nobody is called until a secret for alerts is in', async () => {
  const nobody = expect.stringContaining('calls nobody when somebody is in danger') as string
  await small.deploy()
  expect(said).toContainEqual(nobody)
  small.account.workers.all.get('oasis')?.versions[0]?.secrets.push('ALERT_FIRST')
  said = []
  small.page = 'second'
  await small.deploy()
  expect(said).not.toContainEqual(nobody)
})

test('An account that does not answer after the deploy does not fail it', async () => {
  const { ask } = small.account
  let asked = 0
  small.account.ask = async (question) => {
    if ((small.deploys().at(-1)?.ended ?? null) === null) return ask(question)
    asked += 1
    throw new Stop('Cloudflare does not answer.')
  }
  await small.deploy()
  expect(asked).toBe(1)
  expect(small.compared).toHaveLength(1)
})

test('A fault stops the command, and names the way back only if there is one', async () => {
  small.looked = { ...GREEN, faults: [FAULT] }
  const first = await small.stopped()
  expect(first).toContain(FAULT)
  expect(first).toContain('look again: `npm run deploy -- look`.')
  expect(first).not.toContain('back')
  // The deployment itself has finished, so a second run does not repeat it.
  expect(small.last().ended).not.toBeNull()
  expect(await small.deploy()).toEqual([])
  small.page = 'second'
  expect(await small.stopped()).toContain('go back: `npm run deploy -- back`.')
})

test('Many faults are counted, and broken settings stop nothing', async () => {
  const faults = Array.from({ length: 12 }, (_, n) => `fault ${n}`)
  small.looked = { ...GREEN, faults }
  const stopped = await small.stopped()
  expect(stopped).toContain('fault 9\n… and 2 more.')
  expect(stopped).not.toContain('fault 10')
  const line = 'https://oasis.example: Always Use HTTPS is on: answers 200'
  small.looked = { ...GREEN, settings: [line], newKeys: ['Newer keys.'] }
  expect(await small.look()).toBe('')
  expect(said).toEqual(expect.arrayContaining([`  ${line}`, 'Newer keys.']))
})

test('A later look compares the deploy that was noted last, also after a way back', async () => {
  expect(await small.look()).toContain('notes no deploy that ended')
  await small.deploy()
  small.page = 'second'
  await small.deploy()
  await small.look()
  expect(small.compared.at(-1)).toContain(keptOf(1))
  await small.back()
  expect(small.compared.at(-1)).toContain(keptOf(0))
  await small.look()
  expect(small.compared.at(-1)).toContain(keptOf(0))
})

test('A look after an interrupted way back names the way back, not a deploy', async () => {
  await small.deploy()
  small.page = 'second'
  await small.deploy()
  small.fails = { step: 'back-site', after: false }
  await small.backStopped()
  const { backTo } = small.last()
  expect(backTo).toBe(small.deploys()[0]?.began)
  expect(await small.look()).toContain(`run \`npm run deploy -- back ${backTo}\` first`)
  small.fails = null
  await small.back(backTo)
  expect(await small.look()).toBe('')
})

test('A fault after a way back offers no other way back', async () => {
  await small.deploy()
  small.page = 'second'
  await small.deploy()
  small.looked = { ...GREEN, faults: [FAULT] }
  const stopped = await small.backStopped()
  expect(stopped).toContain(FAULT)
  expect(stopped).not.toContain('go back')
})

test('Every host of a deployment is looked at, the staff host as one', () => {
  const deployment = { ...OASIS, apiHosts: ['https://second.example'], replaces: [] }
  expect(hostsOfDeployment(deployment)).toEqual([
    { origin: 'https://oasis.example', isOfStaff: false, httpPort: 80 },
    { origin: 'https://second.example', isOfStaff: false, httpPort: 80 },
    { origin: 'https://staff.oasis.example', isOfStaff: true, httpPort: 80 },
  ])
})

test('A host that gives no answer in time is the only fault', async () => {
  const port = await anyPort()
  const silent = { origin: `https://localhost:${port}`, httpPort: port }
  expect(
    await lookOutside([silent], { build: small.folder, org: small.org }, { longestMs: 0 }),
  ).toEqual({
    ...GREEN,
    faults: [`${silent.origin} gives no answer.`],
  })
})
