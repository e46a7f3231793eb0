// A Chromium for the browser tests: one that is here already, else one that is installed now.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { step, Stop } from '#scripts/step'
import { runTool } from '#scripts/tool'

/** Nothing but the page itself goes out. */
export const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

/** A camera and a microphone that the browser plays itself, and a person who allows both. */
export const FAKE_MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

const COMMANDS = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
]
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

function onThisMachine(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, ...PLACES, chromium.executablePath()].find((path) => existsSync(path))
}

// Debian's own package, where this process may install it.
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
    // The sentence at the end says what to do.
  }
}

export async function findBrowser(): Promise<string> {
  const asked = process.env['CHROMIUM_PATH']
  if (asked !== undefined && asked !== '') {
    if (!existsSync(asked)) throw new Stop(`CHROMIUM_PATH=${asked} does not exist.`)
    return asked
  }
  const found = onThisMachine()
  if (found !== undefined) return found
  const installed = await step('Installing a browser for the tests', async () => {
    await runTool('@playwright/test', ['install', 'chromium'], { command: 'playwright' })
    if (onThisMachine() === undefined) installWithApt()
    return onThisMachine()
  })
  if (installed === undefined) {
    throw new Stop(
      'No browser was found and none could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one.',
    )
  }
  return installed
}
