// The door of every command: `node scripts/setup.mjs <task>`. Plain JavaScript with nothing installed, for Node 18 and newer.
// Installs what package-lock.json says when that changed, then runs scripts/<task>.ts on the Node pinned by the package `node`.
// Whatever goes wrong is told in one clear sentence; npm's own talk goes to a log.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const state = resolve(root, process.env.OASIS_STATE || '.oasis')
const bin = join(root, 'node_modules', '.bin')
const stamp = join(root, 'node_modules', '.oasis-installed')
const windows = process.platform === 'win32'
const pinned = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function lockHash() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} `)
  try {
    return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  } catch {
    return stop('package-lock.json is missing: clone the repository again, or restore that file.')
  }
}

// `npm start` puts node_modules/.bin in front of PATH, and so the Node that is about to be replaced.
function outerPath() {
  const parts = (process.env.PATH || '').split(delimiter)
  return parts.filter((part) => resolve(part) !== bin).join(delimiter)
}

// How to call npm without a shell where that is possible: [command, first arguments].
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

function sentenceFor(log, text) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i.test(
      text,
    )
  ) {
    return `The packages could not be fetched: there is no way to the npm registry. Check the network and try again (details: ${log}).`
  }
  if (/ENOSPC/.test(text))
    return `The disk is full: free some space and try again (details: ${log}).`
  if (/EACCES|EPERM/.test(text)) {
    return `npm may not write to ${join(root, 'node_modules')}: mend its owner or rights and try again (details: ${log}).`
  }
  return `npm could not install the packages; its own words are in ${log}.`
}

async function install(hash) {
  mkdirSync(join(state, 'log'), { recursive: true })
  const log = join(state, 'log', 'install.log')
  const file = openSync(log, 'w')
  const env = { ...process.env, PATH: outerPath() }
  const [command, first] = npmCommand(env)
  const live = process.stdout.isTTY
  const since = Date.now()
  const line = () => `Installing packages … ${Math.round((Date.now() - since) / 1000)} s`
  if (live) process.stdout.write(line())
  const clock = live ? setInterval(() => process.stdout.write(`\r${line()}`), 1000) : undefined
  let text = ''
  const code = await new Promise((done) => {
    const child = spawn(command, [...first, 'ci', '--no-audit', '--no-fund'], {
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
  if (code !== 0) stop(sentenceFor(log, text))
  writeFileSync(stamp, hash)
}

// After somebody's own `npm install` all is in place, and npm's note of what it put into node_modules says so.
function isInstalledByHand() {
  const packagesOf = (path) => Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages)
  try {
    const present = new Map(packagesOf(join(root, 'node_modules', '.package-lock.json')))
    const wanted = packagesOf(join(root, 'package-lock.json')).filter(([path]) => path !== '')
    return (
      present.size > 0 &&
      wanted.every(([path, { version, integrity, optional, devOptional }]) => {
        const found = present.get(path)
        if (found === undefined) return optional === true || devOptional === true
        return found.version === version && found.integrity === integrity
      })
    )
  } catch {
    return false
  }
}

// The pinned Node; where its package could not bring one (scripts switched off in npm), a new enough Node will do.
function nodeForTasks() {
  if (existsSync(pinned)) return pinned
  const [major] = process.versions.node.split('.').map(Number)
  if (major >= 24) return process.execPath
  return stop(
    'The pinned Node 24 is missing: run `npm ci` with install scripts allowed, or use Node 24 or newer.',
  )
}

function run(node, task, rest) {
  const child = spawn(
    node,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts', `${task}.ts`), ...rest],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: [dirname(node), bin, outerPath()].join(delimiter),
        OASIS_STATE: state,
        WRANGLER_SEND_METRICS: 'false',
        ASTRO_TELEMETRY_DISABLED: '1',
      },
    },
  )
  // The terminal sends Ctrl-C to the task as well; this process only waits for it to end in order.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGTERM'))
  child.on('error', () => stop(`${node} could not be started: delete node_modules and try again.`))
  child.on('close', (code, signal) =>
    process.exit(code === null ? (signal === 'SIGINT' ? 130 : 1) : code),
  )
}

if (Number(process.versions.node.split('.')[0]) < 18) {
  stop(`Node ${process.versions.node} is too old: Node 18 or newer is needed (https://nodejs.org).`)
}
const [task = '', ...rest] = process.argv.slice(2)
if (!/^[a-z]+$/.test(task) || !existsSync(join(root, 'scripts', `${task}.ts`))) {
  stop(
    'Say which task: npm start, npm test, or npm run verify, build, org, content, budgets, curtain, fuzz, trickle, html, bench, chaos, deploy.',
  )
}
const hash = lockHash()
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
if (installed !== hash) {
  if (isInstalledByHand()) writeFileSync(stamp, hash)
  else await install(hash)
}
run(nodeForTasks(), task, rest)
