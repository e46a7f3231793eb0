// Makes a second copy of each case that changed during the first copy. Each second copy holds the
// whole case as it was at a single moment.
import type { ChainEnds } from '#scripts/backup/chain-ends'
import { addLogRows, emitRows, type Emit } from '#scripts/backup/emit-rows'
import type { BackupDatabase } from '#scripts/backup/stores'
import {
  CASE_TABLES,
  columnsOf,
  OF_THREADS,
  orderOf,
  selectOf,
  type TableShapes,
} from '#scripts/backup/tables'
import { Stop } from '#scripts/shared/progress'

export interface Copying {
  database: BackupDatabase
  shape: TableShapes
  emit: Emit
  ends: ChainEnds
  /** Lists the owner hashes that a case has had. */
  owners: (id: string) => string[]
}

/**
 * Reads cases and the cases merged with them in one transaction, because the logs of merged cases
 * name each other.
 *
 * @param asked  ids of cases; a case that no longer exists is dropped from the copy
 */
export async function copyAgain(
  { database, shape, emit, ends, owners }: Copying,
  asked: readonly string[],
): Promise<void> {
  const ids = `WITH asked(id) AS (VALUES ${asked.map((id) => `(X'${id}')`).join()}),
    ids(id) AS (SELECT id FROM asked
      UNION SELECT id FROM reports WHERE merged_into IN asked
      UNION SELECT merged_into FROM reports WHERE id IN asked AND merged_into IS NOT NULL)`
  const [found = [], heads = [], ...tables] = await database.run([
    `${ids} SELECT hex(id) AS id FROM ids`,
    `${ids} SELECT hex(case_id) AS id, hex(hash) AS hash FROM case_heads WHERE case_id IN ids`,
    ...CASE_TABLES.map((table) => {
      const columns = columnsOf(shape, table)
      const order = orderOf(table, columns)
      return `${ids} ${selectOf(table, columns)} WHERE ${ofCases(table)} ${order}`
    }),
  ])
  const cases = found.map(({ id }) => String(id))
  const present = (tables[0] ?? []).map((row) => String(row['owner_hash']))
  const again = [...new Set([...cases.flatMap(owners), ...present])]
  await emit({ kind: 'again', cases, owners: again })
  for (const id of cases) ends.forget(id)
  for (const [at, table] of CASE_TABLES.entries()) {
    const rows = tables[at] ?? []
    if (table === 'case_log') await addLogRows(ends, rows)
    if (rows.length > 0) await emitRows(emit, shape, table, rows)
  }
  for (const { id, hash } of heads)
    if (ends.of(String(id))?.hash !== hash) throw brokenLog(String(id))
}

function ofCases(table: string): string {
  if (table === 'reports') return 'reports.id IN ids'
  return OF_THREADS.includes(table)
    ? `${table}.owner_hash IN (SELECT owner_hash FROM reports WHERE id IN ids)`
    : `${table}.case_id IN ids`
}

export const brokenLog = (id: string): Stop =>
  new Stop(
    `The log of case ${id} has not all of its rows. The database was changed by hand or damaged: ` +
      'ask a keeper to look at "Log" in the staff app. Nothing was kept of this backup.',
  )
