// Reads one report with its thread and its case in one batch.
import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { StoredCaseKey } from './case-keys.ts'
import type { StoredRow } from './chain-rows.ts'
import type { SealedReply } from './replies.ts'
import type { Database } from './database.ts'
import { queueLine, type QueueLine } from './queue.ts'
import { isOfThread, THREAD_OF_REPORT } from './follow-ups.ts'
import type { Sealer } from './reports.ts'
import { caseEntries, caseGrants, caseKeys, caseLetters, caseRecords } from './schema-cases.ts'
import { caseLog } from './schema-chains.ts'
import { reports } from './schema-reports.ts'
import { answers, followUps } from './schema-threads.ts'

export interface Thread {
  line: QueueLine
  envelope: Bytes
  followUps: { id: Bytes; day: string; sealedBy: Sealer; envelope: Bytes }[]
  log: StoredRow[]
  /** the letters of the thread that are in a case */
  taken: { id: Bytes; caseId: Bytes; keyNo: number; sealed: Bytes }[]
  caseKeys: StoredCaseKey[]
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
      db
        .select({
          change: caseLog.change,
          statement: caseLog.statement,
          signature: caseLog.signature,
        })
        .from(caseLog)
        .where(eq(caseLog.caseId, id))
        .orderBy(asc(caseLog.n)),
      db
        .select({
          id: caseLetters.letter,
          caseId: caseLetters.caseId,
          keyNo: caseLetters.keyNo,
          sealed: caseLetters.sealedCek,
        })
        .from(caseLetters)
        .where(isOfLetters),
      db
        .select()
        .from(caseKeys)
        .where(
          or(
            eq(caseKeys.caseId, id),
            inArray(
              caseKeys.caseId,
              db.select({ caseId: caseLetters.caseId }).from(caseLetters).where(isOfLetters),
            ),
          ),
        )
        .orderBy(asc(caseKeys.keyNo)),
      db
        .select({ n: caseEntries.n, sealed: caseEntries.sealed })
        .from(caseEntries)
        .where(eq(caseEntries.caseId, id))
        .orderBy(asc(caseEntries.n)),
      db
        .select({ slot: answers.slot, day: answers.day, sealed: answers.sealed })
        .from(reports)
        .innerJoin(answers, eq(answers.ownerHash, reports.ownerHash))
        .where(eq(reports.id, id))
        .orderBy(asc(answers.slot)),
      db
        .select({
          record: caseRecords.record,
          revision: caseRecords.revision,
          keyNo: caseRecords.keyNo,
          sealed: caseRecords.sealed,
        })
        .from(caseRecords)
        .where(eq(caseRecords.caseId, id))
        .orderBy(asc(caseRecords.record)),
      db
        .select({ id: reports.id })
        .from(reports)
        .where(eq(reports.mergedInto, id))
        .orderBy(asc(reports.receivedDay), asc(reports.id)),
      db
        .select({ caseId: caseGrants.caseId, keyNo: caseGrants.keyNo, sealed: caseGrants.sealed })
        .from(caseGrants)
        .where(
          and(
            or(
              eq(caseGrants.caseId, id),
              inArray(
                caseGrants.caseId,
                db.select({ caseId: caseLetters.caseId }).from(caseLetters).where(isOfLetters),
              ),
            ),
            eq(caseGrants.person, reader),
          ),
        ),
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
