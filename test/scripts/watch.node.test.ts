import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dayNumber } from '#protocol/time'
import { signBuild } from '#scripts/manifest/sign-build'
import { makeSigningPair } from '#scripts/org/keys'
import { makeOrganisation } from '#scripts/org/organisation'
import { makePublishingFile, openPublishingFile } from '#scripts/org/files/publishing-key'
import { publicFile } from '#scripts/org/write'
import { askedOf, readPublished } from '#scripts/watch'

const NOW = Date.UTC(2026, 10, 26, 14, 52)
const PASSPHRASE = 'snow spruce apricot felt road'

test('The watch takes bare https addresses and refuses every other form in one sentence', () => {
  const { hosts } = askedOf(['https://a.example', 'https://b.example'])
  expect(hosts.map(({ origin }) => origin)).toEqual(['https://a.example', 'https://b.example'])
  const { hosts: both } = askedOf(['https://a.example', '--staff', 'https://staff.a.example'])
  expect(both.map(({ isOfStaff }) => isOfStaff)).toEqual([false, true])
  const given = askedOf(['https://a.example', '--build', 'x', '--keys', 'y.json'])
  expect([given.build, given.keys]).toEqual(['x', 'y.json'])
  for (const wrong of [
    [],
    ['a.example'],
    ['https://a.example', 'http://b.example'],
    ['https://a.example', '--wrong'],
    ['https://a.example', '--staff', 'staff.a.example'],
    ['--staff', 'https://staff.a.example'],
  ])
    expect(() => askedOf(wrong)).toThrow(/^Say which hosts/)
})

test('The watch refuses keys without a root, and the manifest of another root', async () => {
  const build = mkdtempSync(join(tmpdir(), 'oasis-watch-'))
  onTestFinished(() => rmSync(build, { recursive: true, force: true }))
  const rule = (path: string) => `${path}\n  Content-Security-Policy: none`
  const waict = `${rule('/.well-known/waict/*')}\n  Content-Type: application/json`
  writeFileSync(join(build, '_headers'), [rule('/'), waict].join('\n\n'))
  writeFileSync(join(build, 'index.html'), '<p>choose')
  const { privateKey } = await makeSigningPair()
  const file = await makePublishingFile(privateKey, PASSPHRASE, dayNumber(NOW))
  const key = await openPublishingFile(PASSPHRASE, file)
  await signBuild(build, key, { app: '', nowMs: NOW })

  const keys = join(build, 'public.json')
  await expect(readPublished({ build, keys }, NOW)).rejects.toThrow('no organisation')
  const organisation = await makeOrganisation(PASSPHRASE, NOW)
  const { manifest } = await makeOrganisation(PASSPHRASE, NOW)
  writeFileSync(keys, publicFile({ ...organisation, manifest }, true))
  await expect(readPublished({ build, keys }, NOW)).rejects.toThrow(
    'does not vouch for its manifest',
  )
  writeFileSync(keys, publicFile(organisation, true))
  await expect(readPublished({ build, keys }, NOW)).rejects.toThrow('has not certified')
})
