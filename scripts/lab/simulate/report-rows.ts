// Reads the rows of reports and follow-ups. A row that was taken into a case has lost its
// envelope's wrap. The record of the world, however, has the complete envelope.
import { toB64, type Bytes } from '#protocol/bytes'
import { hasWrap } from '#protocol/report/letter-content'
import { blobFrom, type WorldDatabase } from '#scripts/lab/simulate/world-stores'
import { sha256Hex } from '#scripts/lab/simulate/record'

export interface StoredReport {
  id: string
  hash: string
  /** the complete envelope, even if the stored one has lost its wrap */
  bytes: Bytes
  /** true when only header ‖ body is stored, because the wrap was cut off */
  isCut: boolean
  /** position of a follow-up in its thread; null for a report */
  n: number | null
  /** null for a follow-up */
  grade: number | null
  /** empty for a follow-up */
  headerId: string
  sealedBy: string
  day: string
  danger: boolean
  /** identifies the thread: the hash in the header, or a random value once the thread has ended */
  ownerHash: string
  /** null for an ended thread, and for a follow-up */
  writeHash: string | null
  /** empty for a follow-up */
  status: string
}

const b64OrNull = (value: unknown): string | null =>
  value === null ? null : toB64(blobFrom(value))

const REPORTS = `SELECT id, envelope, NULL AS n, grade, header_id, sealed_by,
    received_day AS day, danger, owner_hash, write_hash, status FROM reports
  UNION ALL SELECT id, envelope, n, NULL, x'', sealed_by, day, 0, owner_hash, NULL, ''
    FROM follow_ups
  ORDER BY id`

/** Complete envelopes, keyed by the hash of header ‖ body: see WorldRecord. */
export type WholeEnvelopes = ReadonlyMap<string, Bytes>

const reportFrom = (row: Record<string, unknown>, whole: WholeEnvelopes): StoredReport => ({
  id: toB64(blobFrom(row['id'])),
  ...envelopeOf(blobFrom(row['envelope']), whole),
  n: typeof row['n'] === 'number' ? row['n'] : null,
  grade: typeof row['grade'] === 'number' ? row['grade'] : null,
  headerId: toB64(blobFrom(row['header_id'])),
  sealedBy: String(row['sealed_by']),
  day: String(row['day']),
  danger: row['danger'] === 1,
  ownerHash: toB64(blobFrom(row['owner_hash'])),
  writeHash: b64OrNull(row['write_hash']),
  status: String(row['status']),
})

/**
 * Returns the complete envelope. A cut envelope that was never read remains cut and violates an
 * invariant.
 */
function envelopeOf(
  stored: Bytes,
  whole: WholeEnvelopes,
): Pick<StoredReport, 'hash' | 'bytes' | 'isCut'> {
  const isCut = !hasWrap(stored)
  const bytes = isCut ? (whole.get(sha256Hex(stored)) ?? stored) : stored
  return { hash: sha256Hex(bytes), bytes, isCut }
}

/** Reads all reports and follow-ups, in the order of their ids. */
export const readReports = (database: WorldDatabase, whole: WholeEnvelopes): StoredReport[] =>
  database.rows(REPORTS).map((row) => reportFrom(row, whole))
