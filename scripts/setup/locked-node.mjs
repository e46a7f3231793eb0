// Finds the Node that package-lock.json holds for this platform. A missing Node stops every
// command. npm skips an optional package with a wrong hash and ends with code 0. As the script
// `postinstall` this file makes `npm ci` and `npm install` fail too.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, stop, windows } from './places.mjs'

const packageName = `node-${windows ? 'win' : process.platform}-${process.arch}`
const binary = join(root, 'node_modules', packageName, 'bin', windows ? 'node.exe' : 'node')

/** Returns whether this machine uses musl, as Alpine does. The locked Node needs glibc. */
function hasMusl() {
  if (process.platform !== 'linux') return false
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime === undefined
}

function isLocked() {
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return packageName in optionalDependencies && !hasMusl()
}

/** Returns the sentence for a Node that was not installed, or null. */
export function missingNode() {
  if (!isLocked() || existsSync(binary)) return null
  return (
    `npm did not install ${packageName}, which package-lock.json locks: it could not be fetched, ` +
    'or its bytes have another hash. Check the network, delete node_modules and try again.'
  )
}

/**
 * Returns the Node for tasks: the locked one, or on a platform without one this process's own.
 *
 * @returns {{ node: string } | { fault: string }}
 */
export function nodeForTasks() {
  const fault = missingNode()
  if (fault !== null) return { fault }
  if (isLocked()) return { node: binary }
  const version = readFileSync(join(root, '.nvmrc'), 'utf8').trim()
  if (process.versions.node === version) return { node: process.execPath }
  const platform = `${process.platform} ${process.arch}${hasMusl() ? ' with musl' : ''}`
  return {
    fault:
      `package-lock.json holds no Node for ${platform}: install Node ${version} from ` +
      'https://nodejs.org, compare its SHA-256, and try again.',
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fault = missingNode()
  if (fault !== null) stop(fault)
}
