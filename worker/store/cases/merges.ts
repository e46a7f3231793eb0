// Merges two cases. The reports of the merged case keep their rows and refer to the surviving case.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { deleteOldGrants, insertGrants, type StoredGrant } from './grants.ts'
import { changeWithRows, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import type { Cases } from './merge-state.ts'

/**
 * Merges `from` into `into`. When either case waits for the staff, the surviving case also waits
 * for the staff. A closed case that absorbs an open case waits for the same party as the open case
 * did. The surviving case keeps the earlier of the two due days.
 *
 * @param step.assignee  the caseworker who receives the grants
 * @returns false when one of the two was merged in the meantime
 */
export const mergeStored = (
  db: Database,
  {
    from,
    into,
    assignee,
    grants,
  }: Cases & { assignee: Bytes | null; grants: readonly StoredGrant[] },
  rows: { merged: ChainEntry; absorbed: ChainEntry },
): Promise<boolean> =>
  changeWithRows(db, [
    { entry: rows.merged, change: [endCase({ from, into })], after: [] },
    {
      entry: rows.absorbed,
      change: [takeOver({ from, into })],
      after: [
        sql`UPDATE reports SET merged_into = ${into}, status = 'closed'
          WHERE (merged_into = ${from} OR id = ${from})
          AND EXISTS (SELECT 1 FROM reports AS ended
            WHERE ended.id = ${from} AND ended.merged_into = ${into})`,
        sql`UPDATE reports SET due_day = NULL WHERE id = ${from} AND merged_into = ${into}`,
        deleteOldGrants(into),
        ...insertGrants(into, assignee, grants),
      ],
    },
  ])

const endCase = ({ from, into }: Cases): SQL =>
  sql`UPDATE reports SET merged_into = ${into}, close_reason = 'merged', assignee = NULL
    WHERE id = ${from} AND merged_into IS NULL
      AND EXISTS (SELECT 1 FROM reports AS head
        WHERE head.id = ${into} AND head.merged_into IS NULL) RETURNING 1`

/** True when a closed case absorbs an open one. The merge reopens the closed case. */
const isReopened = sql`(reports.status = 'closed' AND ended.status <> 'closed')`

/** True when the case that ends waits for us. */
const endedWaits = sql`(ended.status <> 'closed' AND ended.waits_for = 'us')`

/** Requires, in the same transaction, that the other case has ended. */
const takeOver = ({ from, into }: Cases): SQL =>
  sql`UPDATE reports SET danger = max(reports.danger, ended.danger),
      danger_day = CASE WHEN NOT ended.danger THEN reports.danger_day
        WHEN NOT reports.danger THEN coalesce(ended.danger_day, ended.received_day)
        ELSE max(coalesce(ended.danger_day, ended.received_day),
          coalesce(reports.danger_day, reports.received_day)) END,
      due_day = min(coalesce(reports.due_day, ended.due_day),
        coalesce(ended.due_day, reports.due_day)),
      status = CASE WHEN reports.status = 'closed' OR ended.status = 'new' THEN ended.status
        ELSE reports.status END,
      close_reason = CASE WHEN ${isReopened} THEN NULL
        ELSE reports.close_reason END,
      waits_for = CASE WHEN ${endedWaits} OR ${isReopened} THEN ended.waits_for
        ELSE reports.waits_for END,
      waits_since = CASE WHEN ${isReopened} THEN coalesce(ended.waits_since, ended.received_day)
        WHEN ${endedWaits}
        THEN min(coalesce(ended.waits_since, ended.received_day),
          CASE WHEN reports.waits_for = 'us'
            THEN coalesce(reports.waits_since, reports.received_day) ELSE '9999' END)
        ELSE reports.waits_since END
    FROM (SELECT * FROM reports WHERE id = ${from} AND merged_into = ${into}) AS ended
    WHERE reports.id = ${into} AND changes() = 1 RETURNING 1`
