// Bundles the workers for `npm start` when a source has changed. A server that bundles the workers
// itself keeps esbuild and all sources in memory, which takes up 130 MB.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleLocalWorkers } from '#scripts/local/local-workers'
import { filesUnder, root } from '#scripts/shared/paths'

/** The worker imports strings and records from `content/`. */
const SOURCES = ['worker', 'content']
const FILES = ['package.json', 'package-lock.json', 'wrangler.toml']
const STAMP = '.bundled'

/** @returns the folder of the bundled workers */
export async function bundleOnce(state: string): Promise<string> {
  const folder = join(state, 'bundled')
  const stamp = join(folder, STAMP)
  const hash = hashOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return folder
  // The bundles of a failed attempt must not be mistaken for bundles with the previous stamp.
  rmSync(stamp, { force: true })
  await bundleLocalWorkers(folder)
  writeFileSync(stamp, hash)
  return folder
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  const sources = SOURCES.flatMap((name) =>
    filesUnder(join(root, name)).map((file) => `${name}/${file}`),
  )
  for (const name of [...sources, ...FILES])
    hash.update(name).update(readFileSync(join(root, name)))
  return hash.digest('hex')
}
