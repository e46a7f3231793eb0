// Builds the queries for the sealed parts of one case, which are read in one batch.
import { and, asc, eq, inArray, ne, or, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Database } from '../database.ts'
import { caseEntries, caseGrants, caseKeys, caseLetters, caseRecords } from '../schema/cases.ts'
import { caseLog } from '../schema/chains.ts'

/** Selects the rows of the case log, oldest first. */
export const selectLog = (db: Database, caseId: Bytes) =>
  db
    .select({
      change: caseLog.change,
      statement: caseLog.statement,
      signature: caseLog.signature,
    })
    .from(caseLog)
    .where(eq(caseLog.caseId, caseId))
    .orderBy(asc(caseLog.n))

/** Selects letters that are in a case. @param isOfLetters  compares columns of case_letters */
export const selectTaken = (db: Database, isOfLetters: SQL | undefined) =>
  db
    .select({
      id: caseLetters.letter,
      caseId: caseLetters.caseId,
      keyNo: caseLetters.keyNo,
      sealed: caseLetters.sealedCek,
    })
    .from(caseLetters)
    .where(isOfLetters)

/** Selects the ids of the cases that contain the letters. */
const casesOfLetters = (db: Database, isOfLetters: SQL | undefined) =>
  db.select({ caseId: caseLetters.caseId }).from(caseLetters).where(isOfLetters)

/** True for the row of a case log that made the case key of the same SQL row. */
export const isRowOfKey = (): SQL =>
  sql`case_log.case_id = case_keys.case_id
    AND json_extract(case_log.statement, '$.action') = 'key.make'
    AND json_extract(case_log.change, '$.keyNo') = case_keys.key_no`

/**
 * Selects the keys of a case, and of the other cases that contain letters of its thread. A key of
 * another case is read with the row that made it, because that case's log is left out.
 */
export const selectCaseKeys = (db: Database, caseId: Bytes, isOfLetters: SQL | undefined) =>
  db
    .select({
      caseId: caseKeys.caseId,
      keyNo: caseKeys.keyNo,
      generation: caseKeys.generation,
      sealed: caseKeys.sealed,
      row: {
        change: caseLog.change,
        statement: caseLog.statement,
        signature: caseLog.signature,
      },
    })
    .from(caseKeys)
    .leftJoin(caseLog, and(ne(caseKeys.caseId, caseId), isRowOfKey()))
    .where(
      or(eq(caseKeys.caseId, caseId), inArray(caseKeys.caseId, casesOfLetters(db, isOfLetters))),
    )
    .orderBy(asc(caseKeys.keyNo))

export const selectEntries = (db: Database, caseId: Bytes) =>
  db
    .select({ n: caseEntries.n, sealed: caseEntries.sealed })
    .from(caseEntries)
    .where(eq(caseEntries.caseId, caseId))
    .orderBy(asc(caseEntries.n))

export const selectRecords = (db: Database, caseId: Bytes) =>
  db
    .select({
      record: caseRecords.record,
      revision: caseRecords.revision,
      keyNo: caseRecords.keyNo,
      sealed: caseRecords.sealed,
    })
    .from(caseRecords)
    .where(eq(caseRecords.caseId, caseId))
    .orderBy(asc(caseRecords.record))

/** Selects the reader's copies of the keys that selectCaseKeys returns. */
export const selectGrants = (
  db: Database,
  caseId: Bytes,
  isOfLetters: SQL | undefined,
  reader: Bytes,
) =>
  db
    .select({ caseId: caseGrants.caseId, keyNo: caseGrants.keyNo, sealed: caseGrants.sealed })
    .from(caseGrants)
    .where(
      and(
        or(
          eq(caseGrants.caseId, caseId),
          inArray(caseGrants.caseId, casesOfLetters(db, isOfLetters)),
        ),
        eq(caseGrants.person, reader),
      ),
    )
