// Finds the Node that package-lock.json pins for this platform. If this Node is missing, every
// command stops. npm skips an optional package with a wrong hash and exits with code 0. As the
// `postinstall` script, this file makes `npm ci` and `npm install` fail too when that Node is
// missing. package.json contains the SHA-256 of each binary. A Node that was changed after the
// install cannot make keys or deploy.
import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bin, root, stop, windows } from './places.mjs'

const packageName = `node-${windows ? 'win' : process.platform}-${process.arch}`
const binary = join(root, 'node_modules', packageName, 'bin', windows ? 'node.exe' : 'node')
const CHUNK_BYTES = 1 << 20

/** Returns true when this machine uses musl, as Alpine does. The locked Node needs glibc. */
function hasMusl() {
  if (process.platform !== 'linux') return false
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime === undefined
}

const ownManifest = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

function isLocked() {
  const { optionalDependencies = {} } = ownManifest()
  return packageName in optionalDependencies && !hasMusl()
}

/** Returns the SHA-256 of a file in hex. Reading chunk by chunk limits memory use. */
function hashOf(path) {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  const file = openSync(path, 'r')
  try {
    for (let read = -1; read !== 0; hash.update(chunk.subarray(0, read)))
      read = readSync(file, chunk, 0, CHUNK_BYTES, null)
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/** Returns a sentence when the locked Node is missing or its bytes differ; otherwise null. */
export function nodeFault() {
  if (!isLocked()) return null
  if (!existsSync(binary))
    return (
      `npm did not install ${packageName}, which package-lock.json locks: it could not be ` +
      'fetched, or its bytes have another hash. ' +
      'Check the network, delete node_modules and try again.'
    )
  if (hashOf(binary) === ownManifest().nodeHashes?.[packageName]) return null
  return (
    `${binary} has another SHA-256 than package.json names, so nothing runs on it. ` +
    'Make no keys and deploy nothing: somebody or a program changed it after the install. ' +
    'Delete node_modules and try again. If this sentence comes back, use another machine.'
  )
}

/**
 * Removes the `node` command that npm links from the package. npm puts the folder of these links
 * first in PATH, so a changed Node would check itself.
 */
export function unlinkNode() {
  for (const name of ['node', 'node.cmd', 'node.ps1']) rmSync(join(bin, name), { force: true })
}

/**
 * Returns the Node for tasks: the locked Node, or this process's own Node on a platform without a
 * locked Node.
 *
 * @returns {{ node: string } | { fault: string }}
 */
export function nodeForTasks() {
  const fault = nodeFault()
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
  unlinkNode()
  const fault = nodeFault()
  if (fault !== null) stop(fault)
}
