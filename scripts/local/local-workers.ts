// Bundles the two workers of a local server, and writes their configurations. worker/local-host.ts
// listens on the port, with the site's worker behind it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { localSettings } from '#scripts/local/local-settings'
import { root } from '#scripts/shared/paths'
import { runQuietly } from '#scripts/shared/run-tool'

interface LocalWorkers {
  /** the folder for the configurations */
  folder: string
  /** the build's folder */
  dist: string
  /** host of the staff app, with its port */
  staffHost: string
  /** settings to change from wrangler.toml */
  vars: Record<string, string>
  /** milliseconds by which the clock of the site's worker runs ahead, to test old keys */
  aheadMs: number
  /**
   * the folder from `bundleLocalWorkers`, or undefined for a server that bundles the workers itself
   * and watches their sources
   */
  bundled: string | undefined
}

const WORKER = join(root, 'worker', 'index.ts')
const LOCAL_HOST = join(root, 'worker', 'local-host.ts')

/**
 * Writes the configurations.
 *
 * @returns the paths, beginning with the worker that listens on the port
 */
export function writeLocalWorkers({
  folder,
  dist,
  staffHost,
  vars,
  aheadMs,
  bundled,
}: LocalWorkers): string[] {
  mkdirSync(folder, { recursive: true })
  const { assets, bindings } = localSettings()
  const { compatibility_date, ...bound } = bindings
  const shared = { compatibility_date, send_metrics: false, observability: { enabled: false } }
  const site = {
    ...shared,
    ...bound,
    name: 'oasis',
    ...(aheadMs === 0
      ? mainOf('site', WORKER, bundled)
      : mainOf('site', writeWorkerAhead(folder, aheadMs))),
    assets: { ...assets, directory: dist },
    vars: { ...bound.vars, ...vars, STAFF_HOST: staffHost },
  }
  const localHost = {
    ...shared,
    name: 'oasis-local',
    ...mainOf('local-host', LOCAL_HOST, bundled),
    // With this test flag, a worker can trigger another worker's scheduled run.
    compatibility_flags: ['service_binding_extra_handlers'],
    services: [{ binding: 'SITE', service: site.name }],
    vars: { STAFF_HOST: staffHost },
  }
  return Object.entries({ 'local-host': localHost, site }).map(([name, settings]) => {
    const path = join(folder, `${name}.json`)
    writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`)
    return path
  })
}

type Name = 'site' | 'local-host'

const mainOf = (name: Name, source: string, bundled?: string): object =>
  bundled === undefined
    ? { main: source, minify: true }
    : { main: join(bundled, name, basename(source).replace(/ts$/, 'js')), no_bundle: true }

/**
 * Bundles both workers as a deployment does, for several servers. A server that bundles them itself
 * starts later, and spends processor time watching the sources.
 */
export async function bundleLocalWorkers(folder: string): Promise<void> {
  const { compatibility_date } = localSettings().bindings
  const bundle = async (name: Name, main: string): Promise<void> => {
    const settings = join(folder, `${name}.json`)
    writeFileSync(settings, JSON.stringify({ name, main, compatibility_date, minify: true }))
    const into = ['--dry-run', '--outdir', join(folder, name), '--config', settings]
    await runQuietly(`bundle-${name}`, 'wrangler', ['deploy', ...into])
  }
  mkdirSync(folder, { recursive: true })
  await Promise.all([bundle('site', WORKER), bundle('local-host', LOCAL_HOST)])
}

/**
 * Writes an entry point that moves the clock and otherwise behaves like the site's worker.
 *
 * @returns its path
 */
function writeWorkerAhead(folder: string, aheadMs: number): string {
  const path = join(folder, 'ahead.ts')
  writeFileSync(
    path,
    `const now = Date.now.bind(Date)
Date.now = () => now() + ${aheadMs}
export { default } from ${JSON.stringify(WORKER)}
`,
  )
  return path
}
