// Allows one server per state folder, because two servers on one database would interfere with each
// other. This file also runs the server's clock, and keeps the server running until a person stops
// the server.
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from '#scripts/shared/progress'
import type { Served } from '#scripts/local/serve'
import { defaultLanguage } from '#site/i18n/languages.ts'

const markOf = (state: string): string => join(state, 'running')

/**
 * Refuses a second server on a state folder. A copied folder also contains a copy of the file that
 * marks a running server. That file names the server of the original folder, so the copied folder
 * is only reported.
 *
 * @throws Stop when a server is running on this folder
 */
export async function refuseTwice(state: string): Promise<void> {
  let origin = ''
  let folder = ''
  try {
    ;[origin = '', folder = ''] = readFileSync(markOf(state), 'utf8').trim().split('\n')
  } catch {
    return
  }
  // A killed server leaves its mark behind, so only a response proves that a server is running.
  try {
    await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(2000) })
  } catch {
    return
  }
  if (folder && folder !== realpathSync(state)) {
    console.log(
      `This folder is a copy of ${folder}, whose server runs at ${origin}. ` +
        'The copy gets a server of its own.',
    )
    return
  }
  throw new Stop(
    `It is running already at ${origin}/${defaultLanguage}/; ` +
      'stop that one first (Ctrl-C where it was started).',
  )
}

// Marks the server as running on a state folder. Returns a function that removes the mark.
export function markRunning(state: string, origin: string): () => void {
  writeFileSync(markOf(state), `${origin}\n${realpathSync(state)}\n`)
  return () => rmSync(markOf(state), { force: true })
}

const EVERY_MS = 60_000

/** Returns the address at which a request makes a local server run the chores. */
export const clockOf = (origin: string): string => `${origin}/cdn-cgi/local/scheduled`

/**
 * Replaces the platform's clock, which a local server lacks: starts the chores every minute.
 *
 * @returns a function that stops the clock
 */
export function startClock(origin: string): () => void {
  const tick = (): void => {
    // A run that fails is retried a minute later.
    fetch(clockOf(origin), { signal: AbortSignal.timeout(EVERY_MS) }).catch(() => undefined)
  }
  tick()
  const timer = setInterval(tick, EVERY_MS)
  return () => clearInterval(timer)
}

/**
 * Runs a server's clock and marks the server as running, until `stopped` resolves or the server
 * ends.
 */
export async function runUntilStopped(
  server: Served,
  state: string,
  greeting: string,
  stopped: Promise<void>,
): Promise<void> {
  const stopClock = startClock(server.origin)
  const unmark = markRunning(state, server.origin)
  console.log(greeting)
  console.log(`\nCtrl-C stops it. The output of the server is in ${server.logFile}.`)
  await Promise.race([stopped, server.ended])
  stopClock()
  await server.stop()
  unmark()
}
