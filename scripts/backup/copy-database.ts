// Copies a live database into records. Reports and staff actions keep arriving during the copy, and
// nothing waits for the copy.
//  [Note: a copy of a live database] Each case is copied as it was at a single moment.
// 1. A first look covers all cases. Then the tables are read page by page in the order of their
//    keys, the logs last.
// 2. A second look shows which cases have changed, arrived or left since the first. Each of them is
//    read again in one transaction, with the case that it was merged into.
// 3. The tables of people and keys are read, and then the ledger. If the ledger's head has moved
//    since step 2 began, steps 2 and 3 are repeated. Keys and cases match only when they belong to
//    the same state of the ledger.
// 4. The end of each copied log must be the head that the second look found.
import { ChainEnds } from '#scripts/backup/chain-ends'
import { brokenLog, copyAgain, type Copying } from '#scripts/backup/copy-again'
import { addLogRows, emitRows, type Emit } from '#scripts/backup/emit-rows'
import { changedCases, lookAtCases, type CaseLook } from '#scripts/backup/look-at-cases'
import type { LedgerEnd } from '#scripts/backup/records'
import type { BackupDatabase, Row } from '#scripts/backup/stores'
import {
  columnNames,
  newestMigration,
  ORGANISATION,
  PAGED,
  pagesOfTable,
  readShape,
  type TableShapes,
} from '#scripts/backup/tables'
import { Stop } from '#scripts/shared/progress'

/** The maximum number of times that a backup starts steps 2 and 3. */
const ROUNDS = 5
const AT_ONCE = 20

/** A summary of a copy. */
export interface CopiedDatabase {
  /** the newest row of the ledger in the copy */
  ledger: LedgerEnd
  reports: number
}

/** @throws Stop when people or keys keep changing, or when a chain is incomplete */
export async function copyDatabase(database: BackupDatabase, emit: Emit): Promise<CopiedDatabase> {
  const shape = await readShape(database)
  const migration = await newestMigration(database)
  await emit({ kind: 'begin', version: 1, migration, columns: columnNames(shape) })
  const ends = new ChainEnds()
  let look = await lookAtCases(database, shape)
  for (const table of PAGED)
    for await (const page of pagesOfTable(database, shape, table)) {
      if (table === 'case_log') await addLogRows(ends, page)
      await emitRows(emit, shape, table, page)
    }
  for (let round = 0; round < ROUNDS; round++) {
    const before = await ledgerEnd(database)
    const next = await lookAtCases(database, shape)
    await followChanges({ database, shape, emit, ends }, look, next)
    look = next
    const organisation = await readOrganisation(database, shape)
    const ledger = await endOf(organisation)
    const after = await ledgerEnd(database)
    if (before.hash !== ledger.hash || after.hash !== ledger.hash) continue
    for (const { table, rows } of organisation) await emitRows(emit, shape, table, rows)
    const reports = [...look.values()].filter(({ owner }) => owner !== null).length
    return { ledger, reports }
  }
  throw new Stop(
    `The staff changed people or keys during each of ${ROUNDS} tries. Run the backup again in ` +
      'some minutes. Nothing was kept of this one.',
  )
}

/**
 * Proves that the logs of unchanged cases are complete, and then recopies the cases that differ
 * between the looks. Cases merged with a changed case are recopied too, and may then have newer
 * rows. The proof therefore comes first.
 */
async function followChanges(
  copying: Omit<Copying, 'owners'>,
  look: CaseLook,
  next: CaseLook,
): Promise<void> {
  const changed = changedCases(look, next)
  const owners = (id: string): string[] => [look, next].flatMap((each) => each.get(id)?.owner ?? [])
  const isChanged = new Set(changed)
  for (const [id, { head }] of next)
    if (!isChanged.has(id) && head !== null && copying.ends.of(id)?.hash !== head.hash)
      throw brokenLog(id)
  for (let from = 0; from < changed.length; from += AT_ONCE)
    await copyAgain({ ...copying, owners }, changed.slice(from, from + AT_ONCE))
}

interface TablePage {
  table: string
  rows: Row[]
}

async function readOrganisation(
  database: BackupDatabase,
  shape: TableShapes,
): Promise<TablePage[]> {
  const pages: TablePage[] = []
  for (const table of ORGANISATION)
    for await (const rows of pagesOfTable(database, shape, table)) pages.push({ table, rows })
  return pages
}

async function endOf(pages: readonly TablePage[]): Promise<LedgerEnd> {
  const ends = new ChainEnds()
  for (const { table, rows } of pages)
    if (table === 'ledger')
      for (const row of rows) await ends.add('ledger', Number(row['seq']), row)
  const end = ends.of('ledger')
  if (end) return end
  throw new Stop('The database holds no ledger, so there is nothing to back up.')
}

async function ledgerEnd({ run }: BackupDatabase): Promise<LedgerEnd> {
  const [[row] = []] = await run([
    'SELECT seq AS n, hex(hash) AS hash FROM ledger ORDER BY seq DESC LIMIT 1',
  ])
  return { n: Number(row?.['n'] ?? 0), hash: String(row?.['hash'] ?? '') }
}
