// Reads the state that decides whether two cases can merge, and the keys that move with them.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { MAX_REPORTS } from '#protocol/staff/case-log/changes'
import type { KeyName } from './grants.ts'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { holdsTeamKey } from '../people/people.ts'

/** The two cases: `from` ends, and `into` survives. */
export interface Cases {
  from: Bytes
  into: Bytes
}

export interface MergeState {
  /** true when one of the two cases has already been merged */
  isMerged: boolean
  /** true when the reports of both cases fit into one case */
  hasRoom: boolean
  /** ids of the cases that `from` absorbed, sorted */
  also: Bytes[]
  /** the caseworker who has `into` and its keys; null when a reader or nobody has it */
  assignee: Bytes | null
  /** the keys of `from` that this caseworker needs */
  lacking: KeyName[]
}

/** Returns null when either case does not exist. */
export async function findMergeState(
  db: Database,
  { from, into }: Cases,
): Promise<MergeState | null> {
  const isCaseworker = sql`EXISTS (SELECT 1 FROM people WHERE id = assignee
    AND NOT ${holdsTeamKey(sql`people.roles`)})`
  const [cases = [], also = [], keys = []] = await readTogether(db, [
    sql`SELECT id, merged_into IS NOT NULL AS is_merged,
        CASE WHEN ${isCaseworker} THEN assignee END AS caseworker,
        (SELECT count(*) FROM reports AS part WHERE part.merged_into = reports.id) AS parts
      FROM reports WHERE id IN (${from}, ${into}) ORDER BY id = ${into}`,
    sql`SELECT id FROM reports WHERE merged_into = ${from} ORDER BY id`,
    sql`SELECT case_id, key_no FROM case_keys
      WHERE case_id = ${from} OR case_id IN (SELECT id FROM reports WHERE merged_into = ${from})`,
  ])
  const [, goesOn] = cases
  if (!goesOn) return null
  const assignee = goesOn['caseworker'] === null ? null : bytesFrom(goesOn['caseworker'])
  const parts = cases.reduce((sum, each) => sum + Number(each['parts']) + 1, 0)
  return {
    isMerged: cases.some((each) => each['is_merged'] === 1),
    hasRoom: parts <= MAX_REPORTS,
    also: also.map(({ id }) => bytesFrom(id)),
    assignee,
    lacking: (assignee ? keys : []).map(({ case_id: caseId, key_no: keyNo }) => ({
      caseId: bytesFrom(caseId),
      keyNo: Number(keyNo),
    })),
  }
}
