// Restores a backup into an empty database and an empty bucket.
//  [Note: order of a restore] Rows are inserted in two passes over the backup. The chains and the
// tables of people and keys come first, and cases and objects follow. A trigger changes the report
// of a case when a row of its log is inserted. So the logs are inserted before any report.
import { utf8 } from '#protocol/bytes'
import type { BackupRow, WholeBackup } from '#scripts/backup/read-backup'
import { COUNTERS, requireEmpty } from '#scripts/backup/require-empty'
import { RowWriter } from '#scripts/backup/row-writer'
import type { BackupObject, Stores } from '#scripts/backup/stores'
import {
  columnNames,
  newestMigration,
  ORGANISATION,
  ownMigration,
  PAGED,
  pagesOfTable,
  readShape,
  type TableShapes,
} from '#scripts/backup/tables'
import { Stop } from '#scripts/shared/progress'

export interface Restored {
  reports: number
  objects: number
}

const FIRST = new Set([...ORGANISATION, 'case_log'])

const COUNT_AGAIN = `UPDATE counts SET total = (SELECT count(*) FROM reports
  WHERE reports.status = counts.status AND reports.danger = counts.danger AND merged_into IS NULL)`

/** Returns the mark that makes the drain look for waiting reports and judge quarantined objects. */
const waitsMark = (aside: number): BackupObject => ({
  key: 'marks/waiting',
  bytes: utf8('waits'),
  metadata: { state: 'waits', waiting: '1', aside: String(aside) },
})

/**
 * @throws Stop for stores that are not empty, for tables of another version, and when anything is
 *   missing at the end
 */
export async function restoreBackup(whole: WholeBackup, stores: Stores): Promise<Restored> {
  const { database, bucket } = stores
  const shape = await readShape(database)
  await requireSameTables(whole, stores, shape)
  await requireEmpty(stores)
  const writer = new RowWriter(database, shape)
  const arrivals: BackupRow[] = []
  for await (const part of whole.parts()) {
    if (part.kind !== 'rows' || !FIRST.has(part.table)) continue
    if (part.table === 'arrivals') arrivals.push(...part.rows)
    else await writer.write(part.table, part.rows)
  }
  await writer.flush()
  let objects = 0
  let [waiting, aside] = [0, 0]
  for await (const part of whole.parts()) {
    if (part.kind === 'object') {
      await bucket.put(part)
      objects++
      if (part.key.startsWith('overflow/')) waiting++
      if (part.key.startsWith('quarantine/')) aside++
    } else if (!FIRST.has(part.table)) await writer.write(part.table, part.rows)
  }
  await writer.flush()
  if (waiting + aside > 0) await bucket.put(waitsMark(aside))
  // During the restore, the triggers counted only the restored rows, not those deleted before the
  // backup.
  const totals = arrivals.map(
    ({ what, total }) =>
      `UPDATE arrivals SET total = max(total, ${Number(total)}) WHERE what = '${String(what)}'`,
  )
  await database.run([COUNT_AGAIN, ...totals])
  await requireAll(whole, stores, shape, writer.written)
  return { reports: writer.written.get('reports') ?? 0, objects }
}

async function requireSameTables(
  { begin }: WholeBackup,
  { database }: Stores,
  shape: TableShapes,
): Promise<void> {
  const migration = await newestMigration(database)
  const isSame =
    JSON.stringify(begin.columns) === JSON.stringify(columnNames(shape)) &&
    [migration, ownMigration()].every((name) => name === begin.migration)
  if (isSame) return
  throw new Stop(
    `The backup has the tables of the migration ${begin.migration}; the database has those of ` +
      `${migration}, and this clone those of ${ownMigration()}. Nothing was restored: take the ` +
      'clone of that version for the restore, and deploy the newer version afterwards.',
  )
}

/** Compares the contents of the stores with the contents that the backup lists. */
async function requireAll(
  { ledger, ends }: WholeBackup,
  { database }: Stores,
  shape: TableShapes,
  written: ReadonlyMap<string, number>,
): Promise<void> {
  const tables = [...ORGANISATION, ...PAGED].filter((table) => !COUNTERS.includes(table))
  const counts = await database.run(tables.map((table) => `SELECT count(*) AS n FROM ${table}`))
  const wrong = tables.filter((table, at) => counts[at]?.[0]?.['n'] !== (written.get(table) ?? 0))
  let heads = 0
  for await (const page of pagesOfTable(database, shape, 'case_heads'))
    for (const { case_id, hash } of page) {
      heads++
      if (ends.of(String(case_id))?.hash !== hash) wrong.push(`case_heads ${String(case_id)}`)
    }
  const [[last] = []] = await database.run([
    'SELECT hex(hash) AS hash FROM ledger ORDER BY seq DESC LIMIT 1',
  ])
  if (last?.['hash'] !== ledger.hash) wrong.push('ledger')
  if (heads !== [...ends.entries()].filter(([name]) => name !== 'ledger').length)
    wrong.push('case_heads')
  if (wrong.length === 0) return
  throw new Stop(
    `The stores do not hold everything after the restore (${wrong.join(', ')}). Do not use them: ` +
      'make an empty database and an empty bucket, and begin again.',
  )
}
