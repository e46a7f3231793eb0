// Reads the contents of the stores. Only this file, report-rows.ts, case-rows.ts and manual-rows.ts
// name tables and columns; only objects.ts names objects.
import { concat, toB64, utf8 } from '#protocol/bytes'
import { readStoredCases, type StoredCaseRows } from '#scripts/lab/simulate/case-rows'
import type { BucketObject } from '#scripts/home/object-files'
import { blobFrom, type WorldBucket, type WorldDatabase } from '#scripts/lab/simulate/world-stores'
import {
  FILES_FOLDER,
  markIn,
  OVERFLOW_FOLDER,
  waitingIn,
  type MarkObject,
  type WaitingEnvelope,
} from '#scripts/lab/simulate/objects'
import { sha256Hex } from '#scripts/lab/simulate/record'
import {
  readReports,
  type StoredReport,
  type WholeEnvelopes,
} from '#scripts/lab/simulate/report-rows'

export interface StoredReply {
  ownerHash: string
  index: number
  sealedHash: string
}

export interface Stored extends StoredCaseRows {
  reports: StoredReport[]
  followUps: StoredReport[]
  replies: StoredReply[]
  waiting: WaitingEnvelope[]
  quarantined: WaitingEnvelope[]
  chunks: BucketObject[]
  /** the waiting mark, or null if there is none */
  mark: MarkObject | null
  /** names of the notes about ended receipts */
  endedNotes: string[]
  objects: BucketObject[]
  /** keys whose objects R2 overwrote with other bytes */
  replaced: string[]
  /** totals that triggers maintain, and the same totals counted from the rows */
  totals: { name: string; kept: number; counted: number }[]
  /** number of sessions that have expired */
  expired: number
  /** every stored value, for searching */
  values: Uint8Array[]
}

const TOTALS = `SELECT status || ' ' || danger AS name, total AS kept, (SELECT count(*) FROM reports
    WHERE reports.status = counts.status AND reports.danger = counts.danger) AS counted FROM counts
  UNION ALL SELECT 'reports ever', total, (SELECT count(*) FROM reports) FROM arrivals
    WHERE what = 'report'
  UNION ALL SELECT 'follow-ups ever', total, (SELECT count(*) FROM follow_ups) FROM arrivals
    WHERE what = 'follow_up'`

/** Reads everything in the stores. */
export function readStored(
  database: WorldDatabase,
  bucket: WorldBucket,
  { nowMs, whole }: { nowMs: number; whole: WholeEnvelopes },
): Stored {
  const objects = bucket.objects()
  const rows = readReports(database, whole)
  const tables = database.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
  const values = tables
    .flatMap(({ name }) => database.rows(`SELECT * FROM "${String(name)}"`))
    .flatMap((row) => Object.values(row))
    .filter((value) => typeof value === 'string' || value instanceof Uint8Array)
  return {
    reports: rows.filter(({ n }) => n === null),
    followUps: rows.filter(({ n }) => n !== null),
    replies: database
      .rows('SELECT owner_hash, n, sealed FROM answers ORDER BY owner_hash, n')
      .map((row) => ({
        ownerHash: toB64(blobFrom(row['owner_hash'])),
        index: Number(row['n']),
        sealedHash: sha256Hex(blobFrom(row['sealed'])),
      })),
    waiting: waitingIn(objects, OVERFLOW_FOLDER),
    quarantined: waitingIn(objects, 'quarantine/'),
    chunks: objects.filter(({ key }) => key.startsWith(FILES_FOLDER)),
    mark: markIn(objects),
    endedNotes: objects.filter(({ key }) => key.startsWith('ended/')).map(({ key }) => key),
    objects,
    replaced: bucket.replaced,
    ...readStoredCases(database),
    totals: database.rows(TOTALS).map(({ name, kept, counted }) => ({
      name: String(name),
      kept: Number(kept),
      counted: Number(counted),
    })),
    expired: database.rows('SELECT 1 FROM sessions WHERE expires_at <= ?', [nowMs]).length,
    values: [
      ...values.map((value) => (typeof value === 'string' ? utf8(value) : value)),
      ...objects.map(({ key, customMetadata, bytes }) =>
        concat(utf8(`${key} ${JSON.stringify(customMetadata)} `), bytes),
      ),
    ],
  }
}
