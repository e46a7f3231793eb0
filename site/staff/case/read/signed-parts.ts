// Lists the records and entries of an opened case that match its replayed log. Roles, ages and
// words determine which parts are sent with a referral. So a record that is outdated, absent from
// the log or withheld counts as unknown in a referral.
import { Refusal } from '#protocol/errors'
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { replayLog, type LogRoster } from '../../ledger/replay-log.ts'
import { strangersIn } from './check-threads.ts'
import { entriesThatDiffer, recordsThatDiffer } from './compare-with-log.ts'
import { type CaseParts } from './read-case.ts'
import { type LoadedEntry } from './read-entries.ts'
import { type OpenRecord } from './read-records.ts'

export interface SignedParts {
  /**
   * an item for each record that the log or the server lists. `kept` is null for a record that does
   * not match the log
   */
  records: OpenRecord[]
  entries: LoadedEntry[]
}

/** @param log  null for a case that was merged without a signature */
export async function signedParts(
  stored: StoredCase,
  { entries, records }: CaseParts,
  log: CaseLog | null,
): Promise<SignedParts> {
  // The rows before a fault may refer to older records.
  const whole = log?.fault === null ? log : null
  const shown = new Map(records.map((each) => [each.record, each]))
  const numbers = [...new Set([...shown.keys(), ...(whole?.records.keys() ?? [])])]
  const [otherRecords, otherEntries] = whole
    ? [await recordsThatDiffer(stored, whole), await entriesThatDiffer(stored, whole)]
    : [new Set(numbers), new Set(entries.map(({ n }) => n))]
  return {
    records: numbers.map((record) => {
      const { revision = 0, kept = null, isNewer = false } = shown.get(record) ?? {}
      const isSigned = !otherRecords.has(record)
      return { record, revision, kept: isSigned ? kept : null, isNewer: isSigned && isNewer }
    }),
    entries: entries.filter(({ n }) => !otherEntries.has(n)),
  }
}

/**
 * Checks, before signing, that the opened records are exactly those in the log.
 *
 * @param reports  the case as it was opened, then the cases that it absorbed
 * @param log  the log of the case as it is now
 * @throws Refusal `record_changed` for a record or an absorbed case that is missing, older or not
 *   in the log
 */
export async function requireSignedRecords(
  reports: readonly [StoredCase, ...StoredCase[]],
  log: CaseLog,
  roster: LogRoster,
): Promise<void> {
  const [own, ...absorbed] = reports
  const logs = new Map([[own.item.id, log]])
  for (const { item, log: rows } of absorbed)
    logs.set(item.id, await replayLog(item.id, rows, roster))
  const isMissing = [...log.absorbed.keys()].some((id) => !logs.has(id))
  if (isMissing || strangersIn(reports, logs).length > 0) throw new Refusal('record_changed')
  for (const stored of reports) {
    const signed = logs.get(stored.item.id) ?? log
    const shown = new Set(stored.records.map(({ record }) => record))
    const lacks = [...signed.records.keys()].some((each) => !shown.has(each))
    if (lacks || (await recordsThatDiffer(stored, signed)).size > 0)
      throw new Refusal('record_changed')
  }
}
