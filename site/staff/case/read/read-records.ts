// Opens the records of a case: the summary and the people. The log records the author of every
// revision.
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import { Refusal } from '#protocol/errors'
import { MAX_RECORDS, RecordSet } from '#protocol/staff/case-log/changes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { type OpenCaseKeys } from '../../crypto/case-key.ts'
import {
  openRecord,
  SUMMARY,
  type CasePerson,
  type CaseRecord,
  type RecordPlace,
  type Summary,
} from '../../crypto/case-record.ts'
import { readCaseRows } from './read-case-rows.ts'

/** A record that a device has opened or tried to open. */
export interface OpenRecord {
  record: number
  /** from 1 */
  revision: number
  /** null for a record that does not open */
  kept: CaseRecord | null
  /** true when a newer version of the app made the record, which is then not overwritten */
  isNewer: boolean
}

export interface LoadedRecord extends OpenRecord {
  /** id of the person who wrote this revision; empty when no row records it */
  author: string
  /** UTC day; empty when no row records the revision */
  day: string
}

export async function readCaseRecords(
  caseKeys: OpenCaseKeys,
  { item, log, records }: Pick<StoredCase, 'item' | 'log' | 'records'>,
): Promise<LoadedRecord[]> {
  if (records.length === 0) return []
  const written = new Map(
    readCaseRows(log)
      .filter(({ action }) => action === 'record.set')
      .flatMap(({ actor, at, change }) => {
        const set = RecordSet.safeParse(change)
        return set.success ? [[placeName(set.data), { author: actor, day: at }] as const] : []
      }),
  )
  const open = await openRecords(caseKeys, item.id, records)
  return open.map((each) => ({
    ...each,
    ...(written.get(placeName(each)) ?? { author: '', day: '' }),
  }))
}

export const openRecords = (
  caseKeys: OpenCaseKeys,
  caseId: string,
  records: StoredCase['records'],
): Promise<OpenRecord[]> =>
  Promise.all(
    records.map(async ({ record, revision, keyNo, sealed }) => {
      const key = caseKeys.get(caseKeyName({ caseId, keyNo }))
      const place = { record, revision }
      return { ...place, ...(key ? await openOrNull(key, place, sealed) : SHUT) }
    }),
  )

const placeName = ({ record, revision }: Pick<OpenRecord, 'record' | 'revision'>): string =>
  `${record} ${revision}`

const SHUT = { kept: null, isNewer: false }

async function openOrNull(
  ...sealed: Parameters<typeof openRecord>
): Promise<Pick<OpenRecord, 'kept' | 'isNewer'>> {
  try {
    return { kept: await openRecord(...sealed), isNewer: false }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return { ...SHUT, isNewer: cause.code === 'made_newer' }
  }
}

/**
 * Refuses to overwrite a record that the author cannot read.
 *
 * @throws Refusal `made_newer` for a record made by a newer version of the app. `cannot_open` for
 *   any other record that does not open. `record_changed` for a revision that is not loaded here.
 */
export function requireReadable(records: readonly OpenRecord[], place: RecordPlace): void {
  // A server can show a second record under the same number.
  for (const former of records.filter(({ record }) => record === place.record)) {
    if (former.isNewer) throw new Refusal('made_newer')
    if (!former.kept) throw new Refusal('cannot_open')
    if (former.revision !== place.revision - 1) throw new Refusal('record_changed')
  }
}

/** A record of a person who has not been removed from the case. */
export type LoadedPerson = LoadedRecord & { kept: CasePerson }

export const personsIn = <Read extends OpenRecord>(
  records: readonly Read[],
): (Read & { kept: CasePerson })[] =>
  records.filter((each): each is Read & { kept: CasePerson } => each.kept?.kind === 'person')

/** Returns the summary; null before one is written, and when it does not open. */
export function summaryIn(records: readonly OpenRecord[]): Summary | null {
  const kept = records.find(({ record }) => record === SUMMARY)?.kept
  return kept?.kind === 'summary' ? kept : null
}

/**
 * Returns the first number that no record of the case has ever used; null when all numbers are
 * used.
 */
export function freeRecord(records: readonly Pick<LoadedRecord, 'record'>[]): number | null {
  const next = Math.max(SUMMARY, ...records.map(({ record }) => record)) + 1
  return next < MAX_RECORDS ? next : null
}
