// Writes database rows as records, and adds the rows of case logs to their chains.
import type { ChainEnds } from '#scripts/backup/chain-ends'
import { rowsBody, type BackupRecord } from '#scripts/backup/records'
import type { Row } from '#scripts/backup/stores'
import { columnsOf, type TableShapes } from '#scripts/backup/tables'
import type { Bytes } from '#protocol/bytes'

/** Writes a record. */
export type Emit = (record: BackupRecord, body?: Bytes) => Promise<void>

export function emitRows(
  emit: Emit,
  shape: TableShapes,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  const columns = columnsOf(shape, table)
  const values = rows.map((row) => columns.map(({ name }) => row[name] ?? null))
  return emit({ kind: 'rows', table }, rowsBody(values))
}

/** Adds rows of case logs to their chains. */
export async function addLogRows(ends: ChainEnds, rows: readonly Row[]): Promise<void> {
  for (const row of rows) await ends.add(String(row['case_id']), Number(row['n']), row)
}
