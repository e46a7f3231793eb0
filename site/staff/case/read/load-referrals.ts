// Reads the referrals of an opened case from its replayed logs. Nothing here relies on the server's
// claims. A replayed log contains only signed rows, and an entry that does not match its row is not
// opened.
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { replayAllLogs, strangersIn } from './check-threads.ts'
import { entriesThatDiffer } from './compare-with-log.ts'
import { threadsOf } from './in-thread.ts'
import { type LoadedReport } from './load-report.ts'
import { type LoadedThread } from './open-thread.ts'
import { readCaseRows } from './read-case-rows.ts'
import { personsIn } from './read-records.ts'
import { referralsOf, type Referral, type ReferralPart } from './referrals-of.ts'
import { type PersonRole } from './referral-rules.ts'
import { type LogRoster } from '../../ledger/replay-log.ts'
import { type PersonPlace } from '../../crypto/case-entry.ts'

/** Lists the referrals of a case; see referralsOf. @param now  milliseconds since 1970 */
export async function loadReferrals(
  roster: LogRoster & Pick<Roster, 'receivers'>,
  loaded: LoadedReport,
  now: number,
): Promise<Referral[]> {
  const all = [loaded, ...loaded.others]
  const reports = all.map(({ sealed }) => sealed)
  // Most cases have no row about a referral, and a replay is slow because it verifies every row's
  // signature.
  if (!reports.some(hasReferral)) return []
  const logs = await replayAllLogs(reports, roster)
  // A merge signs the head of the absorbed log, so that the server cannot cut off that log's newest
  // rows.
  const strange = new Set(strangersIn(reports, logs).map(({ item }) => item.id))
  const parts = await Promise.all(
    all.flatMap((thread) => {
      const log = logs.get(thread.id)
      return log && !strange.has(thread.id) ? [partOf(log, thread)] : []
    }),
  )
  return referralsOf(parts, {
    facts: {
      roleOf: (person) => roleOf(loaded, person),
      // A referral keeps its receiver when the receiver's record is changed or deleted.
      isListed: ({ id, recordHash }) => roster.receivers.get(id)?.hashes.has(recordHash) ?? false,
    },
    holder: logs.get(loaded.id)?.assignee?.id ?? null,
    now,
  })
}

const hasReferral = ({ log }: StoredCase): boolean =>
  readCaseRows(log).some(({ action }) => action.startsWith('referral.'))

async function partOf(log: CaseLog, { id, sealed, entries }: LoadedThread): Promise<ReferralPart> {
  const differ = await entriesThatDiffer(sealed, log)
  return {
    id,
    mergedInto: log.mergedInto,
    rows: log.referralRows,
    entries: new Map(entries.map(({ n, entry }) => [n, differ.has(n) ? null : entry])),
  }
}

/** Returns the role of a person in the case; null when no signed record contains it. */
export function roleOf(loaded: LoadedReport, { caseId, record }: PersonPlace): PersonRole | null {
  const thread = threadsOf(loaded).find(({ id }) => id === caseId)
  const found = personsIn(thread?.signed.records ?? []).find((each) => each.record === record)
  return found?.kept.role ?? null
}
