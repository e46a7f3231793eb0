// Tests what `npm run content -- launch` reports about keys.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS } from '#protocol/limits'
import { dayNumber, dayOf } from '#protocol/time'
import { keyLines } from '#scripts/content/key-days'
import { keepManifest, lastSignatureOf, noteDeploy } from '#scripts/deploy/deploys-file'
import { signBuild } from '#scripts/manifest/sign-build'
import { makePublishingFile, openPublishingFile } from '#scripts/org/files/publishing-key'
import { makeSigningPair } from '#scripts/org/keys'
import { makeLocalOrganisation } from '#scripts/org/local'

const PASSPHRASE = 'snow spruce apricot felt road'
let folder: string
let org: string
let begun: number
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-key-days-'))
  org = join(folder, 'public.json')
  begun = Date.now()
  await makeLocalOrganisation(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const linesAfter = (days: number): Promise<string[]> => keyLines(org, begun + days * DAY_MS)

test('The lines about new keys say how many days they last, without an alarm', async () => {
  const [epoch, keeper, newer] = await linesAfter(0)
  expect(epoch).toMatch(
    /^Keys: the key for letters \(epoch 1\) ends in 365 days, on \d{4}-\d\d-\d\d\.$/,
  )
  expect(keeper).toMatch(/^Keys: the last certificate of a keeper ends in 800 days/)
  expect(newer).toContain('/api/health of the site')
})

test.each([
  [310, /^Keys: .* ends in 55 days, on .*: a keeper opens the next one/],
  [350, /^Keys: .* ends in 15 days/],
  [351, /^! Keys: .* ends in 14 days/],
  [380, /^! Keys: .* ended 15 days ago/],
])('After %i days the line about the epoch says what to do', async (days, line) => {
  expect((await linesAfter(days))[0]).toMatch(line)
})

test('A certificate that ends within 14 days is an alarm of its own', async () => {
  expect((await linesAfter(785))[1]).toMatch(/^Keys: .* ends in 15 days/)
  expect((await linesAfter(786))[1]).toMatch(/^! Keys: .* ends in 14 days.*renew-keeper\.md/)
})

test('Without an organisation the line says how to make one', async () => {
  expect(await keyLines(join(folder, 'none.json'), begun)).toEqual([
    expect.stringContaining('npm run org'),
  ])
})

test('A public file whose root does not vouch for its manifest is refused', async () => {
  const path = join(folder, 'forged.json')
  const known = JSON.parse(readFileSync(org, 'utf8')) as { manifest: string }
  const manifest = `${known.manifest.slice(0, -4)}AAAA`
  writeFileSync(path, JSON.stringify({ ...known, manifest }))
  await expect(keyLines(path, begun)).rejects.toThrow(/does not vouch/)
})

test('The address of a deployment is named, where it is known', async () => {
  const deployment = {
    site: 'https://oasis.example',
    staffHost: 'staff.oasis.example',
    databaseId: '0a0b0c0d-0000-4000-8000-000000000001',
    bucket: 'oasis-files',
  }
  writeFileSync(join(folder, 'deployment.json'), JSON.stringify(deployment))
  expect((await linesAfter(0)).at(-1)).toContain('https://oasis.example/api/health')
})

test('The address for security reports raises an alarm 14 days before its last day', async () => {
  const path = join(folder, 'deployment.json')
  const known = JSON.parse(readFileSync(path, 'utf8')) as object
  const lastDay = dayOf(begun + 100 * DAY_MS)
  const security = { contact: 'mailto:security@oasis.example', lastDay }
  writeFileSync(path, JSON.stringify({ ...known, security }))
  const lineAfter = async (days: number) =>
    (await linesAfter(days)).find((line) => line.includes('security reports'))
  expect(await lineAfter(0)).toBe(
    `Keys: the address for security reports ends in 100 days, on ${lastDay}.`,
  )
  expect(await lineAfter(85)).toMatch(/^Keys: .* ends in 15 days, .*security-contact\.md\.$/)
  expect(await lineAfter(86)).toMatch(/^! Keys: .* ends in 14 days/)
})

test('The key that signed the last deploy raises an alarm 14 days before its end', async () => {
  const site = join(folder, 'site')
  mkdirSync(site)
  const policies = ['/', '/.well-known/*'].map((path) => `${path}\n  Content-Security-Policy: none`)
  writeFileSync(join(site, '_headers'), `${policies.join('\n\n')}\n  Content-Type: text/plain`)
  writeFileSync(join(site, 'index.html'), '<p>choose')
  const { privateKey } = await makeSigningPair()
  const file = await makePublishingFile(privateKey, PASSPHRASE, dayNumber(begun))
  await signBuild(site, await openPublishingFile(PASSPHRASE, file), { app: '', nowMs: begun })
  const siteManifest = '0'.repeat(64)
  keepManifest(org, site, siteManifest)
  const state = { versions: { site: null, staffHost: null }, migrations: [] }
  const began = new Date(begun).toISOString()
  noteDeploy(org, {
    ...{ began, ended: began, worker: 'oasis', siteManifest, bookmark: '' },
    ...{ made: { site: '', staffHost: '' }, before: state, steps: [], after: state },
  })
  const lineAfter = async (days: number) =>
    (await keyLines(org, begun + days * DAY_MS, lastSignatureOf(org))).find((line) =>
      line.includes('publishing key'),
    )
  expect(lastSignatureOf(join(folder, 'site/public.json'))).toBeNull()
  expect(await lineAfter(0)).toMatch(/^Keys: .* ends in 365 days, on \d{4}-\d\d-\d\d\.$/)
  expect(await lineAfter(350)).toMatch(/^Keys: .* ends in 15 days, .*published-pages\.md/)
  expect(await lineAfter(351)).toMatch(/^! Keys: .* ends in 14 days/)
})
