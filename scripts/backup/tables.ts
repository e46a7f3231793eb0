// Lists the database tables in restore order, reads their shapes, and writes their queries. A table
// comes after the tables that it references.
import type { BackupDatabase, Row } from '#scripts/backup/stores'
import type { Value } from '#scripts/backup/records'
import { migrationFiles } from '#scripts/shared/migration-files'
import { root } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

/**
 * The small tables of people, keys and settings, which are read together, the ledger last. Ended
 * cases are read with these tables, because a case can end while its own tables are being read.
 */
export const ORGANISATION = [
  ...['people', 'credentials', 'slots', 'devices', 'intake_keys', 'teams', 'team_keys', 'epochs'],
  ...['invitations', 'former_names', 'name_copies', 'list_views', 'own_settings', 'quiet_hours'],
  ...['rotas', 'reply_templates', 'discards', 'chore_clock', 'receivers', 'arrivals'],
  ...['ended_cases', 'ledger'],
]
/** Tables whose rows belong to a case, by its id. */
const OF_CASES = [
  ...['case_letters', 'case_keys', 'case_grants', 'case_entries', 'case_records', 'reads'],
]
/** Tables whose rows belong to a thread, by its owner hash. */
export const OF_THREADS = ['follow_ups', 'answers']
const OF_FILES = ['claimed_files', 'unclaimed_files']
/** Tables that are read page by page, the chains last. */
export const PAGED = ['reports', ...OF_CASES, ...OF_THREADS, ...OF_FILES, 'case_log']
/** Tables that hold everything about a case, the reports first. */
export const CASE_TABLES = ['reports', ...OF_CASES, ...OF_THREADS, 'case_log']

/**
 * Tables that a backup leaves out. A restore ends all sessions, and challenges become invalid
 * without their key. Triggers recompute the heads of the logs, and a restore recomputes the counts.
 */
export const LEFT_OUT = ['sessions', 'spent_challenges', 'secrets', 'case_heads', 'counts']
/** Names of tables that SQLite, D1 and wrangler create for their own use. */
export const NOT_OURS = /^(sqlite_|_cf_|d1_)/

/** The number of rows in a page. The rows of some tables are long. */
const PAGE_ROWS = 500
const LONG_PAGE_ROWS = 100
const LONG = new Set(['reports', 'follow_ups', 'answers', 'case_entries', 'case_records'])

export interface Column {
  name: string
  type: string
  /** the position in the primary key, counted from 1; 0 for a column outside the key */
  key: number
}

/** The stored columns of each table, keyed by its name. Computed columns are not stored. */
export type TableShapes = ReadonlyMap<string, readonly Column[]>

// D1 refuses a query about its own tables, whose names begin with _cf_.
const SHAPE = `SELECT m.name AS owner, c.name AS name, c.type AS type, c.pk AS pk
  FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 4) <> '_cf_') m
  JOIN pragma_table_xinfo(m.name) c WHERE c.hidden = 0 ORDER BY m.name, c.cid`

/** @throws Stop when a table is missing, or when this version does not know a table */
export async function readShape({ run }: BackupDatabase): Promise<TableShapes> {
  const [rows = []] = await run([SHAPE])
  const shape = new Map<string, Column[]>()
  for (const { owner, name, type, pk } of rows) {
    const table = String(owner)
    if (NOT_OURS.test(table)) continue
    const columns = shape.get(table) ?? []
    columns.push({ name: String(name), type: String(type), key: Number(pk) })
    shape.set(table, columns)
  }
  const known = [...ORGANISATION, ...PAGED, ...LEFT_OUT]
  const missing = known.filter((table) => !shape.has(table))
  const unknown = [...shape.keys()].filter((table) => !known.includes(table))
  if (missing.length === 0 && unknown.length === 0) return shape
  throw new Stop(
    'The database has other tables than this version knows ' +
      `(${[...missing, ...unknown].join(', ')}). Use the clone of the version that is deployed. ` +
      'Nothing was written.',
  )
}

export function columnsOf(shape: TableShapes, table: string): readonly Column[] {
  const columns = shape.get(table)
  if (columns === undefined) throw new Error(`no table ${table}`)
  return columns
}

/** Lists the stored columns of each table that a backup contains. */
export const columnNames = (shape: TableShapes): Record<string, string[]> =>
  Object.fromEntries(
    [...ORGANISATION, ...PAGED].map((table) => [
      table,
      columnsOf(shape, table).map(({ name }) => name),
    ]),
  )

/**
 * Returns the name of a database's newest migration. A database outside D1 has all migrations of
 * this clone.
 */
export async function newestMigration({ run }: BackupDatabase): Promise<string> {
  const [listed = []] = await run(["SELECT name FROM sqlite_master WHERE name = 'd1_migrations'"])
  if (listed.length === 0) return ownMigration()
  const [[newest] = []] = await run(['SELECT name FROM d1_migrations ORDER BY id DESC LIMIT 1'])
  return String(newest?.['name'])
}

/** Returns the name of this clone's newest migration. */
export const ownMigration = (): string => migrationFiles(root).at(-1) ?? ''

const keyOf = (columns: readonly Column[]): Column[] =>
  columns.filter(({ key }) => key > 0).sort((a, b) => a.key - b.key)

const HEX = /^([0-9A-F]{2})*$/

/** Writes a value as SQL. @throws Stop for a value that does not have its column's type */
export function literalOf(value: Value, { type, name }: Pick<Column, 'type' | 'name'>): string {
  if (value === null) return 'NULL'
  if (type === 'BLOB' && typeof value === 'string' && HEX.test(value)) return `X'${value}'`
  if (type === 'TEXT' && typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (type === 'INTEGER' && typeof value === 'number') return String(value)
  throw new Stop(`The column ${name} holds a value that is not of its type ${type}.`)
}

/** Selects the stored columns of a table, bytes in base 16. */
export const selectOf = (table: string, columns: readonly Column[]): string =>
  `SELECT ${columns.map((column) => termOf(table, column)).join(', ')} FROM ${table}`

const termOf = (table: string, { name, type }: Column): string => {
  const column = `${table}.${name}`
  return type === 'BLOB'
    ? `iif(${column} IS NULL, NULL, hex(${column})) AS ${name}`
    : `${column} AS ${name}`
}

/** Orders rows by the key. The table name keeps SQLite from ordering by the selected text. */
export const orderOf = (table: string, columns: readonly Column[]): string =>
  `ORDER BY ${keyOf(columns)
    .map(({ name }) => `${table}.${name}`)
    .join(', ')}`

/**
 * Reads a table page by page, in the order of its key.
 *
 * @param select  the query up to its WHERE; by default all stored columns
 */
export async function* pagesOfTable(
  { run }: BackupDatabase,
  shape: TableShapes,
  table: string,
  select?: string,
): AsyncGenerator<Row[], void> {
  const columns = columnsOf(shape, table)
  const key = keyOf(columns)
  const names = key.map(({ name }) => `${table}.${name}`).join(', ')
  const limit = select === undefined && LONG.has(table) ? LONG_PAGE_ROWS : PAGE_ROWS
  for (let after = ''; ;) {
    const query = `${select ?? selectOf(table, columns)} ${after} ${orderOf(table, columns)}`
    const [rows = []] = await run([`${query} LIMIT ${limit}`])
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return
    const place = key.map((column) => literalOf(last[column.name] ?? null, column)).join(', ')
    after = `WHERE (${names}) > (${place})`
  }
}
