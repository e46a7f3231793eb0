// Reads the content of the stores. Only this file and manual-rows.ts know tables and columns;
// objects.ts knows the objects.
import { concat, toB64, utf8, type Bytes } from '#protocol/bytes'
import { hasWrap } from '#protocol/report/letter-content'
import type { BucketObject, MemoryBucket } from '#scripts/lab/simulate/memory-bucket'
import type { MemoryDatabase } from '#scripts/lab/simulate/memory-database'
import {
  FILES_FOLDER,
  markIn,
  OVERFLOW_FOLDER,
  waitingIn,
  type StoredMark,
  type WaitingEnvelope,
} from '#scripts/lab/simulate/objects'
import { sha256Hex } from '#scripts/lab/simulate/record'
import type { StoredLogRow } from '#scripts/lab/simulate/verify-logs'

export interface StoredReport {
  id: string
  hash: string
  /** the whole envelope, also when the stored one has lost its wrap */
  bytes: Bytes
  /** header ‖ body is stored, because the wrap was cut */
  isCut: boolean
  /** place of a follow-up in its thread; null for a report */
  n: number | null
  /** null for a follow-up */
  grade: number | null
  /** empty for a follow-up */
  headerId: string
  sealedBy: string
  day: string
  danger: boolean
  /** the thread: the hash of the header, or a random value after the end */
  ownerHash: string
  /** null after the end, and for a follow-up */
  writeHash: string | null
  /** empty for a follow-up */
  status: string
}

export interface StoredReply {
  ownerHash: string
  slot: number
  sealedHash: string
}

export interface Stored {
  reports: StoredReport[]
  followUps: StoredReport[]
  replies: StoredReply[]
  waiting: WaitingEnvelope[]
  quarantined: WaitingEnvelope[]
  chunks: BucketObject[]
  /** the waiting mark, or null when there is none */
  mark: StoredMark | null
  /** names of the notes of ended numbers */
  endedNotes: string[]
  objects: BucketObject[]
  /** keys that R2 replaced by other bytes */
  replaced: string[]
  /** statements in the logs of all cases */
  statements: string[]
  /** letters that were taken into a case */
  taken: { letter: string; caseId: string; keyNo: number }[]
  /** names of the stored keys of cases: case and number */
  caseKeys: string[]
  /** totals that triggers keep, beside the same totals counted from the rows */
  totals: { name: string; kept: number; counted: number }[]
  /** number of sessions that have expired */
  expired: number
  /** every stored value, to search in */
  values: Uint8Array[]
}

const blob = (value: unknown): Bytes => value as Bytes
const b64OrNull = (value: unknown): string | null => (value === null ? null : toB64(blob(value)))

const REPORTS = `SELECT id, envelope, NULL AS n, grade, header_id, sealed_by,
    received_day AS day, danger, owner_hash, write_hash, status FROM reports
  UNION ALL SELECT id, envelope, n, NULL, x'', sealed_by, day, 0, owner_hash, NULL, ''
    FROM follow_ups
  ORDER BY id`

/** Whole envelopes by the hash of header ‖ body: see WorldRecord. */
type WholeEnvelopes = ReadonlyMap<string, Bytes>

const reportFrom = (row: Record<string, unknown>, whole: WholeEnvelopes): StoredReport => ({
  id: toB64(blob(row['id'])),
  ...envelopeOf(blob(row['envelope']), whole),
  n: typeof row['n'] === 'number' ? row['n'] : null,
  grade: typeof row['grade'] === 'number' ? row['grade'] : null,
  headerId: toB64(blob(row['header_id'])),
  sealedBy: String(row['sealed_by']),
  day: String(row['day']),
  danger: row['danger'] === 1,
  ownerHash: toB64(blob(row['owner_hash'])),
  writeHash: b64OrNull(row['write_hash']),
  status: String(row['status']),
})

/** Returns the whole envelope. A cut one that nobody has read stays cut and breaks an invariant. */
function envelopeOf(
  stored: Bytes,
  whole: WholeEnvelopes,
): Pick<StoredReport, 'hash' | 'bytes' | 'isCut'> {
  const isCut = !hasWrap(stored)
  const bytes = isCut ? (whole.get(sha256Hex(stored)) ?? stored) : stored
  return { hash: sha256Hex(bytes), bytes, isCut }
}

const TOTALS = `SELECT status || ' ' || danger AS name, total AS kept, (SELECT count(*) FROM reports
    WHERE reports.status = counts.status AND reports.danger = counts.danger) AS counted FROM counts
  UNION ALL SELECT 'reports ever', total, (SELECT count(*) FROM reports) FROM arrivals
    WHERE what = 'report'
  UNION ALL SELECT 'follow-ups ever', total, (SELECT count(*) FROM follow_ups) FROM arrivals
    WHERE what = 'follow_up'`

/** Reads everything that the stores hold. */
export function readStored(
  database: MemoryDatabase,
  bucket: MemoryBucket,
  { nowMs, whole }: { nowMs: number; whole: WholeEnvelopes },
): Stored {
  const objects = bucket.objects()
  const rows = database.rows(REPORTS).map((row) => reportFrom(row, whole))
  const tables = database.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
  const values = tables
    .flatMap(({ name }) => database.rows(`SELECT * FROM "${String(name)}"`))
    .flatMap((row) => Object.values(row))
    .filter((value) => typeof value === 'string' || value instanceof Uint8Array)
  return {
    reports: rows.filter(({ n }) => n === null),
    followUps: rows.filter(({ n }) => n !== null),
    replies: database
      .rows('SELECT owner_hash, slot, sealed FROM answers ORDER BY owner_hash, slot')
      .map((row) => ({
        ownerHash: toB64(blob(row['owner_hash'])),
        slot: Number(row['slot']),
        sealedHash: sha256Hex(blob(row['sealed'])),
      })),
    waiting: waitingIn(objects, OVERFLOW_FOLDER),
    quarantined: waitingIn(objects, 'quarantine/'),
    chunks: objects.filter(({ key }) => key.startsWith(FILES_FOLDER)),
    mark: markIn(objects),
    endedNotes: objects.filter(({ key }) => key.startsWith('ended/')).map(({ key }) => key),
    objects,
    replaced: bucket.replaced,
    statements: database
      .rows('SELECT statement FROM case_log ORDER BY case_id, n')
      .map(({ statement }) => String(statement)),
    taken: database.rows('SELECT letter, case_id, key_no FROM case_letters').map((row) => ({
      letter: toB64(blob(row['letter'])),
      caseId: toB64(blob(row['case_id'])),
      keyNo: Number(row['key_no']),
    })),
    caseKeys: database
      .rows('SELECT case_id, key_no FROM case_keys')
      .map((row) => `${toB64(blob(row['case_id']))} ${Number(row['key_no'])}`),
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

/** Reads the logs of all cases, by case and number. */
export const readCaseLogs = (database: MemoryDatabase): StoredLogRow[] =>
  database.rows('SELECT * FROM case_log ORDER BY case_id, n').map((row) => ({
    caseId: blob(row['case_id']),
    n: Number(row['n']),
    prevHash: blob(row['prev_hash']),
    hash: blob(row['hash']),
    change: String(row['change']),
    statement: String(row['statement']),
    signature: blob(row['signature']),
    actor: blob(row['actor']),
  }))
