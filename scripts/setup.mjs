// Starts every command: `node scripts/setup.mjs <task>`. The script is plain JavaScript without
// packages, so that even an old Node prints a clear refusal. The script installs the packages when
// package-lock.json has changed. Then the script checks the locked Node against its hash in
// package.json, and runs the task on that Node. Each failure prints one clear sentence. npm writes
// its own output to a log.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { installWhenNeeded } from './setup/install.mjs'
import { nodeForTasks } from './setup/locked-node.mjs'
import { bin, homeFor, outerPath, root, state, stop } from './setup/places.mjs'

// Tasks that need `dependencies` only. The other tasks also install `devDependencies`.
const plainTasks = JSON.parse(readFileSync(join(root, 'scripts/setup/plain-tasks.json'), 'utf8'))

// A task is a file in scripts/, or in scripts/lab/ when the task measures something.
function scriptOf(task) {
  if (!/^[a-z]+(-[a-z]+)*$/.test(task)) return undefined
  return ['scripts', 'scripts/lab']
    .map((folder) => join(root, folder, `${task}.ts`))
    .find((path) => existsSync(path))
}

function run(node, script, rest) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: homeFor({
      ...process.env,
      PATH: [dirname(node), bin, outerPath()].join(delimiter),
      OASIS_STATE: state,
      WRANGLER_SEND_METRICS: 'false',
      ASTRO_TELEMETRY_DISABLED: '1',
    }),
  })
  // The terminal sends Ctrl-C to the task as well, so this process only waits for it to end.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGTERM'))
  child.on('error', () => stop(`${node} could not be started: delete node_modules and try again.`))
  child.on('close', (code, signal) =>
    process.exit(code === null ? (signal === 'SIGINT' ? 130 : 1) : code),
  )
}

// On an older Node, npm skips packages that need a newer one, and a task would miss them.
const [major, minor] = process.versions.node.split('.').map(Number)
const isRecent = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)
if (!isRecent) {
  stop(
    `Node ${process.versions.node} is too old: install Node 24 (https://nodejs.org) ` +
      'and try again. 20.19 and 22.12 or newer will do.',
  )
}
const [task = '', ...rest] = process.argv.slice(2)
const script = scriptOf(task)
if (script === undefined) {
  stop(
    'Say which task: npm start, npm test, or npm run verify, build, org, content, budgets, ' +
      'dev, edit, demo, soak, clients, curtain, fuzz, html, bench, bench:staff, simulate, ' +
      'deploy, backup, restore, manifest, watch, verify-host.',
  )
}
// Only a build with the editor needs the editor's package, which is among `devDependencies`.
await installWhenNeeded(!plainTasks.includes(task) || process.env.OASIS_EDITOR === '1')
const found = nodeForTasks()
if ('fault' in found) stop(found.fault)
else run(found.node, script, rest)
