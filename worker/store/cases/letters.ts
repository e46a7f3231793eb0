// Stores the content keys of letters that have been taken into a case. Taking a letter cuts the
// wrap out of the stored envelope, so the epoch's key no longer opens it.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { HYBRID_SUITE, HYBRID_WRAP_BYTES, WRAP_BYTES } from '#protocol/limits'
import { keyNoInUse } from './key-in-use.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { isOfThread, THREAD_OF_REPORT } from '../reports/follow-ups.ts'
import { isWhole } from '../schema/reports.ts'

/** A letter as stored: the complete envelope, or header ‖ body. */
export interface StoredLetter {
  id: Bytes
  envelope: Bytes
}

/**
 * Finds letters of the case by their ids, including letters in the threads of absorbed reports.
 * Does not find letters from other threads.
 */
export async function findLetters(
  db: Database,
  caseId: Bytes,
  ids: readonly Bytes[],
): Promise<StoredLetter[]> {
  const among = listed(ids)
  const isOfCase = sql`(reports.id = ${caseId} OR reports.merged_into = ${caseId})`
  const [rows = []] = await readTogether(db, [
    sql`SELECT id, envelope FROM reports WHERE ${isOfCase} AND id IN (${among})
      UNION SELECT follow_ups.id, follow_ups.envelope
        FROM reports JOIN follow_ups ON ${isOfThread(THREAD_OF_REPORT)}
        WHERE ${isOfCase} AND follow_ups.id IN (${among})`,
  ])
  return rows.map(({ id, envelope }) => ({ id: bytesFrom(id), envelope: bytesFrom(envelope) }))
}

const listed = (ids: readonly Bytes[]): SQL =>
  sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  )

/** The envelope without its wrap, whose length follows from the suite in byte 3 of the header. */
const CUT = sql.raw(`substr(envelope, 1, length(envelope) - CASE hex(substr(envelope, 4, 1))
  WHEN '0${HYBRID_SUITE}' THEN ${HYBRID_WRAP_BYTES} ELSE ${WRAP_BYTES} END)`)

/**
 * Takes letters into a case: stores their content keys and removes the wraps.
 *
 * @returns false when `keyNo` is not the case's key in use, or when a letter is already in a case.
 *   Also false when this case was merged into another case
 */
export function takeStored(
  db: Database,
  caseId: Bytes,
  { keyNo, letters }: { keyNo: number; letters: readonly { id: Bytes; sealedCek: Bytes }[] },
  entry: ChainEntry,
): Promise<boolean> {
  const ids = listed(letters.map(({ id }) => id))
  const rows = letters.map(({ id, sealedCek }) => sql`(${id}, ${sealedCek})`)
  const isTaken = sql`id IN (${ids})
    AND id IN (SELECT letter FROM case_letters WHERE case_id = ${caseId})`
  return changeWithRow(
    db,
    entry,
    [
      // Changes nothing, and returns a row only if every letter can be taken.
      sql`UPDATE case_keys SET key_no = key_no
        WHERE case_id = ${caseId} AND key_no = ${keyNo} AND ${keyNoInUse(caseId)} = ${keyNo}
          AND EXISTS (SELECT 1 FROM reports WHERE id = ${caseId} AND merged_into IS NULL)
          AND NOT EXISTS (SELECT 1 FROM case_letters WHERE letter IN (${ids})) RETURNING 1`,
    ],
    [
      sql`WITH taken (letter, sealed_cek) AS (VALUES ${sql.join(rows, sql`, `)})
        INSERT INTO case_letters (letter, case_id, key_no, sealed_cek)
        SELECT letter, ${caseId}, ${keyNo}, sealed_cek FROM taken WHERE changes() = 1`,
      sql`UPDATE reports SET envelope = ${CUT} WHERE ${isTaken} AND ${isWhole(sql`envelope`)}`,
      sql`UPDATE follow_ups SET envelope = ${CUT} WHERE ${isTaken} AND ${isWhole(sql`envelope`)}`,
    ],
  )
}

/**
 * Selects the reports whose threads have letters of the given epochs that are not in a case yet.
 */
const untakenCases = (epochs: readonly number[]): SQL => {
  const ofEpochs = sql.raw(epochs.join(', '))
  const isUntaken = (table: 'reports' | 'follow_ups'): SQL =>
    sql`${sql.raw(table)}.epoch IN (${ofEpochs})
      AND ${isWhole(sql.raw(`${table}.envelope`))}`
  return sql`SELECT reports.id FROM reports WHERE ${isUntaken('reports')}
    UNION SELECT reports.id FROM follow_ups JOIN reports ON ${isOfThread(THREAD_OF_REPORT)}
      WHERE ${isUntaken('follow_ups')}`
}

/** Lists such reports by id. @param after  the id after which the page begins, or null */
export async function listUntaken(
  db: Database,
  epochs: readonly number[],
  after: Bytes | null,
  limit: number,
): Promise<Bytes[]> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT id FROM (${untakenCases(epochs)})
      WHERE id > ${after ?? new Uint8Array(0)} ORDER BY id LIMIT ${sql.raw(String(limit))}`,
  ])
  return rows.map(({ id }) => bytesFrom(id))
}

export async function countUntaken(db: Database, epochs: readonly number[]): Promise<number> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT count(*) AS total FROM (${untakenCases(epochs)})`,
  ])
  return Number(rows[0]?.['total'])
}
