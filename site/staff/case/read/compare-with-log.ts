// Compares the status, danger, holder, entries and records of a case with the rows of its log.
import { sha256, toB64 } from '#protocol/bytes'
import { hasActed } from '#protocol/staff/case-log/acts'
import { type CaseLog } from '#protocol/staff/case-log/state'
import { type StoredCase } from '#protocol/staff/case-log/stored-case'
import type { QueueItem } from '#protocol/staff/list/queue'
import { decodeB64 } from '#protocol/staff/native-b64'

/**
 * A follow-up sets the status to new without a signature, because the edge signs nothing. A merge
 * reopens the surviving case if the absorbed case was open.
 */
export function statusDiffers(
  item: Pick<QueueItem, 'status' | 'closeReason' | 'followUps'>,
  log: Pick<CaseLog, 'mergedInto' | 'status' | 'closeReason' | 'followUps' | 'isJoined'>,
): boolean {
  // A merged case is closed by the row that records its merge, not by a row about its status.
  if (log.mergedInto !== null) return item.status !== 'closed'
  if (item.status === log.status) return item.closeReason !== log.closeReason
  const isReopened = item.status === 'new' && item.followUps > log.followUps
  return !isReopened && !(log.isJoined && item.status !== 'closed')
}

/**
 * A follow-up can set the danger without a signature. A case also takes over the danger of a case
 * that it absorbs, if that case's log records the danger.
 */
export function dangerDiffers(
  item: Pick<QueueItem, 'danger' | 'followUps'>,
  log: Pick<CaseLog, 'danger' | 'dangerFollowUps'> & { absorbed: Pick<Set<string>, 'size'> },
): boolean {
  if (log.danger === null || item.danger === log.danger) return false
  return !item.danger || (item.followUps <= log.dangerFollowUps && log.absorbed.size === 0)
}

/**
 * The log records how many follow-ups the author of the last act had read. A merged case is never
 * waiting.
 */
export const actedDiffers = (
  item: Pick<QueueItem, 'acted' | 'followUps'>,
  log: Pick<CaseLog, 'acted' | 'mergedInto'>,
): boolean => log.mergedInto === null && item.acted !== hasActed(log, item.followUps)

/**
 * Returns true when the log records a different holder of the case, or a different colleague who
 * gave it.
 */
export const holderDiffers = (
  item: Pick<QueueItem, 'assignee' | 'givenBy'>,
  log: Pick<CaseLog, 'assignee' | 'givenBy'>,
): boolean => item.assignee !== (log.assignee?.id ?? null) || item.givenBy !== log.givenBy

/**
 * The danger dates from the row that last set it, or from a letter that arrived after that row. A
 * later day would hide the fact that nobody has confirmed the danger for a long time.
 *
 * @param reports  the report that began the case and the reports of absorbed cases, each with its
 * log
 */
export function dangerDayDiffers(
  { danger, dangerDay }: Pick<QueueItem, 'danger' | 'dangerDay'>,
  reports: readonly { stored: StoredCase; log: CaseLog }[],
): boolean {
  if (!danger) return dangerDay !== null
  const days = reports.flatMap(({ stored: { item, followUps }, log }) => [
    log.dangerDay ?? item.day,
    ...(log.danger !== true || item.followUps > log.dangerFollowUps
      ? followUps.map((each) => each.day)
      : []),
  ])
  return dangerDay === null || !days.includes(dangerDay)
}

/** The additional data and the row both contain the revision number, so the two must match. */
export async function recordsThatDiffer(
  { records }: Pick<StoredCase, 'records'>,
  log: CaseLog,
): Promise<Set<number>> {
  const differ = await thatDiffer(records, 'record', (n) => log.records.get(n)?.recordHash)
  for (const { record, revision } of records)
    if (log.records.get(record)?.revision !== revision) differ.add(record)
  return differ
}

export const entriesThatDiffer = (
  { entries }: Pick<StoredCase, 'entries'>,
  log: CaseLog,
): Promise<Set<number>> => thatDiffer(entries, 'n', (n) => log.entries.get(n)?.entryHash)

async function thatDiffer<Place extends string>(
  rows: readonly (Record<Place, number> & { sealed: string })[],
  place: Place,
  signedHash: (at: number) => string | undefined,
): Promise<Set<number>> {
  const differ = new Set<number>()
  for (const row of rows)
    if (signedHash(row[place]) !== toB64(await sha256(decodeB64(row.sealed))))
      differ.add(row[place])
  return differ
}
