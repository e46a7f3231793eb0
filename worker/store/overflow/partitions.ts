// Defines the partitions of the overflow and the keys in them. Reports with danger have separate
// partitions, so that they never wait for other reports. With a proof, the key is the header id, so
// that a proof counts for the first report only. Any other key is the report's id. Neither key
// reveals the order of arrival.
import { toB64, type Bytes } from '#protocol/bytes'
import { CHECKED_GRADE, GRADES, type Grade } from '#protocol/limits'
import { WAITING_PARTITIONS } from '#protocol/staff/list/waiting'
import type { ArrivedReport } from '../reports/reports.ts'

export const PARTITIONS: readonly Partition[] = WAITING_PARTITIONS
export type Partition = (typeof WAITING_PARTITIONS)[number]

export const OVERFLOW = 'overflow/'
export const QUARANTINE = 'quarantine/'
/**
 * Prefix of a checked report's key, which contains the report id because the proof no longer
 * matters.
 */
const CHECKED = 'check-'

export const isFollowUpPartition = (partition: Partition): boolean => partition.endsWith('followup')

export const isUrgent = (partition: Partition): boolean => partition.startsWith('urgent-')

/** Returns the grade of the reports in a partition, or 0 for a partition of follow-ups. */
export const gradeIn = (partition: Partition): Grade =>
  GRADES.find((grade) => partition.endsWith(String(grade))) ?? 0

const partitionOf = (danger: boolean, kind: Grade | 'followup'): Partition =>
  danger ? `urgent-${kind}` : `${kind}`

/** The facts that decide where a report waits. */
export type Placement = Pick<ArrivedReport, 'id' | 'headerId' | 'danger' | 'grade'>

/** Returns the partition of a report. @param mayJoin  the report may belong to a thread */
const partitionFor = ({ grade, danger }: Placement, mayJoin: boolean): Partition =>
  partitionOf(danger, mayJoin ? 'followup' : grade)

/** Returns the key of an object in a partition; for an empty name, the prefix of all its keys. */
export const keyOf = (partition: Partition, name: string): string =>
  `${OVERFLOW}${partition}/${name}`

/** Returns the key of a report in its partition. */
export const keyFor = (report: Placement, mayJoin: boolean): string =>
  keyOf(
    partitionFor(report, mayJoin),
    toB64(!mayJoin && report.grade > 0 ? report.headerId : report.id),
  )

/** Returns the key of a report whose proof counts for another report. */
export const keyWithoutProof = (report: Placement): string => keyFor({ ...report, grade: 0 }, false)

/** Returns the key of a report that passed the check. */
export const keyOfChecked = ({ id, danger }: Pick<Placement, 'id' | 'danger'>): string =>
  keyOf(partitionOf(danger, CHECKED_GRADE), CHECKED + toB64(id))

/** Lists the keys that a request of this grade could have used for its report. */
export const keysFor = (report: Placement, mayJoin: boolean): string[] =>
  mayJoin
    ? [keyFor(report, true)]
    : [...new Set([keyFor(report, false), keyWithoutProof(report), keyOfChecked(report)])]

/**
 * Lists every key that a waiting report or follow-up can have.
 *
 * @param isDanger  null when the caller does not have the envelope
 */
export function allKeysFor(
  id: Bytes,
  headerId: Bytes | null,
  isDanger: boolean | null = null,
): string[] {
  const keys = (isDanger === null ? [true, false] : [isDanger]).flatMap((danger) => [
    keyFor({ id, headerId: id, danger, grade: 0 }, true),
    ...GRADES.filter((grade) => grade === 0 || headerId).flatMap((grade) =>
      keysFor({ id, headerId: headerId ?? id, danger, grade }, false),
    ),
  ])
  return [...new Set(keys)]
}

/**
 * Reads the partition in a key of the overflow or quarantine. Returns null when the key contains no
 * partition.
 */
export const partitionIn = (key: string): Partition | null =>
  PARTITIONS.find((partition) => key.split('/')[1] === partition) ?? null
