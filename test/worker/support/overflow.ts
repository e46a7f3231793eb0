// Sends reports while the database fails, so that they wait in R2, and drains them.
import { expect } from 'vitest'
import type { Bytes } from '#protocol/bytes'
import { runChores } from '#worker/scheduled/run-chores'
import { ask, db, deps, octets } from './edge.ts'
import { goneDb } from './failing.ts'

export const downWith = { DB: goneDb }

/** Sends an envelope while the database fails and expects the edge to accept it. */
export async function submitWhileDown(
  envelope: Bytes,
  headers: Record<string, string> = {},
): Promise<void> {
  const answer = await ask('/api/reports', octets(envelope, headers), downWith)
  expect([answer.status, await answer.text()]).toEqual([201, '{}'])
}

/** Returns the time of the clock's next full check, at least `ms` from now. */
export const fullLookAfter = (ms: number): number =>
  Math.ceil((Date.now() + ms) / 3_600_000) * 3_600_000

/**
 * Returns a minute in which the clock does not run its full check. In such a minute, an idle clock
 * reads only the mark.
 */
export const usualMinute = (): number => fullLookAfter(0) + 61_000

/**
 * Records that the clock has run in every minute until `ms`, so that no jump in time is detected.
 */
export const runUntil = async (ms: number): Promise<void> => {
  await db.prepare("INSERT OR REPLACE INTO chore_clock VALUES ('clock', ?, 0)").bind(ms).run()
}

export async function drain(changes: Partial<typeof deps> = {}): Promise<void> {
  const run = { ...deps, ...changes }
  await runUntil(run.now())
  await runChores(run)
}
