// Stores the assignee of a case, and determines whether a person has the case.
import { eq, sql, type SQL } from 'drizzle-orm'
import { sameBytes, type Bytes } from '#protocol/bytes'
import type { Role } from '#protocol/staff/fields'
import { insertEntryRow } from './entries.ts'
import { deleteOldGrants, insertGrants, type StoredGrant } from './grants.ts'
import { isAllRead, type ReadParts } from './growth.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import { readTogether, type Database } from '../database.ts'
import { holdsTeamKey, rolesFrom } from '../people/people.ts'
import { isOfThread, THREAD_OF_REPORT } from '../reports/follow-ups.ts'
import { people } from '../schema/people.ts'

/** Returns true when the case, or the case into which it was merged, is assigned to the person. */
export async function isAssignedTo(db: Database, caseId: Bytes, person: Bytes): Promise<boolean> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT 1 AS found FROM reports AS own
      JOIN reports AS head ON head.id = coalesce(own.merged_into, own.id)
      WHERE own.id = ${caseId} AND head.assignee = ${person}`,
  ])
  return rows.length > 0
}

/**
 * Returns true when the case of a report or a follow-up is assigned to the person. A follow-up
 * belongs to each case that has a report of its thread.
 */
export async function isLetterAssignedTo(
  db: Database,
  letter: Bytes,
  person: Bytes,
): Promise<boolean> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT 1 AS found FROM (
        SELECT coalesce(merged_into, id) AS case_id FROM reports WHERE id = ${letter}
        UNION SELECT coalesce(reports.merged_into, reports.id)
          FROM follow_ups JOIN reports ON ${isOfThread(THREAD_OF_REPORT)}
          WHERE follow_ups.id = ${letter}) AS own
      JOIN reports AS head ON head.id = own.case_id WHERE head.assignee = ${person}`,
  ])
  return rows.length > 0
}

/**
 * Returns true when the person who has the case lacks the team key and needs a copy of each key.
 */
export async function hasCaseworker(db: Database, caseId: Bytes): Promise<boolean> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT 1 AS found FROM reports JOIN people ON people.id = reports.assignee
      WHERE reports.id = ${caseId} AND NOT ${holdsTeamKey(sql`people.roles`)}`,
  ])
  return rows.length > 0
}

/** Returns the roles of a confirmed person; null for an unknown person or a newcomer. */
export async function findRoles(db: Database, person: Bytes): Promise<Role[] | null> {
  const found = await db
    .select({ roles: people.roles })
    .from(people)
    .where(eq(people.id, person))
    .get()
  const roles = found ? rolesFrom(found.roles) : []
  return roles.length > 0 ? roles : null
}

export interface AssignStep {
  from: Bytes | null
  to: Bytes | null
  grants: readonly StoredGrant[]
  /** the entry with the reason; null if there is no reason */
  reason: { keyNo: number; sealed: Bytes } | null
  /** null when the actor did not state what they have read */
  read: ReadParts | null
  /** today, UTC */
  day: string
}

/** Makes a case wait for us, starting on the given day unless it was already waiting for us. */
const waitsForUs = (day: string): SQL => sql`waits_for = 'us',
  waits_since = CASE WHEN waits_for = 'us' THEN waits_since ELSE ${day} END`

/**
 * Gives a case to a colleague, or takes it back. Stores the reason first, so that no case changes
 * hands without the reason that its row records. A case given to another colleague waits for us,
 * even after a reply, because nobody has taken it yet.
 *
 * @returns false for an unknown or merged case, or when a colleague other than `from` has the case.
 *   Also false when the actor has not read all of the case, or the reason is under an outdated key.
 */
export const assignStored = (
  db: Database,
  caseId: Bytes,
  { from, to, grants, reason, read, day }: AssignStep,
  entry: ChainEntry,
): Promise<boolean> => {
  const isGiven = to !== null && !sameBytes(to, entry.actor)
  const canGive = sql`assignee IS ${from} AND ${read ? isAllRead(read) : sql`1`}`
  return changeWithRow(
    db,
    entry,
    [
      ...(reason ? [insertEntryRow(caseId, reason, canGive)] : []),
      sql`UPDATE reports SET assignee = ${to}${isGiven ? sql`, ${waitsForUs(day)}` : sql``}
        WHERE id = ${caseId} AND merged_into IS NULL AND ${canGive}
          AND ${reason ? sql`changes() = 1` : sql`1`} RETURNING 1`,
    ],
    [deleteOldGrants(caseId), ...insertGrants(caseId, to, grants)],
  )
}

/**
 * Takes a case away from the actor, who has it. The case then waits for us, starting today unless
 * it was already waiting for us.
 *
 * @param day  today, UTC
 * @returns false for an unknown or merged case, and when somebody else or nobody has it
 */
export const returnStored = (
  db: Database,
  caseId: Bytes,
  day: string,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`UPDATE reports SET assignee = NULL, given_by = NULL, ${waitsForUs(day)}
        WHERE id = ${caseId} AND merged_into IS NULL AND assignee = ${entry.actor} RETURNING 1`,
    ],
    [deleteOldGrants(caseId)],
  )
