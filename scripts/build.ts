// Builds the site. `npm run build` builds into dist/, for deployment.
// Other scripts call buildSite, which does nothing when no source has changed.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { buildTime, staleOf } from '#content/stale.ts'
import { hasDeployment, readDeployment } from '#scripts/account/deployment'
import { builtOrg, root } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'
import { refuseFaults } from '#scripts/content/refuse-faults'
import type { SecurityContact } from '#site/integrations/security-text.ts'
import { DAY_MS } from '#protocol/limits'
import { dayOf } from '#protocol/time'

const SOURCES = ['site', 'content', 'worker/protocol', 'package.json', 'package-lock.json']
const STAMP = '.built'
const YEAR_MS = 366 * DAY_MS
/**
 * Settings that specify only a folder or a port. Every other OASIS_ setting may change the site.
 */
const PLACES = ['OASIS_DIST', 'OASIS_ORG', 'OASIS_STATE', 'OASIS_E2E_PORT', 'OASIS_TODAY']

export interface Build {
  dist: string
  org: string
  /** The site's address when no deployment.json sets one. */
  site?: string
  /** The editions that this build omits. */
  leftOut?: readonly string[]
}

function hashInto(hash: ReturnType<typeof createHash>, path: string): void {
  const names = readdirSync(path, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  for (const entry of names) {
    const child = join(path, entry.name)
    if (entry.isDirectory()) hashInto(hash, child)
    else hash.update(child).update(readFileSync(child))
  }
}

/** Hashes the sources and settings of a build. */
export function hashOfBuild(build: Build): string {
  // The hash depends on the address of the site, but not on any folder.
  const environment = { ...buildEnvironment({ ...build, dist: '' }), OASIS_ORG: '' }
  const text = hashOfSources(build) + JSON.stringify(environment)
  return createHash('sha256').update(text).digest('hex')
}

function hashOfSources({ org, site = '' }: Build): string {
  const hash = createHash('sha256')
  const configs = readdirSync(root).filter((name) => name.startsWith('astro.config.'))
  for (const name of [...SOURCES, ...configs, 'tsconfig.json']) {
    const path = join(root, name)
    if (!existsSync(path)) continue
    if (name.includes('.')) hash.update(readFileSync(path))
    else hashInto(hash, path)
  }
  return hash.update(settings()).update(site).update(readFileSync(org)).digest('hex')
}

/**
 * Lists the inputs of a build that are not files: the environment settings and the stale records.
 */
function settings(): string {
  const ours = Object.entries(process.env)
    .filter(([name]) => name.startsWith('OASIS_') && !PLACES.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  // Guarantee: refuseFaults() has checked these records against their schemas.
  const records = ['contacts', 'network'].flatMap(
    (name) =>
      JSON.parse(readFileSync(join(root, `content/${name}.json`), 'utf8')) as {
        id: string
        lastChecked: string
      }[],
  )
  const old = staleOf(records, buildTime()).map(({ id }) => id)
  return JSON.stringify({ ours, old })
}

const isInside = (path: string): boolean => {
  const way = relative(root, path)
  return !way.startsWith('..') && !isAbsolute(way)
}

/**
 * Returns the environment variables of every build. NODE_ENV is fixed, because any other value
 * would make Vite put development code into the pages. The addresses come from deployment.json, if
 * that file exists.
 */
export function buildEnvironment({ dist, org, site, leftOut = [] }: Build): Record<string, string> {
  const fixed = {
    ...{ NODE_ENV: 'production', OASIS_DIST: dist, OASIS_ORG: org },
    OASIS_LEFT_OUT: leftOut.join(','),
  }
  if (!hasDeployment(org)) return site === undefined ? fixed : { ...fixed, OASIS_SITE: site }
  const { site: origin, apiHosts, security } = readDeployment(org)
  return {
    ...fixed,
    ...{ OASIS_SITE: origin, OASIS_API_HOSTS: apiHosts.join(',') },
    ...(security && securitySettings(security)),
  }
}

/** @throws Stop when the last day of the security contact has passed or is over a year away */
function securitySettings({ contact, lastDay }: SecurityContact): Record<string, string> {
  const now = buildTime()
  if (lastDay < dayOf(now) || lastDay > dayOf(now + YEAR_MS))
    throw new Stop(
      `security.lastDay in deployment.json is ${lastDay}: try the address for security reports, ` +
        'and write a day within a year.',
    )
  return { OASIS_SECURITY_CONTACT: contact, OASIS_SECURITY_LAST_DAY: lastDay }
}

/**
 * Builds into `dist`. During a build, Astro runs its own output, which finds packages only inside
 * the project. A build for an outside folder therefore runs inside the project and is then moved.
 */
export async function runBuild({ dist, ...build }: Build): Promise<void> {
  refuseFaults()
  const within = isInside(dist) ? dist : join(root, '.oasis', 'built-for-elsewhere')
  await step('Building the site', () =>
    runQuietly('build', 'astro', ['build'], { env: buildEnvironment({ ...build, dist: within }) }),
  )
  if (within === dist) return
  rmSync(dist, { recursive: true, force: true })
  cpSync(within, dist, { recursive: true })
  rmSync(within, { recursive: true })
}

const stampOf = (dist: string): string =>
  join(dist, '..', `${STAMP}-${dist.split(/[\\/]/).at(-1) ?? ''}`)

/** Returns true when `dist` contains a build of these sources and settings. */
export function isBuilt(build: Build): boolean {
  const stamp = stampOf(build.dist)
  if (!existsSync(build.dist) || !existsSync(stamp)) return false
  return readFileSync(stamp, 'utf8') === hashOfSources(build)
}

/** Builds when a source has changed. @returns true after a build */
export async function buildSite(build: Build): Promise<boolean> {
  refuseFaults()
  if (isBuilt(build)) return false
  const hash = hashOfSources(build)
  await runBuild(build)
  writeFileSync(stampOf(build.dist), hash)
  return true
}

if (import.meta.main) {
  runTask(async () => {
    const org = builtOrg()
    if (!existsSync(org)) {
      throw new Stop(
        `There is no organisation yet (${org}): ` +
          'run `npm run org`, or `npm start` for a local one.',
      )
    }
    const dist = process.env['OASIS_DIST'] ?? join(root, 'dist')
    await runBuild({ dist, org })
    console.log(`The site is in ${dist}.`)
    return 0
  })
}
