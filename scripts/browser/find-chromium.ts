// Finds a Chromium that is installed on this machine.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from '#scripts/shared/progress'

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

/** Lists the paths that these commands would have in each folder of PATH. */
export function onPath(names: string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/**
 * Returns the path of a full Chromium: `CHROMIUM_PATH`, or a Chromium on this machine.
 *
 * @throws Stop when CHROMIUM_PATH names a file that does not exist
 */
export function findChromium(): string | undefined {
  const asked = process.env['CHROMIUM_PATH']
  if (asked === undefined || asked === '')
    return [...onPath(COMMANDS), ...PLACES].find((path) => existsSync(path))
  if (!existsSync(asked)) throw new Stop(`CHROMIUM_PATH=${asked} does not exist.`)
  return asked
}
