// Reads the fields of a row's change that the casework invariants need.
import * as z from 'zod/mini'
import type { SentRow } from './drafts.ts'

const text = z.optional(z.string())

export const RowChange = z.object({
  record: z.optional(z.int()),
  recordHash: text,
  entryHash: text,
  sealedHash: text,
  contentHash: text,
  followUps: z.optional(z.int()),
  danger: z.optional(z.boolean()),
  dueDay: z.optional(z.nullable(z.string())),
  /** the absorbed case; in other rows, the earlier status or assignee */
  from: z.optional(z.nullable(z.string())),
  also: z.optional(z.array(z.string())),
})

/**
 * Returns true when the author of a row could have read the number of follow-ups that the row
 * states.
 */
export function followUpsFit(
  { before, after }: SentRow,
  reports: readonly string[],
  followUps: number,
): boolean {
  const total = (counts: ReadonlyMap<string, number>): number =>
    reports.reduce((sum, report) => sum + (counts.get(report) ?? 0), 0)
  return total(before) <= followUps && followUps <= total(after)
}
