// Declares the tables of invitations, sessions and spent challenges, all of which expire.
// worker/store/README.md gives the reason for each column.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'
import { personColumn } from './people.ts'

export const invitations = sqliteTable('invitations', {
  tokenHash: bytes('token_hash').primaryKey(),
  roles: text().notNull(),
  /** milliseconds since 1970 */
  expiresAt: integer('expires_at').notNull(),
  createdBy: bytes('created_by'),
  /** hash of the `invitation.create` row, which the link contains */
  rowHash: bytes('row_hash').notNull(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    /** random; identifies the session to its owner, and grants no access */
    id: bytes().notNull().unique(),
    person: personColumn(),
    beganBy: text('began_by', { enum: ['passkey', 'paper'] }).notNull(),
    /** milliseconds since 1970, as in the next two columns */
    beganAt: integer('began_at').notNull(),
    /** the last proof of presence; signing in counts as a proof */
    provenAt: integer('proven_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    index('sessions_expiry').on(table.expiresAt),
    index('sessions_person').on(table.person),
  ],
)

/** Challenges that a valid response has spent and that have not expired. */
export const spentChallenges = sqliteTable(
  'spent_challenges',
  { id: bytes().primaryKey(), expiresAt: integer('expires_at').notNull() },
  (table) => [index('spent_challenges_expiry').on(table.expiresAt)],
)
