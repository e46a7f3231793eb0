// Writes rows that people's own actions would otherwise create: an epoch, a team key, a colleague
// with a session.
import { fromB64, type Bytes } from '#protocol/bytes'
import { HYBRID_KEY_BYTES, ID_BYTES } from '#protocol/limits'
import { NO_ROW } from '#protocol/staff/chain'
import type { WorldDatabase } from '#scripts/lab/simulate/world-stores'
import { ONLY_ROW } from '#scripts/lab/simulate/only-row'
import type { PublishedEpoch, SimulatedMember } from '#scripts/lab/simulate/organisation'

export function publishEpoch(
  database: WorldDatabase,
  { manifest, bytes, hybridKey }: PublishedEpoch,
): void {
  const query = `INSERT INTO epochs (epoch, manifest, hybrid_key, sealed_for_recovery)
    VALUES (?, ?, ?, ?)`
  database.rows(query, [manifest.epoch, bytes, hybridKey, new Uint8Array(1306)])
}

export function retireEpoch(database: WorldDatabase, epoch: number, day: string): void {
  database.rows('UPDATE epochs SET retired_day = ? WHERE epoch = ?', [day, epoch])
}

/**
 * Creates the first generation of the team key. The edge does not open anything that is sealed
 * under the team key.
 */
export const addTeam = (database: WorldDatabase): unknown =>
  database.rows('INSERT INTO teams (generation, sealed_for_recovery) VALUES (1, ?)', [
    new Uint8Array(1168),
  ])

export function addLedgerRow(database: WorldDatabase): void {
  const query = `INSERT INTO ledger (seq, prev_hash, hash, change, statement, signature, actor)
    VALUES (?, ?, ?, '{}', '{}', ?, ?)`
  const { n, hash } = ONLY_ROW
  database.rows(query, [n, NO_ROW, fromB64(hash), new Uint8Array(64), new Uint8Array(ID_BYTES)])
}

export function addMember(database: WorldDatabase, { id, signPublic }: SimulatedMember): void {
  const query = `INSERT INTO people
    (id, name, name_salt, roles, offered, hpke_public, sign_public, sealed_private)
    VALUES (?, 'Айгүл', zeroblob(16), '["intake"]', '["intake"]', ?, ?, ?)`
  database.rows(query, [id, new Uint8Array(HYBRID_KEY_BYTES), signPublic, new Uint8Array(2048)])
}

/** Signs a colleague in. */
export function addSession(
  database: WorldDatabase,
  tokenHash: Bytes,
  person: Bytes,
  expiresAt: number,
): void {
  const query = `INSERT INTO sessions
    (token_hash, id, person, began_by, began_at, proven_at, expires_at)
    VALUES (?, ?, ?, 'passkey', 0, ?, ?)`
  database.rows(query, [tokenHash, tokenHash.slice(0, 16), person, expiresAt, expiresAt])
}
