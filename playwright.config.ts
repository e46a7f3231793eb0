// Browser tests (test/e2e/*.e2e.ts). `npm test` sets the browser and the port; without it, a port of the system's choice.
import { defineConfig } from '@playwright/test'
import { join } from 'node:path'
import { testDir } from '#scripts/paths'
import { anyPort } from '#scripts/ports'
import { findBrowser, QUIET } from '#scripts/test/browser'
import { findFirefox } from '#scripts/test/firefox'

// Worker processes read this file again and must come to the same answers.
process.env['OASIS_E2E_PORT'] ??= String(await anyPort())
process.env['CHROMIUM_PATH'] ??= await findBrowser()
process.env['FIREFOX_PATH'] ??= findFirefox()

export default defineConfig({
  testDir: './test/e2e',
  testMatch: '**/*.e2e.ts',
  testIgnore: process.env['FIREFOX_PATH'] ? [] : '**/firefox.e2e.ts',
  outputDir: join(testDir, 'results'),
  globalSetup: './scripts/test/browser-set-up.ts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    baseURL: `http://localhost:${process.env['OASIS_E2E_PORT']}`,
    locale: 'ky-KG',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: {
          executablePath: process.env['CHROMIUM_PATH'],
          args: QUIET,
        },
      },
    },
  ],
})
