// Tests the address for security reports in deployment.json, and what a build does with it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY_MS } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { readDeployment } from '#scripts/account/deployment'
import { buildEnvironment } from '#scripts/build'

let folder: string
const org = () => join(folder, 'public.json')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-security-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function deployWith(security?: object): void {
  const deployment = {
    site: 'https://oasis.example',
    staffHost: 'staff.oasis.example',
    databaseId: '6b1f0f0e-0000-4000-8000-000000000000',
    bucket: 'oasis-files',
    ...(security && { security }),
  }
  writeFileSync(join(folder, 'deployment.json'), JSON.stringify(deployment))
}

const contact = 'mailto:security@oasis.example'
const inDays = (days: number): string => dayOf(Date.now() + days * DAY_MS)
const settings = () => buildEnvironment({ dist: 'dist', org: org() })

test('A build gets the address and its last day, and neither without an address', () => {
  deployWith({ contact, lastDay: inDays(200) })
  expect(settings()).toMatchObject({
    OASIS_SECURITY_CONTACT: contact,
    OASIS_SECURITY_LAST_DAY: inDays(200),
  })
  deployWith()
  expect(Object.keys(settings()).filter((name) => name.includes('SECURITY'))).toEqual([])
})

test.each([-1, 368])('A last day %i days from now stops the build with a sentence', (days) => {
  deployWith({ contact, lastDay: inDays(days) })
  expect(settings).toThrow(`security.lastDay in deployment.json is ${inDays(days)}`)
})

test.each([
  [{ contact: 'security@oasis.example', lastDay: '2027-06-30' }, 'security.contact must be'],
  [{ contact: 'http://oasis.example', lastDay: '2027-06-30' }, 'security.contact must be'],
  [{ contact: `${contact}\nContact: mailto:x@y.example`, lastDay: '2027-06-30' }, 'contact must'],
  [{ contact, lastDay: '2027-02-30' }, 'security.lastDay must be a day'],
  [{ contact, lastDay: '30.06.2027' }, 'security.lastDay must be a day'],
  [{ contact, lastDay: '2027-13-01' }, 'security.lastDay must be a day'],
])('The contact %o is refused', (security, sentence) => {
  deployWith(security)
  expect(() => readDeployment(org())).toThrow(sentence)
})
