// Starts wrangler's local server in its own process group, and logs all of its output. The group
// ends when this process ends.
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { storeOf } from '#scripts/shared/database'
import { root } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { binOf, environment } from '#scripts/shared/run-tool'

export interface RunningWrangler {
  /** the file that receives all output from the worker and its runtime */
  logFile: string
  /** resolves when the server has ended, either by itself or after a call to stop() */
  ended: Promise<void>
  isOver: () => boolean
  stop: () => Promise<void>
}

const STOP_MS = 3_000

// Signals the whole process group, because wrangler's helpers belong to that group.
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(name)
    else process.kill(-child.pid, name)
  } catch {
    // The group has already ended.
  }
}

/**
 * @param configurations  the paths of the workers' configurations; the first worker listens on the
 *   port
 */
export async function startWrangler(
  state: string,
  port: number,
  configurations: readonly string[],
): Promise<RunningWrangler> {
  const logFile = join(state, 'server.log')
  const log = createWriteStream(logFile)
  const child = spawn(
    process.execPath,
    [
      // Wrangler passes this flag on to its main process, which then uses 180 MB instead of 340 MB.
      '--optimize-for-size',
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
        // The runtime's trace recorder stores every address, so it remains off.
        X_LOCAL_OBSERVABILITY: 'false',
        // Wrangler must not fetch a sample of request properties from Cloudflare.
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
  return { logFile, ended, isOver, stop }
}
