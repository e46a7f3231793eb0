// Runs the hostile server against the staff app without one of its comparisons. The comparison is
// removed while its file is loaded, so that no file in the source tree changes.
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { mutated, MUTATIONS, root } from './mutations.ts'

const mutation = MUTATIONS[Number(process.env['OASIS_MUTATION'])]
if (!mutation) throw new Error('OASIS_MUTATION names no mutation')

export default defineConfig({
  root,
  plugins: [
    {
      name: 'mutation',
      enforce: 'pre',
      load: (id) => (id.split('?')[0] === join(root, mutation.file) ? mutated(mutation) : null),
    },
  ],
  test: {
    include: ['test/staff/hostile/hostile.node.test.ts'],
    provide: { isSoak: false, seed: Number(process.env['OASIS_SEED'] ?? 1) },
    tags: [{ name: 'soak' }],
    hookTimeout: 300_000,
    // A file from the cache could contain a different mutation.
    fsModuleCache: false,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
})
