// Inserts rows in statements and transactions that are short enough for D1.
import type { BackupRow } from '#scripts/backup/read-backup'
import type { BackupDatabase } from '#scripts/backup/stores'
import { columnsOf, literalOf, type TableShapes } from '#scripts/backup/tables'

/**
 * Below D1's limit of 100,000 bytes, because a character outside ASCII takes more than one byte.
 */
const STATEMENT_CHARS = 45_000
const TRANSACTION_CHARS = 900_000

export class RowWriter {
  /** number of rows written to each table, keyed by its name */
  readonly written = new Map<string, number>()
  readonly #database: BackupDatabase
  readonly #shape: TableShapes
  #queries: string[] = []
  #chars = 0

  constructor(database: BackupDatabase, shape: TableShapes) {
    this.#database = database
    this.#shape = shape
  }

  async write(table: string, rows: readonly BackupRow[]): Promise<void> {
    const columns = columnsOf(this.#shape, table)
    const insert = `INSERT INTO ${table} (${columns.map(({ name }) => name).join()}) VALUES `
    let values: string[] = []
    let chars = 0
    const leave = async (): Promise<void> => {
      if (values.length > 0) await this.#add(insert + values.join())
      values = []
      chars = 0
    }
    for (const row of rows) {
      const literals = columns.map((column) => literalOf(row[column.name] ?? null, column))
      const value = `(${literals.join()})`
      if (chars + value.length > STATEMENT_CHARS) await leave()
      values.push(value)
      chars += value.length
    }
    await leave()
    this.written.set(table, (this.written.get(table) ?? 0) + rows.length)
  }

  /** Runs the statements that are still waiting. */
  async flush(): Promise<void> {
    const queries = this.#queries
    this.#queries = []
    this.#chars = 0
    if (queries.length > 0) await this.#database.run(queries)
  }

  async #add(query: string): Promise<void> {
    if (this.#chars + query.length > TRANSACTION_CHARS) await this.flush()
    this.#queries.push(query)
    this.#chars += query.length
  }
}
