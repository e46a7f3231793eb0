// Opens the records of a case: the summary and the persons. The log names who wrote each of them.
import { caseKeyName } from '#protocol/staff/case-bodies'
import { Refusal } from '#protocol/errors'
import { MAX_RECORDS, RecordSet } from '#protocol/staff/case-changes'
import type { OpenedReport } from '#protocol/staff/opened-report'
import { type OpenCaseKeys } from '../../crypto/case-key.ts'
import {
  openRecord,
  SUMMARY,
  type CasePerson,
  type CaseRecord,
  type Summary,
} from '../../crypto/case-record.ts'
import { readCaseRows } from '../read-case-rows.ts'

export interface LoadedRecord {
  record: number
  /** from 1 */
  revision: number
  /** id of the person who wrote this revision; empty when no row names it */
  author: string
  /** UTC day; empty when no row names the revision */
  day: string
  /** null for a record that cannot be opened */
  kept: CaseRecord | null
}

export const readCaseRecords = (
  caseKeys: OpenCaseKeys,
  { item, log, records }: Pick<OpenedReport, 'item' | 'log' | 'records'>,
): Promise<LoadedRecord[]> => {
  // The search index opens thousands of cases, and most have no record.
  if (records.length === 0) return Promise.resolve([])
  const written = new Map(
    readCaseRows(log)
      .filter(({ action }) => action === 'record.set')
      .flatMap(({ actor, at, change }) => {
        const set = RecordSet.safeParse(change)
        return set.success ? [[placeName(set.data), { author: actor, day: at }] as const] : []
      }),
  )
  return Promise.all(
    records.map(async ({ record, revision, keyNo, sealed }) => {
      const key = caseKeys.get(caseKeyName({ caseId: item.id, keyNo }))
      const place = { record, revision }
      return {
        ...place,
        ...(written.get(placeName(place)) ?? { author: '', day: '' }),
        kept: key ? await recordOrNull(key, place, sealed) : null,
      }
    }),
  )
}

const placeName = ({ record, revision }: Pick<LoadedRecord, 'record' | 'revision'>): string =>
  `${record} ${revision}`

async function recordOrNull(...sealed: Parameters<typeof openRecord>): Promise<CaseRecord | null> {
  try {
    return await openRecord(...sealed)
  } catch (cause) {
    if (cause instanceof Refusal) return null
    throw cause
  }
}

/** A record of a person whom nobody took out of the case. */
export type LoadedPerson = LoadedRecord & { kept: CasePerson }

export const personsIn = (records: readonly LoadedRecord[]): LoadedPerson[] =>
  records.filter((each): each is LoadedPerson => each.kept?.kind === 'person')

/** Returns the summary; null before anybody wrote one, and when it cannot be opened. */
export function summaryIn(records: readonly LoadedRecord[]): Summary | null {
  const kept = records.find(({ record }) => record === SUMMARY)?.kept
  return kept?.kind === 'summary' ? kept : null
}

/** Returns the first number that no record of the case ever used; null when all are used. */
export function freeRecord(records: readonly Pick<LoadedRecord, 'record'>[]): number | null {
  const next = Math.max(SUMMARY, ...records.map(({ record }) => record)) + 1
  return next < MAX_RECORDS ? next : null
}
