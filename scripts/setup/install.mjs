// Installs the packages when package-lock.json has changed. Some commands need only `dependencies`,
// which install in two thirds of the time of a full install. Packages run no scripts during the
// install, because a script could fetch files without a known hash. npm writes its output to a log.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { nodeFault, unlinkNode } from './locked-node.mjs'
import { homeFor, outerPath, root, state, stop, windows } from './places.mjs'

const stamp = join(root, 'node_modules', '.oasis-installed')
const listOfNpm = join(root, 'node_modules', '.package-lock.json')

/**
 * The text that follows the hash in the stamp of an install when `devDependencies` are not
 * installed.
 */
const WITHOUT_CHECKS = ' without checks'

/** Installs what a command needs. With `isCheck`, `devDependencies` are installed too. */
export async function installWhenNeeded(isCheck) {
  const hash = lockHash()
  const wanted = isCheck ? hash : hash + WITHOUT_CHECKS
  const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (present === wanted || present === hash) return
  if (isInstalledByHand(isCheck)) {
    writeFileSync(stamp, wanted)
    return
  }
  // An interrupted install must not look like a complete install.
  for (const path of [stamp, listOfNpm]) rmSync(path, { force: true })
  if (!isCheck) await install(['ci', '--omit=dev'])
  // `npm ci` would delete the packages that a running server uses.
  else await install(present === hash + WITHOUT_CHECKS ? ['install', '--no-save'] : ['ci'])
  writeFileSync(stamp, wanted)
}

function lockHash() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} `)
  try {
    return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  } catch {
    return stop('package-lock.json is missing: clone the repository again, or restore that file.')
  }
}

// Returns [command, first arguments] for npm, without a shell where possible.
function npmCommand(env) {
  const script = process.env.npm_execpath
  if (script && /npm-cli\.[cm]?js$/.test(script) && existsSync(script)) {
    const node = process.env.npm_node_execpath || process.execPath
    if (existsSync(node) && !resolve(node).startsWith(join(root, 'node_modules'))) {
      return [node, [script]]
    }
  }
  if (spawnSync('npm', ['--version'], { env, shell: windows }).status !== 0) {
    stop('npm was not found: install Node with npm from https://nodejs.org and try again.')
  }
  return ['npm', []]
}

const NETWORK_FAULTS = [
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH'],
  ...['ERR_SOCKET_TIMEOUT', 'network'],
]

function sentenceFor(log, text) {
  if (new RegExp(NETWORK_FAULTS.join('|'), 'i').test(text)) {
    return (
      'The packages could not be fetched: there is no way to the npm registry. ' +
      `Check the network and try again (details: ${log}).`
    )
  }
  if (/ENOSPC/.test(text))
    return `The disk is full: free some space and try again (details: ${log}).`
  if (/EACCES|EPERM/.test(text)) {
    return (
      `npm may not write to ${join(root, 'node_modules')}: ` +
      `mend its owner or rights and try again (details: ${log}).`
    )
  }
  return `npm could not install the packages; its own words are in ${log}.`
}

/** npm asks the registry only for packages that it lacks, and not for security advisories. */
const QUICK = ['--prefer-offline', '--no-audit', '--no-fund']

async function install(how) {
  mkdirSync(join(state, 'log'), { recursive: true })
  const log = join(state, 'log', 'install.log')
  const file = openSync(log, 'w')
  const env = homeFor({ ...process.env, PATH: outerPath() })
  const [command, first] = npmCommand(env)
  const live = process.stdout.isTTY
  const since = Date.now()
  const line = () => `Installing packages … ${Math.round((Date.now() - since) / 1000)} s`
  if (live) process.stdout.write(line())
  const clock = live ? setInterval(() => process.stdout.write(`\r${line()}`), 1000) : undefined
  let text = ''
  let signal
  let child
  // Waits for npm to end, because two simultaneous installs would break each other. Listens before
  // npm starts, because a signal without a listener would leave npm running.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(name, () => {
      signal = name
      child?.kill(name)
    })
  const code = await new Promise((done) => {
    child = spawn(command, [...first, ...how, ...QUICK, '--ignore-scripts'], {
      cwd: root,
      env,
      shell: windows && command === 'npm',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk) => {
      text += chunk
      writeSync(file, chunk)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', () => done(1))
    child.on('close', (status) => done(status === null ? 1 : status))
  })
  clearInterval(clock)
  process.stdout.write(`${live ? '\r' : ''}${line()}\n`)
  if (signal) process.exit(signal === 'SIGINT' ? 130 : 143)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
  const fault = code === 0 ? nodeFault() : sentenceFor(log, text)
  if (fault !== null) stop(fault)
  unlinkNode()
}

// Returns true when a person has run `npm install`, as npm's own list in node_modules shows.
function isInstalledByHand(isCheck) {
  const packagesOf = (path) => Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages)
  try {
    const present = new Map(packagesOf(listOfNpm))
    const wanted = packagesOf(join(root, 'package-lock.json')).filter(([path]) => path !== '')
    return (
      present.size > 0 &&
      wanted.every(([path, { version, integrity, optional, dev, devOptional }]) => {
        const found = present.get(path)
        if (found === undefined) return optional || devOptional || (dev && !isCheck)
        return found.version === version && found.integrity === integrity
      })
    )
  } catch {
    return false
  }
}
