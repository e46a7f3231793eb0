// Reads and writes ledger.json: the ledger rows, as the staff app exports them. The file contains
// no secrets.
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { LedgerRow } from '#protocol/staff/ledger/rows'
import { Stop } from '#scripts/shared/progress'
import { ledgerRowOf } from '#site/staff/recovery/chained-row.ts'

const LedgerFile = z.object({ rows: z.array(LedgerRow) })

/** Returns the text of ledger.json. */
export const ledgerFile = (rows: readonly LedgerRow[]): string =>
  `${JSON.stringify({ rows: rows.map(ledgerRowOf) }, null, 2)}\n`

/** Reads a JSON file and parses it with a schema. @throws Stop when either step fails */
export function readJsonFile<T>(path: string, schema: { parse: (value: unknown) => T }): T {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Stop(`There is no file ${path}.`)
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new Stop(`${path} is not a file that this command can read.`)
  }
}

/** Reads the rows of an exported ledger, oldest first. @throws Stop */
export const readLedgerFile = (path: string): LedgerRow[] => readJsonFile(path, LedgerFile).rows
