// Reads the heads of all case logs, which a checkpoint covers. A trigger keeps one row per case.
import { asc, gt } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { CaseHead } from '#protocol/staff/checkpoint-leaves'
import type { Database } from './database.ts'
import { caseHeads } from './schema-chains.ts'

/** Reads heads of cases after the id `after`, in the order of ids. An empty id reads the first. */
export const readCaseHeads = (db: Database, after: Bytes, limit: number): Promise<CaseHead[]> =>
  db
    .select()
    .from(caseHeads)
    .where(gt(caseHeads.caseId, after))
    .orderBy(asc(caseHeads.caseId))
    .limit(limit)
