// Checks a case log against the last checkpoint. So even a browser new to the case detects a
// truncated log, or rows signed by a former colleague.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { isRefusalOf } from '#protocol/errors'
import { AnyStatement } from '#protocol/staff/statement'
import { leafInBucket } from '#protocol/staff/ledger/checkpoint'
import type { CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { spansAt } from '#protocol/staff/ledger/reader-spans'
import type { RosterCheckpoint, Roster } from '#protocol/staff/ledger/roster-state'
import { DAY_MS } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { fetchBucket } from '../api/checkpoint-api.ts'
import { rowHashesOf } from './fetch-logs.ts'
import { keptLeaves, newestLeaves } from './newest-leaves.ts'

/**
 * The part of a roster with the last checkpoint, and with the people who could sign at a given
 * time.
 */
export type CheckpointRoster = Pick<Roster, 'checkpoint' | 'restart' | 'readers' | 'caseworkers'>

/**
 * Compares the rows of a case log with its leaf in the last checkpoint.
 *
 * @param roster  the roster of a valid ledger
 * @param caseId  base64url
 * @param rows    the complete case log, oldest row first
 * @returns `older` when the rows do not reach the head in the checkpoint. Also `older` when the
 *   checkpoint lacks a case that began two days or more before it. `late` when a colleague who left
 *   before the checkpoint signed a row that the checkpoint does not cover. `unknown` without a
 *   checkpoint, and for a case that is newer than the checkpoint. Also `unknown` when the leaves
 *   were lost in a restart.
 * @throws Refusal `malformed` for a bucket that does not match the signed digest
 * @throws Refusal `not_found` for a checkpoint that the server does not send
 */
export async function checkAgainstCheckpoint(
  roster: CheckpointRoster,
  caseId: string,
  rows: readonly LedgerRow[],
): Promise<'held' | 'older' | 'late' | 'unknown'> {
  const { checkpoint } = roster
  if (!checkpoint) return 'unknown'
  const leaf = await leafOf(roster, checkpoint, caseId)
  if (leaf === 'gone') return 'unknown'
  const saids = rows.map(readStatement)
  const isLate = saids.slice(leaf?.n ?? 0).some((said) => hadLeft(said, roster, checkpoint))
  if (!leaf && isOld(saids[0], checkpoint)) return 'older'
  if (!leaf) return isLate ? 'late' : 'unknown'
  const hashes = await rowHashesOf(rows.slice(0, leaf.n))
  if (hashes[leaf.n - 1] !== toB64(leaf.hash)) return 'older'
  return isLate ? 'late' : 'held'
}

/** Returns null for an invalid row, which the replay reports. */
function readStatement({ statement }: LedgerRow): AnyStatement | null {
  try {
    return AnyStatement.parse(JSON.parse(statement))
  } catch {
    return null
  }
}

/**
 * A row that a checkpoint does not cover was stored after it. The signer must therefore have been
 * allowed to sign then, even if the row refers to an older ledger.
 */
function hadLeft(
  said: AnyStatement | null,
  { readers, caseworkers }: CheckpointRoster,
  { row }: RosterCheckpoint,
): boolean {
  const n = Math.max(row, said?.ledger?.n ?? 0)
  return said !== null && [readers, caseworkers].every((all) => !spansAt(all.get(said.actor), n)[0])
}

/**
 * Clocks may differ by hours, so only a case that began at least two days earlier must have a leaf.
 */
const isOld = (first: AnyStatement | null | undefined, { at }: RosterCheckpoint): boolean =>
  Boolean(first && first.at < dayOf(Date.parse(at) - 2 * DAY_MS))

/** The parts of the newest checkpoint that this tab has fetched. A checkpoint never changes. */
const buckets = { digest: '', sent: new Map<number, Promise<Bytes>>() }

/**
 * If a server withholds a part, fetches all the leaves, as the daily comparison does.
 *
 * @returns `gone` for leaves that were lost in a restart of the ledger; see newestLeaves
 */
async function leafOf(
  roster: CheckpointRoster,
  checkpoint: RosterCheckpoint,
  caseId: string,
): Promise<CaseLeaf | null | 'gone'> {
  const kept = keptLeaves(checkpoint)
  if (kept) return kept.get(caseId) ?? null
  try {
    return await leafInPart(checkpoint, fromB64(caseId))
  } catch (cause) {
    if (isRefusalOf(cause, 'malformed')) throw cause
    const all = await newestLeaves(roster)
    if (!all) throw cause
    return all.size === 0 ? 'gone' : (all.get(caseId) ?? null)
  }
}

async function leafInPart({ row, digest }: RosterCheckpoint, id: Bytes): Promise<CaseLeaf | null> {
  if (buckets.digest !== digest) Object.assign(buckets, { digest, sent: new Map() })
  const { sent } = buckets
  const bucket = id[0] ?? 0
  const fetched = sent.get(bucket) ?? fetchBucket(row, bucket)
  sent.set(bucket, fetched)
  try {
    return await leafInBucket(await fetched, id, fromB64(digest))
  } catch (cause) {
    sent.delete(bucket)
    throw cause
  }
}
