// The site that tests and budgets look at: built for an organisation of its own, so that nothing depends on the local one.
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildSite } from '#scripts/build'
import { makeLocalOrganisation } from '#scripts/org/local'
import { testDist, testOrgDir } from '#scripts/paths'
import { DAY_MS } from '#protocol/limits'

// Well before its invitation ends.
const KEEP_MS = 3 * DAY_MS

export async function prepareTestSite(): Promise<void> {
  const org = join(testOrgDir, 'public.json')
  if (!existsSync(org) || Date.now() - statSync(org).mtimeMs > KEEP_MS) {
    rmSync(testOrgDir, { recursive: true, force: true })
    await makeLocalOrganisation(testOrgDir)
  }
  await buildSite({ dist: testDist, org })
}
