// Reads many sealed cases at once. SQLite writes bytes as hexadecimal digits, because D1 would
// return a blob as a list of numbers. Reading such lists costs more CPU time than a request may
// use.
import { inArray, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { isRowOfKey } from '../cases/parts.ts'
import { readTogether, type Database } from '../database.ts'
import { caseFollowUpCount } from '../cases/growth.ts'
import { logRows } from './queue.ts'
import { reports } from '../schema/reports.ts'

/** A row whose bytes are written as hexadecimal digits. */
export type HexRow = Record<string, unknown>

/**
 * The rows of the given reports, keyed by table. Each row contains the id of its report, letter or
 * case.
 */
export interface SealedRows {
  envelopes: HexRow[]
  followUps: HexRow[]
  taken: HexRow[]
  caseKeys: HexRow[]
  entries: HexRow[]
  answers: HexRow[]
  records: HexRow[]
  grants: HexRow[]
  /** rows about the status, the danger and merging, oldest first */
  states: HexRow[]
}

/** A report that the reader may see, and its extent. */
export interface SealedLine {
  id: Bytes
  day: string
  followUps: number
  rows: number
  mergedInto: Bytes | null
}

/**
 * Selects the cases that a caseworker may see: the caseworker's own cases, and the reports that
 * these cases have absorbed.
 */
export const ofPerson = (person: Bytes | null): SQL =>
  person === null
    ? sql`1`
    : sql`coalesce(reports.merged_into, reports.id) IN
        (SELECT id FROM reports WHERE assignee = ${person})`

/**
 * Reads the lines of the given reports, in no particular order.
 *
 * @param assignee  null for all reports, or a person for the cases that are assigned to them
 */
export const listSealedLines = (
  db: Database,
  ids: readonly Bytes[],
  assignee: Bytes | null,
): Promise<SealedLine[]> =>
  db
    .select({
      id: reports.id,
      day: reports.receivedDay,
      followUps: caseFollowUpCount(),
      rows: logRows(),
      mergedInto: reports.mergedInto,
    })
    .from(reports)
    .where(sql`${inArray(reports.id, [...ids])} AND ${ofPerson(assignee)}`)

/** Reads the sealed parts of the given reports in one batch. */
export async function readSealedRows(
  db: Database,
  ids: readonly Bytes[],
  reader: Bytes,
): Promise<SealedRows> {
  const listed = sql`(${sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  )})`
  const thread = sql`reports JOIN follow_ups AS f
    ON f.owner_hash = reports.owner_hash AND f.write_hash IS reports.write_hash
    WHERE reports.id IN ${listed}`
  const isOfLetters = sql`letter IN ${listed} OR letter IN (SELECT f.id FROM ${thread})`
  const cases = sql`case_id IN ${listed}`
  // A surviving case contains the later letters of the reports that it absorbed.
  const casesOf = (column: SQL): SQL => sql`(${column} IN ${listed}
    OR ${column} IN (SELECT case_id FROM case_letters WHERE ${isOfLetters}))`
  const [
    envelopes = [],
    followUps = [],
    taken = [],
    caseKeys = [],
    entries = [],
    answers = [],
    records = [],
    grants = [],
    states = [],
  ] = await readTogether(db, [
    sql`SELECT hex(id) AS id, hex(envelope) AS envelope FROM reports WHERE id IN ${listed}`,
    sql`SELECT hex(reports.id) AS report, hex(f.id) AS id, f.day,
      hex(f.envelope) AS envelope FROM ${thread} ORDER BY f.n`,
    sql`SELECT hex(letter) AS letter, hex(case_id) AS case_id, key_no, hex(sealed_cek) AS sealed
      FROM case_letters WHERE ${isOfLetters}`,
    sql`SELECT hex(case_keys.case_id) AS case_id, key_no, generation, hex(sealed) AS sealed,
        change, statement, hex(signature) AS signature
      FROM case_keys LEFT JOIN case_log ON ${isRowOfKey()}
      WHERE ${casesOf(sql`case_keys.case_id`)} ORDER BY key_no`,
    sql`SELECT hex(case_id) AS case_id, n, hex(sealed) AS sealed, statement, change
      FROM case_entries JOIN case_log USING (case_id, n) WHERE ${cases} ORDER BY n`,
    sql`SELECT hex(reports.id) AS report, a.n, a.day, hex(a.sealed) AS sealed
      FROM reports JOIN answers AS a ON a.owner_hash = reports.owner_hash
      WHERE reports.id IN ${listed} ORDER BY a.n`,
    sql`SELECT hex(case_id) AS case_id, record, revision, key_no, hex(sealed) AS sealed
      FROM case_records WHERE ${cases} ORDER BY record`,
    sql`SELECT hex(case_id) AS case_id, key_no, hex(sealed) AS sealed FROM case_grants
      WHERE ${casesOf(sql`case_id`)} AND person = ${reader}`,
    sql`SELECT hex(case_id) AS case_id, json_extract(statement, '$.action') AS action,
        json_extract(statement, '$.at') AS at, change
      FROM case_log WHERE ${cases}
        AND json_extract(statement, '$.action') IN ('status.set', 'danger.set', 'case.merge')
      ORDER BY n`,
  ])
  return { envelopes, followUps, taken, caseKeys, entries, answers, records, grants, states }
}
