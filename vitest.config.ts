// Chooses the runtime by the suffix of a test file: *.node.test.ts runs in Node, *.worker.test.ts
// inside workerd.
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { letterOpener } from './site/integrations/letter-opener.ts'

const root = import.meta.dirname
const migrations = join(root, 'migrations')
const assets = process.env['OASIS_DIST'] ?? join(root, 'dist')

/** The values that test/sample.ts reads. */
const provide = {
  isSoak: process.env['OASIS_SOAK'] !== undefined,
  seed: Number(process.env['OASIS_SEED'] ?? randomInt(2 ** 32)),
  day: process.env['OASIS_SLOW_DAY'] === undefined ? null : Number(process.env['OASIS_SLOW_DAY']),
}
/** The slow tests, which `npm run soak` always runs, and `npm test` only on their day. */
const exclude = provide.isSoak ? [] : ['test/**/*.soak.*']
/**
 * The files of a project share a process, because starting one for each takes as long as the tests.
 */
const shared = { isolate: false, setupFiles: ['test/restore.ts'] }
/** The tag of tests that `npm run soak` runs, most of them again with a larger sample. */
const tags = [{ name: 'soak' }]

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        plugins: [letterOpener()],
        test: {
          name: 'node',
          ...{ provide, tags, exclude, ...shared },
          include: ['test/**/*.node.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Node warns about X-Wing in every process.
          execArgv: ['--disable-warning=ExperimentalWarning'],
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: existsSync(migrations) ? await readD1Migrations(migrations) : [],
              },
              ...(existsSync(assets) ? { assets: { directory: assets, binding: 'ASSETS' } } : {}),
            },
          }),
        ],
        test: {
          name: 'worker',
          ...{ provide, tags, exclude, ...shared },
          include: ['test/**/*.worker.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
}))
