// Every table and column. README.md in this room says for each column why it is kept.
// Days, not timestamps: the time of arrival can identify a reporter. Random ids, tables without rowid (see the migration) and
// no counter: nothing stored tells in which order reports came in.
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { STATUSES } from '#protocol/staff'
import { bytes } from './bytes-column.ts'

const LANES = ['A', 'B'] as const
const SEALERS = ['device', 'worker'] as const

export const reports = sqliteTable(
  'reports',
  {
    id: bytes().primaryKey(),
    kind: integer().notNull(),
    danger: integer({ mode: 'boolean' }).notNull(),
    epoch: integer().notNull(),
    lane: text({ enum: LANES }).notNull(),
    sealedBy: text('sealed_by', { enum: SEALERS }).notNull(),
    status: text({ enum: STATUSES }).notNull().default('new'),
    receivedDay: text('received_day').notNull(),
    followUps: integer('follow_ups').notNull().default(0),
    /** place in the queue: danger and new, danger and in progress, new, in progress, closed */
    rank: integer()
      .notNull()
      .generatedAlwaysAs(
        sql`(CASE WHEN status = 'closed' THEN 4 ELSE (CASE danger WHEN 1 THEN 0 ELSE 2 END) + (status = 'in_progress') END)`,
        { mode: 'virtual' },
      ),
    lookupHash: bytes('lookup_hash'),
    writeHash: bytes('write_hash'),
    envelopeHash: bytes('envelope_hash').notNull(),
    envelope: bytes().notNull(),
  },
  (table) => [
    // All that a line of the queue shows is in the index, so that a page reads as many rows as it has lines.
    index('reports_queue').on(
      table.rank,
      table.lane,
      table.receivedDay,
      table.id,
      table.kind,
      table.danger,
      table.sealedBy,
      table.status,
      table.followUps,
    ),
    uniqueIndex('reports_lookup').on(table.lookupHash),
  ],
)

export const followUps = sqliteTable(
  'follow_ups',
  {
    id: bytes().primaryKey(),
    report: bytes()
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    day: text().notNull(),
    sealedBy: text('sealed_by', { enum: SEALERS }).notNull(),
    envelopeHash: bytes('envelope_hash').notNull(),
    envelope: bytes().notNull(),
  },
  (table) => [index('follow_ups_report').on(table.report, table.day, table.id)],
)

/** Keyed by the hash of the lookup, not by the report: one search finds an answer or nothing, whether the number is known or not. */
export const answers = sqliteTable(
  'answers',
  {
    lookupHash: bytes('lookup_hash').notNull(),
    slot: integer().notNull(),
    day: text().notNull(),
    sealed: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.lookupHash, table.slot] })],
)

export const caseFiles = sqliteTable('case_files', {
  report: bytes()
    .primaryKey()
    .references(() => reports.id, { onDelete: 'cascade' }),
  revision: integer().notNull(),
  sealed: bytes().notNull(),
})

/** Kept by triggers (see the migration), so that a count reads six rows however many reports there are. */
export const counts = sqliteTable(
  'counts',
  {
    status: text({ enum: STATUSES }).notNull(),
    danger: integer({ mode: 'boolean' }).notNull(),
    total: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.status, table.danger] })],
)

export const epochs = sqliteTable('epochs', {
  epoch: integer().primaryKey(),
  manifest: bytes().notNull(),
  retiredDay: text('retired_day'),
})

export const people = sqliteTable('people', {
  id: bytes().primaryKey(),
  name: text().notNull(),
  roles: text().notNull(),
  hpkePublic: bytes('hpke_public').notNull(),
  signPublic: bytes('sign_public').notNull(),
  sealedPrivate: bytes('sealed_private').notNull(),
})

const person = () =>
  bytes('person')
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' })

export const credentials = sqliteTable(
  'credentials',
  {
    id: bytes().primaryKey(),
    person: person(),
    publicKey: bytes('public_key').notNull(),
    counter: integer().notNull(),
  },
  (table) => [index('credentials_person').on(table.person)],
)

export const slots = sqliteTable(
  'slots',
  {
    id: bytes().primaryKey(),
    person: person(),
    kind: text({ enum: ['prf', 'passphrase'] }).notNull(),
    credentialId: bytes('credential_id'),
    salt: bytes().notNull(),
    memoryKib: integer('memory_kib').notNull(),
    passes: integer().notNull(),
    sealedMaster: bytes('sealed_master').notNull(),
  },
  (table) => [index('slots_person').on(table.person)],
)

export const intakeKeys = sqliteTable(
  'intake_keys',
  { person: person(), epoch: integer().notNull(), sealed: bytes().notNull() },
  (table) => [primaryKey({ columns: [table.person, table.epoch] })],
)

export const invitations = sqliteTable('invitations', {
  tokenHash: bytes('token_hash').primaryKey(),
  roles: text().notNull(),
  sealedIntake: text('sealed_intake').notNull(),
  expiresDay: text('expires_day').notNull(),
  createdBy: bytes('created_by'),
})

export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    person: person(),
    /** milliseconds since 1970 */
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('sessions_expiry').on(table.expiresAt)],
)

export const challenges = sqliteTable(
  'challenges',
  {
    id: bytes().primaryKey(),
    challenge: bytes().notNull(),
    /** the invitation being accepted, and the id its new person will have; both null for signing in */
    tokenHash: bytes('token_hash'),
    person: bytes(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('challenges_expiry').on(table.expiresAt)],
)

/** hash = SHA-256(prev_hash ‖ statement ‖ signature); the first prev_hash is zeros. Triggers refuse every change. */
export const audit = sqliteTable('audit', {
  seq: integer().primaryKey(),
  prevHash: bytes('prev_hash').notNull().unique(),
  hash: bytes().notNull(),
  statement: text().notNull(),
  signature: bytes().notNull(),
  actor: bytes().notNull(),
})
