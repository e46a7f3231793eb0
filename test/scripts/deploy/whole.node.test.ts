// Runs the real `npm run deploy` and wrangler against a simulated account, from an empty account to
// a live site. The other scenarios are in whole.soak.node.test.ts.
import { expect, onTestFinished, test } from 'vitest'
import { makeOrganisation } from '#scripts/org/organisation'
import { Clone, LONGEST_MS } from '#test/scripts/support/clone.ts'
import { FakeCloudflare } from '#test/scripts/support/fake-cloudflare.ts'

const PASSPHRASE = 'snow spruce apricot felt road'

test(
  'Six answers and a passphrase bring an empty account live; the second run asks nothing',
  { timeout: LONGEST_MS },
  async () => {
    const account = new FakeCloudflare()
    const { base, server } = await account.serve()
    const clone = new Clone(base, await makeOrganisation(PASSPHRASE, Date.now()))
    onTestFinished(() => {
      clone.delete()
      server.close()
    })
    const answers = ['oasis.example', 'staff.oasis.example', '', '', 'yes', 'yes']
    const first = await clone.deploy([], [...answers, PASSPHRASE])
    expect(first).toMatchObject({ code: 0 })
    expect(first.output).toContain('Every page, script and key is as it was signed.')
    const [deploy] = clone.deploys()
    const { all, hosts } = account.workers
    expect(deploy?.after?.versions).toEqual({
      site: all.get('oasis')?.live,
      staffHost: all.get('oasis-staff')?.live,
    })
    expect([...hosts]).toEqual([
      ['oasis.example', 'oasis'],
      ['staff.oasis.example', 'oasis-staff'],
    ])
    expect(all.get('oasis')).toMatchObject({
      crons: ['* * * * *'],
      versions: [{ tag: deploy?.siteManifest.slice(0, 12) }],
    })
    expect([...account.buckets]).toEqual([
      ['eu:oasis-files', [expect.objectContaining({ conditions: { prefix: 'answers/' } })]],
    ])
    const { databaseId = '' } = clone.readDeployment()
    const { sql, jurisdiction } = account.databases.all.get(databaseId) ?? {}
    expect([jurisdiction, sql?.prepare('SELECT epoch FROM epochs').all()]).toEqual([
      'eu',
      [{ epoch: 1 }],
    ])
    const before = account.state()
    const second = await clone.deploy([], [])
    expect(second.output).toContain('Nothing has changed since the deploy of ')
    expect([second.code, account.state(), clone.deploys()]).toEqual([0, before, [deploy]])
  },
)
