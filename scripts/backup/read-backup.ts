// Reads a backup and proves that the backup is complete before anything is restored from it.
import type { Bytes } from '#protocol/bytes'
import { ChainEnds } from '#scripts/backup/chain-ends'
import {
  readBackupRecords,
  rowsFrom,
  type BackupRecord,
  type LedgerEnd,
  type Value,
} from '#scripts/backup/records'
import { openBackup } from '#scripts/backup/sealed-stream'
import { OF_THREADS } from '#scripts/backup/tables'
import { Stop } from '#scripts/shared/progress'

/** A row, keyed by column. */
export type BackupRow = Readonly<Record<string, Value>>

/** A part of a backup that a restore uses, without the rows that a later copy replaced. */
export type BackupPart =
  | { kind: 'rows'; table: string; rows: BackupRow[] }
  | { kind: 'object'; key: string; metadata: Record<string, string>; bytes: Bytes }

type Begin = Extract<BackupRecord, { kind: 'begin' }>

export interface WholeBackup {
  begin: Begin
  ledger: LedgerEnd
  /**
   * the minute when the backup began; the backup holds everything that was stored before that
   * minute
   */
  at: string
  /** the end of each case log */
  ends: ChainEnds
  /** Reads the parts again, in the same order. */
  parts: () => AsyncGenerator<BackupPart, void>
}

/** For each case and each thread, the number of the record that replaces its earlier rows. */
interface Replaced {
  cases: ReadonlyMap<string, number>
  owners: ReadonlyMap<string, number>
}

/** The facts that the first pass over a backup has collected. */
interface Copied {
  begin: Begin
  replaced: Replaced
  people: ReadonlySet<string>
  /** the ids of the cases whose keys are in the copy */
  withKeys: ReadonlySet<string>
}

/**
 * Opens a whole backup, and follows its chains.
 *
 * @throws Stop for a backup that was truncated or changed, that another version made, or whose
 *   chains are incomplete
 */
export async function readWholeBackup(path: string, seed: Bytes): Promise<WholeBackup> {
  const ends = new ChainEnds()
  const replaced = { cases: new Map<string, number>(), owners: new Map<string, number>() }
  let begin: Begin | null = null
  let end: Extract<BackupRecord, { kind: 'end' }> | null = null
  const people = new Set<string>()
  const withKeys = new Set<string>()
  let n = 0
  for await (const { record, body } of readBackupRecords(openBackup(path, seed))) {
    if (end !== null) throw notWhole(path)
    if (record.kind === 'begin') begin = record
    if (record.kind === 'again') {
      for (const id of record.cases) replaced.cases.set(id, n)
      for (const owner of record.owners) replaced.owners.set(owner, n)
      for (const id of record.cases) {
        ends.forget(id)
        withKeys.delete(id)
      }
    }
    if (record.kind === 'rows')
      for (const row of namedRows(begin, record.table, body)) {
        if (record.table === 'people') people.add(String(row['id']))
        if (record.table === 'case_keys') withKeys.add(String(row['case_id']))
        if (record.table === 'case_log')
          await ends.add(String(row['case_id']), Number(row['n']), row)
        if (record.table === 'ledger') await ends.add('ledger', Number(row['seq']), row)
      }
    if (record.kind === 'end') end = record
    else n++
  }
  const isWhole =
    begin !== null && end?.records === n && ends.of('ledger')?.hash === end.ledger.hash
  if (begin === null || end === null || !isWhole) throw notWhole(path)
  const whole = { begin, replaced, people, withKeys }
  const { ledger, at } = end
  return { begin, ledger, at, ends, parts: () => partsOf(openBackup(path, seed), whole) }
}

const notWhole = (path: string): Stop =>
  new Stop(
    `${path} opens, but is not whole. Nothing was restored: take an older backup with its own key.`,
  )

function namedRows(begin: Begin | null, table: string, body: Bytes): BackupRow[] {
  const columns = begin?.columns[table]
  if (columns === undefined) throw new Stop(`The backup has rows of an unknown table ${table}.`)
  return rowsFrom(body).map((row) =>
    Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])),
  )
}

async function* partsOf(
  chunks: AsyncIterable<Bytes>,
  whole: Copied,
): AsyncGenerator<BackupPart, void> {
  const { begin, replaced } = whole
  let n = 0
  for await (const { record, body } of readBackupRecords(chunks)) {
    if (record.kind === 'object') {
      const { key, metadata } = record
      yield { kind: 'object', key, metadata, bytes: body }
    }
    if (record.kind === 'rows') {
      const { table } = record
      const rows = namedRows(begin, table, body).filter(
        (row) => placeOf(table, row, replaced) <= n && isInPlace(table, row, whole),
      )
      yield { kind: 'rows', table, rows }
    }
    n++
  }
}

/** Returns the number of the record that replaced a row; 0 for a row that was copied only once. */
function placeOf(table: string, row: BackupRow, { cases, owners }: Replaced): number {
  if (OF_THREADS.includes(table)) return owners.get(String(row['owner_hash'])) ?? 0
  const id = table === 'reports' ? row['id'] : row['case_id']
  return (typeof id === 'string' && cases.get(id)) || 0
}

/**
 * Returns false for a grant or a mark of a colleague who left while the backup ran. Also returns
 * false for an ended case whose keys are in the copy, because its secret must stay.
 */
function isInPlace(table: string, row: BackupRow, { people, withKeys }: Copied): boolean {
  if (table === 'ended_cases') return !withKeys.has(String(row['case_id']))
  return !['case_grants', 'reads'].includes(table) || people.has(String(row['person']))
}
