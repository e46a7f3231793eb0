// Fetches the leaves of the last checkpoint, and keeps them until there is a newer checkpoint.
import { fromB64, sameBytes } from '#protocol/bytes'
import { isRefusalOf } from '#protocol/errors'
import { checkpointDigest, leavesOf, writeCheckpoint } from '#protocol/staff/ledger/checkpoint'
import { readLeaves, type CaseHead, type CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import { encodeB64 } from '#protocol/staff/native-b64'
import type { RosterCheckpoint, Roster } from '#protocol/staff/ledger/roster-state'
import { fetchCheckpoint } from '../api/checkpoint-api.ts'
import { pausesOften } from '../ui/pause-often.ts'

/** The leaves of a checkpoint, keyed by base64url case id. */
export type CaseLeaves = ReadonlyMap<string, CaseLeaf>

const NONE: CaseLeaves = new Map()
let kept: { digest: string; leaves: CaseLeaves } | null = null

/** Returns the leaves of a checkpoint when this tab has fetched all of them, or null. */
export const keptLeaves = ({ digest }: RosterCheckpoint): CaseLeaves | null =>
  kept?.digest === digest ? kept.leaves : null

/**
 * Returns the leaves of the last checkpoint: empty if there is no checkpoint, null if the server
 * withholds them. The leaves may be lost after a restart of the ledger, because R2 keeps no old
 * versions.
 *
 * @throws Refusal from the network
 */
export async function newestLeaves({
  checkpoint,
  restart,
}: Pick<Roster, 'checkpoint' | 'restart'>): Promise<CaseLeaves | null> {
  if (!checkpoint) return NONE
  const known = keptLeaves(checkpoint)
  if (known) return known
  try {
    const leaves = await fetchLeaves(checkpoint)
    if (leaves) kept = { digest: checkpoint.digest, leaves }
    return leaves
  } catch (thrown) {
    const isRestarted = restart !== null && restart.row > checkpoint.row
    if (isRefusalOf(thrown, 'not_found')) return isRestarted ? NONE : null
    if (isRefusalOf(thrown, 'malformed')) return null
    throw thrown
  }
}

/** Returns null for the leaves of a checkpoint other than the signed one. */
async function fetchLeaves({ row, digest }: RosterCheckpoint): Promise<CaseLeaves | null> {
  const leaves = leavesOf(await fetchCheckpoint(row))
  const found = await checkpointDigest(await writeCheckpoint(leaves))
  if (!sameBytes(found, fromB64(digest))) return null
  return byCaseId(readLeaves(leaves))
}

/**
 * Returns a map of heads or leaves, keyed by base64url case id, in the same order. Pauses often,
 * because ten thousand heads or leaves would block the page for too long.
 */
export async function byCaseId<Head extends CaseHead>(
  heads: readonly Head[],
): Promise<Map<string, Head>> {
  const pause = pausesOften()
  const byId = new Map<string, Head>()
  for (const head of heads) {
    byId.set(encodeB64(head.caseId), head)
    await pause()
  }
  return byId
}
