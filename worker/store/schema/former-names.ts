// Declares the tables for the names of people who have left. worker/store/README.md gives the
// reason for each column.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'
import { personColumn } from './people.ts'

export const formerNames = sqliteTable('former_names', {
  person: bytes().primaryKey(),
  /** null after a reader's browser has sealed the name */
  name: text(),
  salt: bytes(),
  /** the generation of the team key that opens `sealed` */
  generation: integer(),
  sealed: bytes(),
})

/** Copies of a name for caseworkers, who have no team key. */
export const nameCopies = sqliteTable(
  'name_copies',
  {
    former: bytes()
      .notNull()
      .references(() => formerNames.person, { onDelete: 'cascade' }),
    /** the caseworker */
    person: personColumn(),
    sealed: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.former, table.person] })],
)
