// Declares the staff tables: people with their slots, devices and settings. worker/store/README.md
// gives the reason for each column.
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'

export const people = sqliteTable('people', {
  id: bytes().primaryKey(),
  name: text().notNull(),
  /** see nameHashOf */
  nameSalt: bytes('name_salt').notNull(),
  /** JSON; `[]` while the person waits for confirmation */
  roles: text().notNull(),
  /** JSON: the roles in the invitation, which a confirmation grants */
  offered: text().notNull(),
  hpkePublic: bytes('hpke_public').notNull(),
  signPublic: bytes('sign_public').notNull(),
  sealedPrivate: bytes('sealed_private').notNull(),
  /**
   * last day of the root's certificate, in days since 1970; null for a person who is not a keeper
   */
  keeperLastDay: integer('keeper_last_day'),
})

/** A column that refers to a person. The row is deleted together with the person. */
export const personColumn = () =>
  bytes('person')
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' })

export const credentials = sqliteTable(
  'credentials',
  {
    id: bytes().primaryKey(),
    person: personColumn(),
    publicKey: bytes('public_key').notNull(),
    counter: integer().notNull(),
    userHandle: bytes('user_handle')
      .notNull()
      .default(sql`x''`),
  },
  (table) => [index('credentials_person').on(table.person)],
)

export const slots = sqliteTable(
  'slots',
  {
    id: bytes().primaryKey(),
    person: personColumn(),
    kind: text({ enum: ['prf', 'passphrase'] }).notNull(),
    credentialId: bytes('credential_id'),
    salt: bytes().notNull(),
    memoryKib: integer('memory_kib').notNull(),
    passes: integer().notNull(),
    sealedMaster: bytes('sealed_master').notNull(),
    lookupHash: bytes('lookup_hash').unique(),
    proofHash: bytes('proof_hash'),
    /** the owner's label for the slot; empty if there is none */
    name: text().notNull().default(''),
    addedDay: text('added_day').notNull(),
    /** the last UTC day on which the owner signed in or proved presence with this slot */
    triedDay: text('tried_day').notNull(),
    /**
     * the last UTC day of an attempt with this sheet, and the number of attempts on that day
     */
    triesDay: text('tries_day').notNull().default(''),
    tries: integer().notNull().default(0),
  },
  (table) => [index('slots_person').on(table.person)],
)

/** The saved views of the list, which the person's device sealed to the person's own key. */
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
    person: personColumn(),
    /** address and keys, sealed under a secret that is not in the database */
    sealed: bytes().notNull(),
    addedDay: text('added_day').notNull(),
  },
  (table) => [index('devices_person').on(table.person)],
)

/** The newest `rota.set`, as a single row. */
export const rotas = sqliteTable('rotas', {
  n: integer().primaryKey(),
  change: text().notNull(),
})

/** The newest `quiet.set` of each person. */
export const quietHours = sqliteTable('quiet_hours', {
  person: personColumn().primaryKey(),
  change: text().notNull(),
})

/** A person's choices for their own screens. */
export const ownChoices = sqliteTable('own_settings', {
  person: personColumn().primaryKey(),
  /** JSON: OwnChoices */
  settings: text().notNull(),
})
