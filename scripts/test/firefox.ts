// A Firefox for the tests that need one. `npm test` installs none: without it they do not run, and it says so.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from '#scripts/step'

const COMMANDS = ['firefox-esr', 'firefox']
const PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
]

/** The path of a Firefox, or '' when there is none. Throws Stop when FIREFOX_PATH names what does not exist. */
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
  'No Firefox was found, so its tests did not run and are not counted: install Firefox, or set FIREFOX_PATH to one.'
