// Replaces the keys of a person, because somebody else may have the old keys. A single transaction
// ends every old way to sign in and deletes every copy of a shared key.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { isReaderBeside, type Person } from './people.ts'
import { insertSession, type Session } from './sessions.ts'
import { insertCredential, type Credential } from './credentials.ts'
import { insertSlot, type StoredSlot } from './slots.ts'

export interface NewOwnKeys {
  keys: Pick<Person, 'hpkePublic' | 'signPublic' | 'sealedPrivate'>
  credential: Credential
  slots: StoredSlot[]
  /** the only session that remains */
  session: Session
}

/** The tables with keys that the old keys open, and with sessions, devices and ways to sign in. */
const OF_OLD_KEYS = [
  'credentials',
  'slots',
  'sessions',
  'intake_keys',
  'team_keys',
  'case_grants',
  'name_copies',
  'devices',
] as const

/**
 * Stores new keys for a confirmed person. The person then waits for a confirmation and is not a
 * keeper. Also ends the person's open invitations. A case keeps the person's name until a reader
 * takes the case back; see isWithoutColleague.
 *
 * @returns false, and changes nothing, when no other person can read reports
 */
export function replaceKeys(
  db: Database,
  id: Bytes,
  { keys, credential, slots, session }: NewOwnKeys,
  entry: ChainEntry,
): Promise<boolean> {
  const isReplaced = sql`EXISTS
    (SELECT 1 FROM people WHERE id = ${id} AND sign_public = ${keys.signPublic})`
  return changeWithRow(
    db,
    entry,
    [
      sql`UPDATE people SET offered = roles, roles = '[]', keeper_last_day = NULL,
          hpke_public = ${keys.hpkePublic}, sign_public = ${keys.signPublic},
          sealed_private = ${keys.sealedPrivate}
        WHERE id = ${id} AND roles <> '[]' AND ${isReaderBeside(id)} RETURNING 1`,
    ],
    [
      ...OF_OLD_KEYS.map(
        (table): SQL =>
          sql`DELETE FROM ${sql.identifier(table)} WHERE person = ${id} AND ${isReplaced}`,
      ),
      sql`DELETE FROM invitations WHERE created_by = ${id} AND ${isReplaced}`,
      insertCredential(credential, isReplaced),
      ...slots.map((slot) => insertSlot(slot, id, isReplaced)),
      insertSession(session, isReplaced),
    ],
  )
}
