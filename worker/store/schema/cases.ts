// Declares the tables of cases: their keys, letters, entries and records. worker/store/README.md
// gives the reason for each column. A case has the id and row of the report that began it, so an
// arriving report costs one row. Other reports join a case through `reports.merged_into`. The
// columns of a case are in reports.ts.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes } from '../database.ts'
import { people } from './people.ts'
import { reports } from './reports.ts'

const caseId = () =>
  bytes('case_id')
    .notNull()
    .references(() => reports.id, { onDelete: 'cascade' })

export const caseKeys = sqliteTable(
  'case_keys',
  {
    caseId: caseId(),
    /** from 1 */
    keyNo: integer('key_no').notNull(),
    /** the generation of the team key that opens the outer seal */
    generation: integer().notNull(),
    /** the case key, sealed under the case's secret and then under the team key */
    sealed: bytes().notNull(),
    /** true when a reader has declared the key lost; its generation may then end */
    isLost: integer('is_lost', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.keyNo] }),
    index('case_keys_generation').on(table.generation, table.caseId, table.keyNo),
  ],
)

/**
 * Copies of case keys for the caseworker who has the case. A change of assignee deletes the copies.
 */
export const caseGrants = sqliteTable(
  'case_grants',
  {
    /**
     * the case to which the key belongs; after a merge, the keys of an absorbed case have copies
     * too
     */
    caseId: caseId(),
    keyNo: integer('key_no').notNull(),
    person: bytes()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** the case key, sealed under the case's secret and then sealed to the person */
    sealed: bytes().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.keyNo, table.person] }),
    index('case_grants_person').on(table.person),
  ],
)

/** Letters that have been taken into a case. The stored envelopes no longer have a wrap. */
export const caseLetters = sqliteTable(
  'case_letters',
  {
    /** id of a report or a follow-up */
    letter: bytes().primaryKey(),
    caseId: caseId(),
    keyNo: integer('key_no').notNull(),
    /** the letter's content key, sealed under the case key */
    sealedCek: bytes('sealed_cek').notNull(),
  },
  (table) => [index('case_letters_case').on(table.caseId)],
)

export const caseEntries = sqliteTable(
  'case_entries',
  {
    caseId: caseId(),
    /** number of the log row that records the entry */
    n: integer().notNull(),
    sealed: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.n] })],
)

/**
 * Records of a case, each replaced as a unit. Record 0 is the summary, and all other records
 * describe one person each.
 */
export const caseRecords = sqliteTable(
  'case_records',
  {
    caseId: caseId(),
    record: integer().notNull(),
    revision: integer().notNull(),
    keyNo: integer('key_no').notNull(),
    sealed: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.record] })],
)

/**
 * The parts of a case that each colleague has seen. These rows are not signed: they only let the
 * list mark unread parts.
 */
export const reads = sqliteTable(
  'reads',
  {
    caseId: caseId(),
    person: bytes()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** number of follow-ups in all threads of the case */
    followUps: integer('follow_ups').notNull(),
    /** number of rows in the log */
    rows: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.person] })],
)

/** Reply texts that an admin has written. The ledger contains the hash of each text. */
export const replyTemplates = sqliteTable('reply_templates', {
  /** language and purpose: `ky.first` */
  name: text().primaryKey(),
  text: text().notNull(),
})

/**
 * Cases whose keys have been deleted, but whose secrets in R2 have not. A trigger fills the table.
 */
export const endedCases = sqliteTable('ended_cases', { caseId: bytes('case_id').primaryKey() })
