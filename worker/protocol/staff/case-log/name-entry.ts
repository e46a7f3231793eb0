// Adds an entry to the replayed case log when a row records one. Only the newest key may seal new
// parts.
import type { EntryAdd } from './changes.ts'
import type { CaseLog } from './state.ts'
import type { Statement } from '../statement.ts'
import { requireRule } from '../ledger/roster-checks.ts'

/** Only the newest key may seal new parts, and only while no former caseworker has it. */
export const requireKey = (log: CaseLog, keyNo: number): void =>
  requireRule(keyNo === log.keys.size && !log.isKeyStale)

/** Adds an entry under the number of its row. @throws when the key may not seal new parts */
export const nameEntry = (
  log: CaseLog,
  { actor, at }: Statement,
  { keyNo, entryHash }: Pick<EntryAdd, 'keyNo' | 'entryHash'>,
): void => {
  requireKey(log, keyNo)
  log.entries.set(log.rows + 1, { actor, at, entryHash, keyNo })
}
