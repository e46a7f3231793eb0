// Prepares everything that a local server needs: an organisation, the database, and a build.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildSite } from '#scripts/build'
import { refuseFaults } from '#scripts/content/refuse-faults'
import { makeLocalOrganisation } from '#scripts/org/local'
import { applyMigrationsQuietly, executeOnce } from '#scripts/shared/database'
import { orgDir, stateDir } from '#scripts/shared/paths'
import { choosePort } from '#scripts/shared/ports'
import { step } from '#scripts/shared/progress'
import { refuseTwice } from '#scripts/start/running'
import { setAside } from '#scripts/start/set-aside'

export interface Prepared {
  port: number
  /** the public file of the local organisation */
  org: string
  /** the build's folder */
  dist: string
}

/**
 * Makes a local organisation if there is none. Leaves the organisation and the build unchanged if
 * they are up to date.
 */
export async function prepare(): Promise<Prepared> {
  refuseFaults()
  await refuseTwice(stateDir)
  const port = await choosePort()
  const org = join(orgDir, 'public.json')
  const older = setAside(stateDir, org)
  if (older !== null)
    console.log(
      `An older version made the local organisation and its reports. They are now in ${older}, ` +
        'and a new organisation is made.',
    )
  if (!existsSync(org))
    await step('Making a local organisation', () => makeLocalOrganisation(orgDir))
  const dist = join(stateDir, 'dist')
  // The build leaves a processor free, on which the tables are prepared. After a failure, the other
  // task still finishes, so that no child process keeps running.
  const results = await Promise.allSettled([buildSite({ dist, org }), prepareTables()])
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return { port, org, dist }
}

async function prepareTables(): Promise<void> {
  await applyMigrationsQuietly(stateDir)
  await executeOnce(stateDir, 'published', join(orgDir, 'publish.sql'))
}

/**
 * Listens for the signals that stop a command. Until a caller asks for the promise, a signal ends
 * the process and its children immediately. The listeners remain, because npm, setup.mjs and the
 * terminal may each send a signal.
 */
export function listenForStop(): () => Promise<void> {
  let onSignal = (): void => process.exit(130)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => onSignal())
  return () =>
    new Promise<void>((done) => {
      onSignal = done
    })
}
