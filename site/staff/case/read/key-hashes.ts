// Finds the hashes that prove case keys, and uses them to open the case keys of reports. A case log
// records the hashes of the case's keys. For any case that is not on the screen, only the rows
// about its keys are available here.
import { verifyKeys } from '#protocol/keys/signatures'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { KeyHashes } from '#protocol/staff/case-log/key-hash'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import type { CaseLog } from '#protocol/staff/case-log/state'
import { readKeyRows } from '#protocol/staff/case-log/key-rows'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { openCaseKeys, type HolderKeys, type OpenCaseKeys } from '../../crypto/case-key.ts'
import type { UnlockedKeys } from '../../crypto/unlock.ts'
import type { CheckpointRoster } from '../../ledger/against-checkpoint.ts'
import type { LogRoster } from '../../ledger/replay-log.ts'

/**
 * The person on whose behalf cases are opened. The roster may be the one computed from the rows
 * before a break in the ledger.
 */
export interface CaseReader {
  keys: Pick<UnlockedKeys, 'intake' | 'personId'> & HolderKeys
  roster: LogRoster & CheckpointRoster
}

/** Returns the hashes of a case's own keys. */
export const hashesIn = (caseId: string, { keys }: Pick<CaseLog, 'keys'>): KeyHashes =>
  new Map([...keys].map(([keyNo, { keyHash }]) => [caseKeyName({ caseId, keyNo }), keyHash]))

/**
 * For the case on the screen, only the complete log proves a key. A single row does not prove its
 * position in the log.
 */
async function hashesOf(
  reports: readonly StoredCase[],
  roster: LogRoster,
  replayed: ReadonlyMap<string, CaseLog>,
): Promise<KeyHashes> {
  const logs = reports.map(async ({ item: { id: caseId }, log }) =>
    hashesIn(caseId, replayed.get(caseId) ?? (await replayCaseLog(log, { caseId, roster }))),
  )
  const rows = reports.flatMap(({ keyRows }) => keyRows)
  const { hashes: others } = await readKeyRows(rows, roster, verifyKeys())
  const isShown = (name: string): boolean =>
    reports.some(({ item }) => name.startsWith(`${item.id} `))
  return new Map([
    ...[...others].filter(([name]) => !isShown(name)),
    ...(await Promise.all(logs)).flatMap((hashes) => [...hashes]),
  ])
}

/**
 * Opens the case keys of some reports of one case, for reading only. A key of one report may also
 * open a letter of another report.
 *
 * @param replayed  logs of these reports that the caller has already replayed, by case
 */
export async function openKeysOf(
  { keys, roster }: CaseReader,
  reports: readonly StoredCase[],
  replayed: ReadonlyMap<string, CaseLog> = new Map(),
): Promise<OpenCaseKeys> {
  const hashes = await hashesOf(reports, roster, replayed)
  const each = await Promise.all(reports.map((stored) => openCaseKeys(keys, stored, hashes)))
  return new Map(each.flatMap((open) => [...open]))
}
