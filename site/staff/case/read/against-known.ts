// Compares a case log with the heads that this browser has seen or signed, or that the last
// checkpoint contains. So a server cannot omit rows of the log undetected.
import { Refusal } from '#protocol/errors'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { checkAgainstCheckpoint, type CheckpointRoster } from '../../ledger/against-checkpoint.ts'
import { rowHashesOf } from '../../ledger/fetch-logs.ts'
import { knownHeads } from '../../ledger/known-heads.ts'

/**
 * - `older`: the log lacks rows that this browser has seen or that the last checkpoint contains
 * - `late`: the last checkpoint lacks a row whose signer had left before that checkpoint
 * - `withheld`: the server does not send the part of the last checkpoint that contains the case
 */
export type AgainstKnown = 'fine' | 'older' | 'late' | 'withheld'

/** @param roster  null for a person who cannot read reports and therefore receives no checkpoint */
export async function compareWithKnown(
  { item, log }: Pick<StoredCase, 'log'> & { item: Pick<StoredCase['item'], 'id'> },
  roster: CheckpointRoster & Pick<Roster, 'rootId'>,
): Promise<AgainstKnown> {
  const known = knownHeads(roster, item.id)
  if (known.length > 0) {
    const hashes = await rowHashesOf(log)
    if (known.some((head) => !hashes.includes(head))) return 'older'
  }
  try {
    const verdict = await checkAgainstCheckpoint(roster, item.id, log)
    return verdict === 'older' || verdict === 'late' ? verdict : 'fine'
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return cause.code === 'malformed' ? 'older' : 'withheld'
  }
}
