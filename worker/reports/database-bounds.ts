// Defines how full the database may be for each kind of report. When the database is above the
// bound for a report, the report waits in R2.
import { CHECKED_GRADE, type Grade } from '#protocol/limits'

/**
 * Sizes in bytes. At each of these sizes, the database stops accepting the reports that the field
 * describes.
 */
export interface Bounds {
  /** reports of grade 0 */
  unproven: number
  /** all other reports; and reports of grade 0 with danger, which are drained a few at a time */
  reports: number
  /**
   * reports of grades 2 and 3 with danger, and follow-ups with a thread; the rest is reserved for
   * the staff
   */
  all: number
}

/** Returns the bound for a report. @param joins  the report is a follow-up with a thread */
export const boundFor = (
  { unproven, reports, all }: Bounds,
  { grade, danger }: { grade: Grade; danger: boolean },
  joins = false,
): number => (joins || (danger && grade >= CHECKED_GRADE) ? all : grade > 0 ? reports : unproven)

/** The bounds, as fractions of the database's maximum size. */
const FULL_AT = { unproven: 0.8, reports: 0.85, all: 0.9 } as const

/** Returns the bounds for a database of this size. */
export function boundsOf(megabytes: string): Bounds {
  const bytes = Number(megabytes) * 1_000_000
  const { unproven, reports, all } = FULL_AT
  return { unproven: bytes * unproven, reports: bytes * reports, all: bytes * all }
}
