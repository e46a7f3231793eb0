// Reads the content of the stores, and writes the rows of manual work: an epoch, a colleague's
// session. Only this file of the simulation knows tables and columns; objects.ts knows the objects.
import { concat, toB64, utf8, type Bytes } from '#protocol/bytes'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
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
import type { PublishedEpoch, SimulatedMember } from '#scripts/lab/simulate/organisation'
import { sha256Hex } from '#scripts/lab/simulate/record'
import type { StoredLogRow } from '#scripts/lab/simulate/verify-logs'

export interface StoredReport {
  id: string
  hash: string
  bytes: Bytes
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
  isClosed: boolean
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

const reportFrom = (row: Record<string, unknown>): StoredReport => ({
  id: toB64(blob(row['id'])),
  hash: sha256Hex(blob(row['envelope'])),
  bytes: blob(row['envelope']),
  n: typeof row['n'] === 'number' ? row['n'] : null,
  grade: typeof row['grade'] === 'number' ? row['grade'] : null,
  headerId: toB64(blob(row['header_id'])),
  sealedBy: String(row['sealed_by']),
  day: String(row['day']),
  danger: row['danger'] === 1,
  ownerHash: toB64(blob(row['owner_hash'])),
  writeHash: b64OrNull(row['write_hash']),
  isClosed: row['status'] === 'closed',
})

const TOTALS = `SELECT status || ' ' || danger AS name, total AS kept, (SELECT count(*) FROM reports
    WHERE reports.status = counts.status AND reports.danger = counts.danger) AS counted FROM counts
  UNION ALL SELECT 'reports ever', total, (SELECT count(*) FROM reports) FROM arrivals
    WHERE what = 'report'
  UNION ALL SELECT 'follow-ups ever', total, (SELECT count(*) FROM follow_ups) FROM arrivals
    WHERE what = 'follow_up'`

/** Reads everything that the stores hold. */
export function readStored(database: MemoryDatabase, bucket: MemoryBucket, nowMs: number): Stored {
  const objects = bucket.objects()
  const rows = database.rows(REPORTS).map(reportFrom)
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
    statement: String(row['statement']),
    signature: blob(row['signature']),
    actor: blob(row['actor']),
  }))

export function publishEpoch(
  database: MemoryDatabase,
  { manifest, bytes, hybridKey }: PublishedEpoch,
): void {
  const query = `INSERT INTO epochs (epoch, manifest, hybrid_key, sealed_for_recovery)
    VALUES (?, ?, ?, ?)`
  database.rows(query, [manifest.epoch, bytes, hybridKey, new Uint8Array(1306)])
}

export function retireEpoch(database: MemoryDatabase, epoch: number, day: string): void {
  database.rows('UPDATE epochs SET retired_day = ? WHERE epoch = ?', [day, epoch])
}

export function addMember(database: MemoryDatabase, { id, signPublic }: SimulatedMember): void {
  const query = `INSERT INTO people
    (id, name, roles, offered, hpke_public, sign_public, sealed_private)
    VALUES (?, 'Айгүл', '["intake"]', '["intake"]', ?, ?, ?)`
  database.rows(query, [id, new Uint8Array(HYBRID_KEY_BYTES), signPublic, new Uint8Array(2048)])
}

/** Signs a colleague in. */
export function addSession(
  database: MemoryDatabase,
  tokenHash: Bytes,
  person: Bytes,
  expiresAt: number,
): void {
  const query = 'INSERT INTO sessions (token_hash, person, expires_at) VALUES (?, ?, ?)'
  database.rows(query, [tokenHash, person, expiresAt])
}
