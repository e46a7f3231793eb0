// Declares the tables of the staff: people, their keys, invitations, sessions, the ledger.
// README.md in this folder gives the reason for each column.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from './database.ts'

export const people = sqliteTable('people', {
  id: bytes().primaryKey(),
  name: text().notNull(),
  /** JSON; `[]` while the person waits for a confirmation */
  roles: text().notNull(),
  /** JSON: the roles of the invitation, which a confirmation gives */
  offered: text().notNull(),
  hpkePublic: bytes('hpke_public').notNull(),
  signPublic: bytes('sign_public').notNull(),
  sealedPrivate: bytes('sealed_private').notNull(),
  /** last day of the root's certificate, in days since 1970; null for a person who is no keeper */
  keeperLastDay: integer('keeper_last_day'),
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
    lookupHash: bytes('lookup_hash').unique(),
    proofHash: bytes('proof_hash'),
    /** the owner's name for the slot; empty for none */
    name: text().notNull().default(''),
    addedDay: text('added_day').notNull(),
    /** the last UTC day on which the owner signed in or proved presence by the slot */
    triedDay: text('tried_day').notNull(),
    /** the last UTC day of a sign-in by this sheet, and the tries of that day */
    triesDay: text('tries_day').notNull().default(''),
    tries: integer().notNull().default(0),
  },
  (table) => [index('slots_person').on(table.person)],
)

export const intakeKeys = sqliteTable(
  'intake_keys',
  { person: person(), epoch: integer().notNull(), sealed: bytes().notNull() },
  (table) => [primaryKey({ columns: [table.person, table.epoch] })],
)

/** The generations of the team key that have not ended. */
export const teams = sqliteTable('teams', {
  generation: integer().primaryKey(),
  sealedForRecovery: bytes('sealed_for_recovery').notNull(),
})

export const teamKeys = sqliteTable(
  'team_keys',
  { person: person(), generation: integer().notNull(), sealed: bytes().notNull() },
  (table) => [primaryKey({ columns: [table.person, table.generation] })],
)

export const invitations = sqliteTable('invitations', {
  tokenHash: bytes('token_hash').primaryKey(),
  roles: text().notNull(),
  /** milliseconds since 1970 */
  expiresAt: integer('expires_at').notNull(),
  createdBy: bytes('created_by'),
})

export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    /** random; names the session to its owner and opens nothing */
    id: bytes().notNull().unique(),
    person: person(),
    beganBy: text('began_by', { enum: ['passkey', 'paper'] }).notNull(),
    /** this time and the two others: milliseconds since 1970 */
    beganAt: integer('began_at').notNull(),
    /** the last proof of presence; signing in is one */
    provenAt: integer('proven_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    index('sessions_expiry').on(table.expiresAt),
    index('sessions_person').on(table.person),
  ],
)

/** The saved views of the list, which the person's device sealed to the person. */
export const listViews = sqliteTable('list_views', {
  person: bytes()
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  sealed: bytes().notNull(),
})

/** Browsers that alerts call. */
export const devices = sqliteTable(
  'devices',
  {
    /** see deviceIdOf */
    id: bytes().primaryKey(),
    person: person(),
    /** address and keys, sealed under a secret that is not in the database */
    sealed: bytes().notNull(),
    addedDay: text('added_day').notNull(),
  },
  (table) => [index('devices_person').on(table.person)],
)

/** The newest `rota.set`; one row. */
export const rotas = sqliteTable('rotas', {
  n: integer().primaryKey(),
  change: text().notNull(),
})

/** The newest `quiet.set` of each person. */
export const quietHours = sqliteTable('quiet_hours', {
  person: person().primaryKey(),
  change: text().notNull(),
})

/** The choices of a person for the own screens. */
export const ownChoices = sqliteTable('own_settings', {
  person: person().primaryKey(),
  /** JSON: OwnChoices */
  settings: text().notNull(),
})

/** Keys that the edge makes for itself. */
export const secrets = sqliteTable('secrets', {
  name: text().primaryKey(),
  key: bytes().notNull(),
})

/** Challenges that a valid response has spent and that have not expired. */
export const spentChallenges = sqliteTable(
  'spent_challenges',
  { id: bytes().primaryKey(), expiresAt: integer('expires_at').notNull() },
  (table) => [index('spent_challenges_expiry').on(table.expiresAt)],
)

/**
 * The ledger. hash = SHA-256(prev_hash ‖ statement ‖ signature); the first prev_hash is zeros.
 * Triggers refuse every change.
 */
export const ledger = sqliteTable('ledger', {
  seq: integer().primaryKey(),
  prevHash: bytes('prev_hash').notNull().unique(),
  hash: bytes().notNull(),
  /** JSON text of the change: public keys, roles and hashes */
  change: text().notNull(),
  statement: text().notNull(),
  signature: bytes().notNull(),
  actor: bytes().notNull(),
})
