// Compares the log of a case with its known heads. This browser has seen or signed them, or the
// last checkpoint names them. A server then cannot show the log without some of its rows.
import { Refusal } from '#protocol/errors'
import type { OpenedReport } from '#protocol/staff/opened-report'
import type { Roster } from '#protocol/staff/roster-state'
import { checkAgainstCheckpoint, type CheckpointRoster } from '../../ledger/against-checkpoint.ts'
import { rowHashesOf } from '../../ledger/fetch-logs.ts'
import { knownHeads } from '../../ledger/known-heads.ts'

/**
 * - `older`: the log lacks rows that this browser knows or that the last checkpoint names
 * - `late`: the last checkpoint lacks a row whose signer had left before it
 */
export type AgainstKnown = 'fine' | 'older' | 'late'

/** @param roster  without a checkpoint for somebody who reads no reports */
export async function compareWithKnown(
  { item, log }: Pick<OpenedReport, 'log'> & { item: Pick<OpenedReport['item'], 'id'> },
  roster: CheckpointRoster & Pick<Roster, 'rootId'>,
): Promise<AgainstKnown> {
  const known = knownHeads(roster, item.id)
  if (known.length > 0) {
    const hashes = await rowHashesOf(log)
    if (known.some((head) => !hashes.includes(head))) return 'older'
  }
  const verdict = await againstCheckpoint(roster, item.id, log)
  return verdict === 'older' || verdict === 'late' ? verdict : 'fine'
}

/**
 * A checkpoint that does not arrive says nothing here, because a network fails too. The daily
 * comparison names a withheld one.
 */
async function againstCheckpoint(
  ...args: Parameters<typeof checkAgainstCheckpoint>
): ReturnType<typeof checkAgainstCheckpoint> {
  try {
    return await checkAgainstCheckpoint(...args)
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return cause.code === 'malformed' ? 'older' : 'unknown'
  }
}
