// Stores changes to many cases in few statements, because the plan limits the statements per
// request. Each case gets both its row and its change, or neither.
import { sql, type SQL } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { hexOf } from '#worker/hex'
import type { ChainEntry } from '../ledger/chains.ts'
import type { StatusStep } from './status.ts'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { absorbedCount, caseFollowUpCount, type ReadParts } from './growth.ts'

/** A change to one case: its status, or its assignee, who must be a reader. */
export type ManyStep = { caseId: Bytes; entry: ChainEntry } & (
  | ({ kind: 'status' } & StatusStep)
  | { kind: 'assign'; from: Bytes | null; to: Bytes | null }
)

/** The state of a case that can explain why a change to the case did nothing. */
export interface ManyState extends Required<ReadParts> {
  isMerged: boolean
  status: string
  assignee: Bytes | null
}

/**
 * Changes many cases, each at most once, in one transaction.
 *
 * @returns keyed by base64url id: null for a changed case, otherwise the state that explains the
 * refusal. An unknown case is absent.
 */
export async function changeMany(
  db: Database,
  steps: readonly ManyStep[],
): Promise<Map<string, ManyState | null>> {
  const [statuses, assigns] = await Promise.all([
    listed(steps.filter(({ kind }) => kind === 'status')),
    listed(steps.filter(({ kind }) => kind === 'assign')),
  ])
  const changes = [
    insertRows(statuses, isStatusStep),
    sql`${statuses} UPDATE reports SET status = asked."to", close_reason = asked.reason
      FROM asked WHERE reports.id = asked.id AND ${isStatusStep} AND ${hasRow}`,
    insertRows(assigns, isAssignStep),
    // A case that is given to another colleague waits for us: see assignStored.
    sql`${assigns} UPDATE reports SET assignee = unhex(asked."to"),
        waits_for = CASE WHEN ${isGivenStep} THEN 'us' ELSE waits_for END,
        waits_since = CASE WHEN ${isGivenStep} AND waits_for <> 'us'
          THEN asked.statement ->> 'at' ELSE waits_since END
      FROM asked WHERE reports.id = asked.id AND ${isAssignStep} AND ${hasRow}`,
    sql`${assigns} DELETE FROM case_grants WHERE case_id IN (
        SELECT asked.id FROM asked WHERE ${hasRow} UNION SELECT reports.id
          FROM asked JOIN reports ON reports.merged_into = asked.id WHERE ${hasRow})`,
  ]
  const all = await listed(steps)
  const rows = await readTogether(db, [
    ...changes,
    sql`${all} SELECT reports.id, ${hasRow} AS is_changed, merged_into IS NOT NULL AS is_merged,
        status, assignee, ${caseFollowUpCount()} AS follow_ups,
        ${absorbedCount()} AS absorbed
      FROM asked JOIN reports ON reports.id = asked.id`,
  ])
  return new Map(
    (rows.at(-1) ?? []).map((row) => [
      toB64(bytesFrom(row['id'])),
      row['is_changed'] === 1 ? null : stateFrom(row),
    ]),
  )
}

const stateFrom = (row: Record<string, unknown>): ManyState => ({
  isMerged: row['is_merged'] === 1,
  status: String(row['status']),
  followUps: Number(row['follow_ups']),
  absorbed: Number(row['absorbed']),
  assignee: row['assignee'] === null ? null : bytesFrom(row['assignee']),
})

const isStatusStep = sql`reports.merged_into IS NULL AND reports.status = asked."from"
  AND ${caseFollowUpCount()} = asked.follow_ups
  AND ${absorbedCount()} = coalesce(asked.absorbed, ${absorbedCount()})`

const isAssignStep = sql`reports.merged_into IS NULL
  AND reports.assignee IS unhex(asked."from")`

/** True when the step gives the case to somebody other than its signer. */
const isGivenStep = sql`unhex(asked."to") <> asked.actor`

/** True when the row of the step is the last row of its log. */
const hasRow = sql`EXISTS (SELECT 1 FROM case_heads
  WHERE case_heads.case_id = asked.id AND case_heads.hash = asked.hash)`

/** Adds the rows whose changes are possible and that follow the last row of their log. */
const insertRows = (asked: SQL, isPossible: SQL): SQL =>
  sql`${asked} INSERT INTO case_log
      (case_id, n, prev_hash, hash, change, statement, signature, actor)
    SELECT asked.id, coalesce(case_heads.n, 0) + 1, asked.prev, asked.hash, asked.change,
        asked.statement, asked.signature, asked.actor
      FROM asked JOIN reports ON reports.id = asked.id
        LEFT JOIN case_heads ON case_heads.case_id = asked.id
      WHERE coalesce(case_heads.hash, ${NO_ROW}) = asked.prev AND ${isPossible}`

/**
 * Passes the steps to SQL as a table `asked`, in one bound value. JSON cannot contain bytes, only
 * their hex digits.
 */
async function listed(steps: readonly ManyStep[]): Promise<SQL> {
  const json = await Promise.all(
    steps.map(async ({ caseId, entry, ...step }) => ({
      ...{ id: hexOf(caseId), prev: hexOf(entry.prev), actor: hexOf(entry.actor) },
      hash: hexOf(await rowHash(entry.prev, entry)),
      signature: hexOf(entry.signature),
      ...{ change: entry.change, statement: entry.statement },
      ...(step.kind === 'status'
        ? step
        : { from: step.from && hexOf(step.from), to: step.to && hexOf(step.to) }),
    })),
  )
  return sql`WITH asked AS (SELECT unhex(value ->> 'id') AS id, unhex(value ->> 'prev') AS prev,
      unhex(value ->> 'hash') AS hash, unhex(value ->> 'signature') AS signature,
      unhex(value ->> 'actor') AS actor, value ->> 'change' AS change,
      value ->> 'statement' AS statement, value ->> 'from' AS "from", value ->> 'to' AS "to",
      value ->> 'followUps' AS follow_ups, value ->> 'absorbed' AS absorbed,
      value ->> 'reason' AS reason
    FROM json_each(${JSON.stringify(json)}))`
}
