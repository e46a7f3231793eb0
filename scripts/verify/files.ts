// The project's own files: what a clone has, without what is installed, built or made on this machine.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const NOT_OURS = new Set([
  ...['node_modules', 'dist', '.git', '.oasis', '.astro', '.wrangler', 'test-results'],
])

// Paths relative to `folder`, with forward slashes, in order.
export function filesUnder(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesUnder(folder, path) : [path]
    })
    .sort()
}
