// Serves a built site with the worker on workerd, with local D1 and R2 under `state`.
// `npm start`, `npm run dev`, the browser tests and measurements with a browser use this server.
// The staff host is localhost and never an IP, because a passkey is tied to a name. The host of the
// public site is 127.0.0.1, because a local server has no second name.
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startConfirmer } from '#scripts/shared/confirm-newcomers'
import { storeOf } from '#scripts/shared/database'
import { writeLocalWorkers } from '#scripts/shared/local-workers'
import { root } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { Stop } from '#scripts/shared/progress'
import { binOf, environment } from '#scripts/shared/run-tool'
import { staffOriginOf } from '#worker/staff-addresses'

export interface Served {
  /** the public site */
  origin: string
  /** the staff app */
  staffOrigin: string
  /** the file with all output of the worker and its runtime */
  logFile: string
  /** resolves when the server ends, by itself or by stop() */
  ended: Promise<void>
  stop: () => Promise<void>
}

// Only `npm start` and `npm run dev` run the clock. Without the clock reports would stay in the
// overflow for ever. So flood mode is off unless a caller changes it. The worker sends no alert
// unless a caller names a receiver.
const LOCAL_VARS = { FLOOD_MODE: 'off', ALERT_FIRST: '', ALERT_SECOND: '' }

const START_MS = 90_000
const STOP_MS = 3_000

// Signals the process group, because wrangler's helpers are in the same group.
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(name)
    else process.kill(-child.pid, name)
  } catch {
    // The group has ended already.
  }
}

async function isHealthy(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}

export async function serve(options: {
  state: string
  dist: string
  port: number
  /** settings of wrangler.toml to change */
  vars?: Record<string, string>
  /** the folder of the throw-away organisation, whose scripted member confirms newcomers */
  orgDir?: string
  /** host of the staff app, if it is not the server's own */
  staffHost?: string
  /** milliseconds by which the clock of the worker is ahead, for a test of old keys */
  aheadMs?: number
}): Promise<Served> {
  const { state, dist, port, orgDir, staffHost = `localhost:${port}` } = options
  mkdirSync(state, { recursive: true })
  const logFile = join(state, 'server.log')
  const log = createWriteStream(logFile)
  const configurations = writeLocalWorkers({
    folder: join(state, 'workers'),
    dist,
    staffHost,
    vars: { ...LOCAL_VARS, ...options.vars },
    aheadMs: options.aheadMs ?? 0,
  })
  const child = spawn(
    process.execPath,
    [
      binOf('wrangler'),
      ...['dev', '--local', '--ip', '127.0.0.1', '--port', String(port)],
      ...['--inspector-port', String(await anyPort()), '--persist-to', storeOf(state)],
      ...['--show-interactive-dev-session=false', '--log-level', 'warn'],
      ...configurations.flatMap((path) => ['--config', path]),
    ],
    {
      cwd: root,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment({
        WRANGLER_REGISTRY_PATH: join(state, 'registry'),
        // The runtime's trace recorder stores every address, so it stays off.
        X_LOCAL_OBSERVABILITY: 'false',
        // Wrangler must not ask Cloudflare for a sample of request properties.
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      }),
    },
  )
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const ended = new Promise<void>((done) => child.once('close', () => log.end(done)))
  const isOver = () => child.exitCode !== null || child.signalCode !== null
  const kill = () => signal(child, 'SIGKILL')
  process.once('exit', kill)

  const stop = async () => {
    process.off('exit', kill)
    if (isOver()) return
    signal(child, 'SIGTERM')
    await Promise.race([ended, wait(STOP_MS, undefined, { ref: false })])
    signal(child, 'SIGKILL')
    await ended
  }

  const [origin, staffOrigin] = [`http://127.0.0.1:${port}`, staffOriginOf(staffHost)]
  const until = Date.now() + START_MS
  while (!(await isHealthy(origin))) {
    if (isOver() || Date.now() > until) {
      await stop()
      const output = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim() : ''
      throw new Stop(
        `${output.split('\n').slice(-15).join('\n')}\n\nThe server did not start (${logFile}).`,
      )
    }
    await wait(100)
  }
  if (orgDir !== undefined) void ended.then(startConfirmer(staffOrigin, orgDir))
  return { origin, staffOrigin, logFile, ended, stop }
}
