// Declares the tables of keys: epochs, generations of the team key, the copies for readers, and
// keys of the edge. worker/store/README.md gives the reason for each column.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'
import { personColumn } from './people.ts'

export const epochs = sqliteTable('epochs', {
  epoch: integer().primaryKey(),
  manifest: bytes().notNull(),
  hybridKey: bytes('hybrid_key').notNull(),
  /** the private keys, sealed to the recovery key; null once `epoch.end` has deleted them */
  sealedForRecovery: bytes('sealed_for_recovery'),
  /** the first UTC day on which reports are refused; may be in the future */
  retiredDay: text('retired_day'),
})

export const intakeKeys = sqliteTable(
  'intake_keys',
  { person: personColumn(), epoch: integer().notNull(), sealed: bytes().notNull() },
  (table) => [primaryKey({ columns: [table.person, table.epoch] })],
)

/** The generations of the team key that have not ended. */
export const teams = sqliteTable('teams', {
  generation: integer().primaryKey(),
  sealedForRecovery: bytes('sealed_for_recovery').notNull(),
})

export const teamKeys = sqliteTable(
  'team_keys',
  { person: personColumn(), generation: integer().notNull(), sealed: bytes().notNull() },
  (table) => [primaryKey({ columns: [table.person, table.generation] })],
)

/** Keys that the edge makes for itself. */
export const secrets = sqliteTable('secrets', {
  name: text().primaryKey(),
  key: bytes().notNull(),
})
