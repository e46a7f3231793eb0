// Signs a checkpoint of all case logs, after comparing them with the last checkpoint. A case log
// that a server has cut is found here, also by a browser that never saw it.
import { fromB64, sameBytes, toB64, concat, type Bytes } from '#protocol/bytes'
import { Refusal, type ErrorCode } from '#protocol/errors'
import {
  checkpointDigest,
  HEADS_PAGE,
  leavesOf,
  writeCheckpoint,
  writeUpload,
} from '#protocol/staff/checkpoint'
import { LEAF_BYTES, readLeaves } from '#protocol/staff/checkpoint-leaves'
import { ID_BYTES } from '#protocol/limits'
import { type CheckpointSign } from '#protocol/staff/ledger-keys'
import { type Roster } from '#protocol/staff/roster-state'
import { fetchCaseHeads, fetchCheckpoint, postCheckpoint } from '../api/ledger-api.ts'
import { signChange } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/** The reason for which no checkpoint is signed. */
export type CheckpointFault =
  /** ids of cases whose logs are shorter than before, or other logs */
  | { is: 'cut'; cases: string[] }
  /** the server does not show the leaves of the last checkpoint, or shows others */
  | { is: 'withheld' }

export type CheckpointOutcome = CheckpointFault | { is: 'signed' } | { is: 'moved' }

/**
 * Signs and stores a checkpoint.
 *
 * @param roster  of a whole ledger
 * @returns `moved` when the ledger has grown, perhaps by the checkpoint of a colleague
 * @throws Refusal `malformed` for broken heads, and the refusals of the requests
 */
export async function signCheckpoint(
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>,
  roster: Roster,
): Promise<CheckpointOutcome> {
  const leaves = await fetchAllHeads()
  const before = await lastLeaves(roster)
  if (!before) return { is: 'withheld' }
  const cases = cutCases(before, leaves)
  if (cases.length > 0) return { is: 'cut', cases }
  const stored = await writeCheckpoint(leaves)
  const digest = toB64(await checkpointDigest(stored))
  const change: CheckpointSign = { cases: leaves.length / LEAF_BYTES, digest }
  const signed = await signChange(
    keys,
    { action: 'checkpoint.sign', subject: keys.personId, change },
    { prev: toB64(roster.head), nowMs: Date.now() },
  )
  try {
    await postCheckpoint(writeUpload(signed, stored))
    return { is: 'signed' }
  } catch (thrown) {
    if (isRefused(thrown, 'chain_moved')) return { is: 'moved' }
    throw thrown
  }
}

/** @throws Refusal `malformed` for pages whose ids do not ascend, which might never end */
async function fetchAllHeads(): Promise<Bytes> {
  const pages: Bytes[] = []
  let last: Bytes = new Uint8Array()
  for (;;) {
    const page = await fetchCaseHeads(toB64(last.subarray(0, ID_BYTES)))
    readLeaves(concat(last, page))
    pages.push(page)
    if (page.length < HEADS_PAGE * LEAF_BYTES) return concat(...pages)
    last = page.subarray(-LEAF_BYTES)
  }
}

const isRefused = (thrown: unknown, ...codes: ErrorCode[]): boolean =>
  thrown instanceof Refusal && codes.includes(thrown.code)

/**
 * Returns the leaves of the last checkpoint: none without one, null when they are withheld. After a
 * restart they may be gone, because R2 has no history.
 */
async function lastLeaves({ checkpoint, restart }: Roster): Promise<Bytes | null> {
  if (!checkpoint) return new Uint8Array()
  try {
    const leaves = leavesOf(await fetchCheckpoint(checkpoint.row))
    const digest = await checkpointDigest(await writeCheckpoint(leaves))
    return sameBytes(digest, fromB64(checkpoint.digest)) ? leaves : null
  } catch (thrown) {
    const isRestarted = restart !== null && restart.row > checkpoint.row
    if (isRefused(thrown, 'not_found')) return isRestarted ? new Uint8Array() : null
    if (isRefused(thrown, 'malformed')) return null
    throw thrown
  }
}

/** Returns the ids of cases whose log has fewer rows than before, or another row at the end. */
function cutCases(before: Bytes, now: Bytes): string[] {
  const heads = new Map(readLeaves(now).map((head) => [toB64(head.caseId), head]))
  return readLeaves(before).flatMap(({ caseId, n, hash }) => {
    const id = toB64(caseId)
    const head = heads.get(id)
    const isHeld = head && (head.n > n || (head.n === n && sameBytes(head.hash, hash)))
    return isHeld ? [] : [id]
  })
}
