// Converts table rows to SQL, for a database that only wrangler can access. All values are public,
// hashed or sealed.
import { fromB64, type Bytes } from '#protocol/bytes'
import { type SignedInvitation } from '../crypto/invite.ts'
import { type ChainedRow } from './chained-row.ts'

export type TableRow = readonly [table: string, values: Readonly<Record<string, string>>]

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')
export const blobSql = (bytes: Bytes): string => `X'${Array.from(bytes, hex).join('')}'`
export const b64Sql = (bytes: string): string => blobSql(fromB64(bytes))
export const textSql = (words: string): string => `'${words.replaceAll("'", "''")}'`
export const jsonSql = (value: unknown): string => textSql(JSON.stringify(value))

export const ledgerTableRow = (row: ChainedRow, seq: number): TableRow => [
  'ledger',
  {
    seq: String(seq),
    prev_hash: blobSql(row.prevHash),
    hash: blobSql(row.hash),
    change: textSql(row.change),
    statement: textSql(row.statement),
    signature: b64Sql(row.signature),
    actor: b64Sql(row.actor),
  },
]

/** Returns the table row for the invitation, which refers to no person when the root signed it. */
export const invitationTableRow = (
  { change, row }: Pick<SignedInvitation, 'change' | 'row'>,
  createdBy: string | null,
): TableRow => [
  'invitations',
  {
    token_hash: b64Sql(change.tokenHash),
    roles: jsonSql(change.roles),
    expires_at: String(change.expiresAt),
    created_by: createdBy === null ? 'NULL' : b64Sql(createdBy),
    row_hash: b64Sql(row),
  },
]

/** Returns an INSERT statement without a condition or a semicolon. */
export const insertSql = ([table, values]: TableRow): string =>
  `INSERT INTO ${table} (${Object.keys(values).join(', ')})
SELECT ${Object.values(values).join(', ')}`

/**
 * Returns the SQL for rows that must be stored together with a new ledger row. The ledger's
 * triggers refuse the file when another row has the same number as `row`, or follows the same row.
 *
 * @param seq  row number in the ledger
 */
export const ledgerRowSql = (row: ChainedRow, seq: number, others: TableRow[] = []): string =>
  [ledgerTableRow(row, seq), ...others].map((each) => `${insertSql(each)};\n`).join('')
