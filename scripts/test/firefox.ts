// Finds a Firefox for the tests that need this browser. `npm test` does not install Firefox.
// Without a Firefox these tests do not run, and `npm test` reports the missing Firefox.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from '#scripts/shared/progress'

const COMMANDS = ['firefox-esr', 'firefox']
const PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
]

/**
 * Returns the path of a Firefox, or '' when the machine lacks one.
 * @throws Stop when FIREFOX_PATH names a file that does not exist
 */
export function findFirefox(): string {
  const asked = process.env['FIREFOX_PATH']
  if (asked !== undefined && asked !== '') {
    if (!existsSync(asked)) throw new Stop(`FIREFOX_PATH=${asked} does not exist.`)
    return asked
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, ...PLACES].find((path) => existsSync(path)) ?? ''
}

export const NO_FIREFOX =
  'No Firefox was found, so its tests did not run and are not counted: ' +
  'install Firefox, or set FIREFOX_PATH to one.'
