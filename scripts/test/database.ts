// Prepares the database for each browser test server. Wrangler needs several seconds of processor
// time for a database, so only one is made and copied for each server.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { applyMigrations, executeOnce, storeOf } from '#scripts/shared/database'
import { testDir, testOrgDir } from '#scripts/shared/paths'

const prepared = join(testDir, 'prepared')

/** Makes the database to be copied: the tables and the published test organisation. */
export async function prepareTestDatabase(): Promise<void> {
  rmSync(prepared, { recursive: true, force: true })
  await applyMigrations(prepared)
  await executeOnce(prepared, 'published', join(testOrgDir, 'publish.sql'))
}

/** Empties a server's folder and puts a copy of the database into that folder. */
export function copyTestDatabase(state: string): void {
  rmSync(state, { recursive: true, force: true })
  cpSync(storeOf(prepared), storeOf(state), { recursive: true })
}
