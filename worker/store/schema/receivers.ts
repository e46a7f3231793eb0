// Declares the table of receivers. worker/store/README.md gives the reason for each column.
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'

export const receivers = sqliteTable('receivers', {
  id: bytes().primaryKey(),
  /** the generation of the team key that opens `sealed` */
  generation: integer().notNull(),
  sealed: bytes().notNull(),
})
