// Configures the browser tests (test/e2e/**/*.e2e.ts). `npm test` sets the ports in the
// environment. This file finds the browsers, and chooses free ports when `npm test` does not run
// it.
import { defineConfig } from '@playwright/test'
import { join } from 'node:path'
import { testDir } from '#scripts/shared/paths'
import { findBrowser, findHeadless, QUIET } from '#scripts/test/browser'
import { findFirefox } from '#scripts/test/firefox'
import { chooseLanePorts, lane, lanePorts, LANES } from '#scripts/test/lanes'

// Playwright's worker processes read this file again and must get the same values.
process.env['OASIS_E2E_PORTS'] ??= await chooseLanePorts()
process.env['HEADLESS_PATH'] ??= await findHeadless()
process.env['CHROMIUM_PATH'] ??= await findBrowser()
process.env['FIREFOX_PATH'] ??= findFirefox()
// The tests of this process use the server of their lane.
process.env['OASIS_E2E_PORT'] = String(lanePorts()[lane])

export default defineConfig({
  testDir: './test/e2e',
  testMatch: '**/*.e2e.ts',
  testIgnore: process.env['FIREFOX_PATH'] ? [] : '**/firefox/*.e2e.ts',
  // `npm run soak` runs only the slow tests that seldom fail, and tests with full samples. The
  // pattern also matches file names.
  ...(process.env['OASIS_SOAK']
    ? { grep: /@soak|@sample|\.soak\.e2e/ }
    : { grepInvert: /@soak|\.soak\.e2e/ }),
  outputDir: join(testDir, 'results'),
  globalSetup: './scripts/test/browser-set-up.ts',
  workers: LANES,
  timeout: 240_000,
  // A retry distinguishes a flaky test from a real fault. `npm test` lists each flaky test.
  retries: process.env['CI'] === undefined ? 0 : 1,
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    baseURL: `http://127.0.0.1:${process.env['OASIS_E2E_PORT']}`,
    locale: 'ky-KG',
    actionTimeout: 60_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: {
          executablePath: process.env['HEADLESS_PATH'],
          args: QUIET,
        },
      },
    },
  ],
})
