// Hashes everything that a worker is made from, so that an unchanged worker is not deployed again.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Configurations } from '#scripts/account/configuration'
import type { ForEach } from '#scripts/deploy/deploys-file'

/** Bundles a worker into one script. The same sources and packages always produce the same text. */
export async function bundleForHash(main: string): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: [main], bundle: true, write: false, minify: true, format: 'esm' },
    ...{ external: ['node:*', 'cloudflare:*'], logLevel: 'silent', target: 'es2024' },
    conditions: ['workerd', 'worker', 'browser'],
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Returns a hash for each worker: of its script and settings, and for the site also of its files.
 *
 * @param folder        the clone's folder, whose location does not affect the hashes
 * @param siteManifest  the hash of the site manifest, which names every file
 */
export async function workerHashes(
  folder: string,
  configurations: Configurations,
  siteManifest: string,
  bundle: (main: string) => Promise<string>,
): Promise<ForEach<string>> {
  const hashOf = async (config: string, main: string, more: string): Promise<string> => {
    const settings = readFileSync(config, 'utf8').replaceAll(folder, '')
    const script = await bundle(join(folder, 'worker', main))
    return createHash('sha256')
      .update(JSON.stringify([settings, script, more]))
      .digest('hex')
  }
  return {
    site: await hashOf(configurations.site, 'index.ts', siteManifest),
    staffHost: await hashOf(configurations.staffHost, 'staff-host.ts', ''),
  }
}
