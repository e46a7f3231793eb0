// Sets two runtimes by the suffix of a test file: *.node.test.ts runs in Node, *.worker.test.ts
// inside workerd.
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const migrations = join(root, 'migrations')
const assets = process.env['OASIS_DIST'] ?? join(root, 'dist')

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.node.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Node warns of X-Wing in every process.
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
          include: ['test/**/*.worker.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
}))
