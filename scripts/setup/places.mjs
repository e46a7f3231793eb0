// Lists the folders that every command uses, and sets the environment for every command. The file
// is plain JavaScript, because it runs before any package is installed.
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const state = resolve(root, process.env.OASIS_STATE || '.oasis')
export const bin = join(root, 'node_modules', '.bin')
export const windows = process.platform === 'win32'

export function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

// Drops node_modules/.bin from PATH, because npm puts that folder first. The folder contains the
// Node that an install is about to replace.
export function outerPath() {
  const parts = (process.env.PATH || '').split(delimiter)
  return parts.filter((part) => resolve(part) !== bin).join(delimiter)
}

// Makes npm and wrangler write to the state folder when they cannot write to the home folder.
export function homeFor(env) {
  try {
    accessSync(homedir(), constants.W_OK)
    return env
  } catch {
    return {
      ...env,
      npm_config_cache: env.npm_config_cache || join(state, 'npm'),
      XDG_CONFIG_HOME: env.XDG_CONFIG_HOME || join(state, 'config'),
    }
  }
}
