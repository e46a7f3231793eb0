// Reads one report with its thread and its case in one batch.
import { asc, eq, inArray, or } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { StoredCaseKey } from '../cases/keys.ts'
import {
  selectCaseKeys,
  selectEntries,
  selectGrants,
  selectLog,
  selectRecords,
  selectTaken,
} from '../cases/parts.ts'
import type { StoredRow } from '../ledger/chain-rows.ts'
import type { SealedReply } from './replies.ts'
import type { Database } from '../database.ts'
import { queueLine, type QueueLine } from '../list/queue.ts'
import { isOfThread, THREAD_OF_REPORT } from './follow-ups.ts'
import type { Sealer } from './reports.ts'
import { caseLetters } from '../schema/cases.ts'
import { reports } from '../schema/reports.ts'
import { answers, followUps } from '../schema/threads.ts'

export interface Thread {
  line: QueueLine
  envelope: Bytes
  followUps: { id: Bytes; day: string; sealedBy: Sealer; envelope: Bytes }[]
  log: StoredRow[]
  /** the letters of the thread that are in a case */
  taken: { id: Bytes; caseId: Bytes; keyNo: number; sealed: Bytes }[]
  /**
   * the row that made the key of another case; null for a key of this case, whose log is included
   */
  caseKeys: (StoredCaseKey & { row: StoredRow | null })[]
  entries: { n: number; sealed: Bytes }[]
  answers: SealedReply[]
  records: { record: number; revision: number; keyNo: number; sealed: Bytes }[]
  mergedInto: Bytes | null
  absorbed: Bytes[]
  grants: { caseId: Bytes; keyNo: number; sealed: Bytes }[]
  answerable: boolean
}

/** @param reader  the person who opens the report */
export async function findThread(db: Database, id: Bytes, reader: Bytes): Promise<Thread | null> {
  const followUpsOf = db
    .select({ id: followUps.id })
    .from(reports)
    .innerJoin(followUps, isOfThread(THREAD_OF_REPORT))
    .where(eq(reports.id, id))
  const isOfLetters = or(eq(caseLetters.letter, id), inArray(caseLetters.letter, followUpsOf))
  const [[report], thread, log, taken, keys, entries, replies, records, absorbed, grants] =
    await db.batch([
      db
        .select({
          ...queueLine(reader),
          envelope: reports.envelope,
          writeHash: reports.writeHash,
          mergedInto: reports.mergedInto,
        })
        .from(reports)
        .where(eq(reports.id, id)),
      db
        .select({
          id: followUps.id,
          day: followUps.day,
          sealedBy: followUps.sealedBy,
          envelope: followUps.envelope,
        })
        .from(reports)
        .innerJoin(followUps, isOfThread(THREAD_OF_REPORT))
        .where(eq(reports.id, id))
        .orderBy(asc(followUps.n)),
      selectLog(db, id),
      selectTaken(db, isOfLetters),
      selectCaseKeys(db, id, isOfLetters),
      selectEntries(db, id),
      db
        .select({ index: answers.n, day: answers.day, sealed: answers.sealed })
        .from(reports)
        .innerJoin(answers, eq(answers.ownerHash, reports.ownerHash))
        .where(eq(reports.id, id))
        .orderBy(asc(answers.n)),
      selectRecords(db, id),
      db
        .select({ id: reports.id })
        .from(reports)
        .where(eq(reports.mergedInto, id))
        .orderBy(asc(reports.receivedDay), asc(reports.id)),
      selectGrants(db, id, isOfLetters, reader),
    ])
  if (!report) return null
  const { envelope, writeHash, mergedInto, ...rest } = report
  return {
    line: rest,
    envelope,
    followUps: thread,
    log,
    taken,
    caseKeys: keys,
    entries,
    answers: replies,
    records,
    mergedInto,
    absorbed: absorbed.map((each) => each.id),
    grants,
    answerable: writeHash !== null,
  }
}
