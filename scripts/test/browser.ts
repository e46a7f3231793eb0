// Finds a Chromium on this machine for the browser tests, or installs one.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findChromium, onPath } from '#scripts/browser/find-chromium'
import { step, Stop } from '#scripts/shared/progress'
import { runTool } from '#scripts/shared/run-tool'

/** Prevents every request that the browser makes on its own. */
export const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

/** A simulated camera and microphone, with permission for both. */
export const FAKE_MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** Playwright may have installed a browser of its own. */
const onThisMachine = (): string | undefined =>
  findChromium() ?? [chromium.executablePath()].find((path) => existsSync(path))

// Installs Debian's own package if this process has permission to do so.
function installWithApt(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-qq', '-y', ...args], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  try {
    apt('update')
    apt('install', '--no-install-recommends', 'chromium')
  } catch {
    // `findBrowser` stops with a sentence if the browser is still missing.
  }
}

/** Returns the path of a full Chromium, and installs Chromium if the machine lacks it. */
export async function findBrowser(): Promise<string> {
  const found = onThisMachine()
  if (found !== undefined) return found
  const installed = await step('Installing a browser for the tests', async () => {
    await runTool('@playwright/test', ['install', 'chromium'], { command: 'playwright' })
    if (onThisMachine() === undefined) installWithApt()
    return onThisMachine()
  })
  if (installed === undefined) {
    throw new Stop(
      'No browser was found and none could be installed: ' +
        'install Chromium or Chrome, or set CHROMIUM_PATH to one.',
    )
  }
  return installed
}

/**
 * Returns the path of the browser for most tests: headless Chromium, which needs a third of full
 * Chromium's processor time. If CHROMIUM_PATH names a browser, all tests run in that browser; `npm
 * run soak` runs in a full Chromium.
 */
export async function findHeadless(): Promise<string> {
  const isFree = !process.env['CHROMIUM_PATH'] && !process.env['OASIS_SOAK']
  const shell = onPath(['chromium-headless-shell']).find((path) => existsSync(path))
  return (isFree && shell) || (await findBrowser())
}
