// The database as it fails and comes back: what arrives meanwhile waits in R2, and the clock drains it.
import { expect } from 'vitest'
import type { Bytes } from '#protocol/bytes'
import { runUpkeep } from '#worker/upkeep/run'
import { ask, deps, octets } from './edge.ts'
import { goneDb } from './failing.ts'

export const downWith = { DB: goneDb }

/** Sends an envelope that must be taken in although the database fails. */
export async function submitWhileDown(
  envelope: Bytes,
  headers: Record<string, string> = {},
): Promise<void> {
  const answer = await ask('/api/reports', octets(envelope, headers), downWith)
  expect([answer.status, await answer.text()]).toEqual([201, '{}'])
}

export const drain = (changes: Partial<typeof deps> = {}) => runUpkeep({ ...deps, ...changes })
