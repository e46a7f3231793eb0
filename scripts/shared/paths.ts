// Defines the folders, and lists the files in a folder. Files that belong only to this machine are
// in a single folder, which git ignores: .oasis/ or $OASIS_STATE.
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
export const stateDir = resolve(root, process.env['OASIS_STATE'] ?? '.oasis')
/** The throw-away organisation of `npm start`. */
export const orgDir = join(stateDir, 'org')
export const logDir = join(stateDir, 'log')
/** The wrangler configuration that `npm run deploy` writes. */
export const deployDir = join(stateDir, 'deploy')

/**
 * The keys of the real organisation. The folder is outside the clone, so that nobody loses the keys
 * by deleting .oasis/ or cleaning the clone.
 */
export const keysDir = resolve(root, process.env['OASIS_KEYS'] ?? '../oasis-organisation')
/**
 * The backups of the deployment. Like the folder with the keys, this folder is outside the clone.
 */
export const backupsDir = resolve(root, process.env['OASIS_BACKUPS'] ?? '../oasis-backups')
const realPublicFile = join(keysDir, 'public.json')

/** Returns the public file of the organisation for which a deployment is built. */
export const deployedOrg = (): string => process.env['OASIS_ORG'] ?? realPublicFile

/**
 * Returns the public file of the organisation for which a build is made. The real organisation's
 * file is used if that file exists.
 */
export const builtOrg = (): string =>
  process.env['OASIS_ORG'] ??
  (existsSync(realPublicFile) ? realPublicFile : join(orgDir, 'public.json'))

// The folder of `npm test`: an organisation, the site built for it, and the state of each server.
// `testWorkers` contains the workers that are bundled for all servers of the browser tests.
export const testDir = join(stateDir, 'test')
export const testOrgDir = join(testDir, 'org')
export const testDist = join(testDir, 'dist')
export const testWorkers = join(testDir, 'workers')

// The folder of `npm run bench`: like `testDir`, but for an organisation that exists only during
// the run.
export const benchDir = join(stateDir, 'bench')
export const benchDist = join(benchDir, 'dist')

// The folder of `npm run demo`: an organisation with invented reports, its site and its stores.
export const demoDir = join(stateDir, 'demo')

// The folder of `npm run curtain`: an organisation, the site for two hosts, a server's state,
// certificates and a capture.
export const curtainDir = join(stateDir, 'curtain')

// `clientsDir` contains a server's state and a saved page for `npm run clients`. `browsersDir`
// contains the old browsers, which no run deletes.
export const clientsDir = join(stateDir, 'clients')
export const browsersDir = join(stateDir, 'browsers')

const NOT_OURS = new Set([
  ...['node_modules', 'dist', '.git', '.oasis', '.astro', '.wrangler', 'test-results'],
])

/**
 * Lists the files in a clone, except for files that were installed, built or generated on this
 * machine.
 *
 * @returns paths relative to `folder`, with forward slashes, sorted
 */
export function filesUnder(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesUnder(folder, path) : [path]
    })
    .sort()
}
