// Serves a built site and its worker on workerd, with local D1 and R2 storage under `state`. `npm
// start`, `npm run dev`, the browser tests and the browser measurements use this server. The staff
// host is localhost and never an IP address, because a passkey is tied to a name. The host of the
// public site is 127.0.0.1, because the staff host already uses the only local name.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startConfirmer } from '#scripts/local/confirm-newcomers'
import { writeLocalWorkers } from '#scripts/local/local-workers'
import { Stop } from '#scripts/shared/progress'
import { startWrangler, type RunningWrangler } from '#scripts/local/start-wrangler'
import { staffOriginOf } from '#worker/staff-addresses'

export interface Served extends Omit<RunningWrangler, 'isOver'> {
  /** the public site */
  origin: string
  /** the staff app */
  staffOrigin: string
}

// Only `npm start` and `npm run dev` run the clock. Without the clock, reports would stay in the
// overflow forever. Flood mode is therefore off unless a caller sets a different value. The worker
// does not send an alert unless a caller sets a receiver.
const LOCAL_VARS = { FLOOD_MODE: 'off', ALERT_FIRST: '', ALERT_SECOND: '' }

const START_MS = 90_000

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
  /** settings to change from wrangler.toml */
  vars?: Record<string, string>
  /** the folder of the throw-away organisation, whose scripted member confirms newcomers */
  orgDir?: string
  /** host of the staff app, if it differs from the server's own host */
  staffHost?: string
  /** milliseconds that the worker's clock runs ahead, to test old keys */
  aheadMs?: number
  /** the folder of workers that `bundleLocalWorkers` has already bundled */
  bundled?: string
}): Promise<Served> {
  const { state, dist, port, orgDir, staffHost = `localhost:${port}` } = options
  mkdirSync(state, { recursive: true })
  const configurations = writeLocalWorkers({
    folder: join(state, 'workers'),
    dist,
    staffHost,
    vars: { ...LOCAL_VARS, ...options.vars },
    aheadMs: options.aheadMs ?? 0,
    bundled: options.bundled,
  })
  const { logFile, ended, isOver, stop } = await startWrangler(state, port, configurations)

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
