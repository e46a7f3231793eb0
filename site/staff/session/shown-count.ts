import { WAITING_SHOWN } from '#protocol/staff/list/counts'

/** Formats a count of objects in R2. An unknown count must not look like zero. */
export const shownCount = (count: number | null): string =>
  count === null ? '?' : count < WAITING_SHOWN ? String(count) : `${WAITING_SHOWN}+`

/** Formats the number of reports that a discard covers. */
export const shownTotal = ({ stored, waiting }: { stored: number; waiting: number }): string =>
  `${stored + waiting}${waiting < WAITING_SHOWN ? '' : '+'}`
