// Reads the people whom alerts may call. Stores the rota, quiet hours, and the key that signs
// calls.
import { sql } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import { QuietSet, RotaSet, type OnCall } from '#protocol/staff/alerts/rota'
import { parseJson } from '#worker/parse'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { deviceFrom, type StoredDevice } from './devices.ts'

/** All facts that decide whether a call is made, together with the sealed devices. */
export interface CallList extends OnCall {
  devices: StoredDevice[]
  /** the sealed key that signs calls; null until somebody lists devices for the first time */
  sealedKey: Bytes | null
}

const KEY = 'push'

/** Only people who can acknowledge an alert are called. */
const CAN_ANSWER = sql`(people.roles LIKE '%"intake"%' OR people.roles LIKE '%"admin"%')`

/**
 * Reads the people whom alerts may call. The number of people and MAX_DEVICES limit the length of
 * the list.
 */
export async function readCallList(db: Database): Promise<CallList> {
  const [devices = [], quiet = [], rotas = [], keys = []] = await readTogether(db, [
    sql`SELECT devices.id, person, sealed, added_day FROM devices
      JOIN people ON people.id = devices.person AND ${CAN_ANSWER} ORDER BY devices.id`,
    sql`SELECT person, change FROM quiet_hours`,
    sql`SELECT change FROM rotas WHERE n = 1`,
    sql`SELECT key FROM secrets WHERE name = ${KEY}`,
  ])
  const stored = devices.map(deviceFrom)
  const [rota] = rotas
  const [key] = keys
  return {
    devices: stored,
    reachable: [...new Set(stored.map(({ person }) => toB64(person)))],
    quiet: new Map(
      quiet.map(({ person, change }) => [
        toB64(bytesFrom(person)),
        parseJson(QuietSet, String(change)),
      ]),
    ),
    rota: rota ? parseJson(RotaSet, String(rota['change'])) : null,
    sealedKey: key ? bytesFrom(key['key']) : null,
  }
}

/**
 * Stores the sealed key that signs calls, if the stored key is `before` or missing.
 *
 * @returns the stored key
 */
export async function storeSigningKey(
  db: Database,
  fresh: Bytes,
  before: Bytes | null,
): Promise<Bytes> {
  const [, rows = []] = await readTogether(db, [
    sql`INSERT INTO secrets (name, key) VALUES (${KEY}, ${fresh})
      ON CONFLICT (name) DO UPDATE SET key = excluded.key WHERE key = ${before}`,
    sql`SELECT key FROM secrets WHERE name = ${KEY}`,
  ])
  return bytesFrom(rows[0]?.['key'])
}

/** Stores the rota together with its ledger row. */
export const storeRota = (db: Database, change: string, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO rotas (n, change) VALUES (1, ${change})
      ON CONFLICT (n) DO UPDATE SET change = excluded.change RETURNING 1`,
  ])

/** Stores a person's quiet hours together with their ledger row. */
export const storeQuiet = (
  db: Database,
  person: Bytes,
  change: string,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO quiet_hours (person, change) VALUES (${person}, ${change})
      ON CONFLICT (person) DO UPDATE SET change = excluded.change RETURNING 1`,
  ])
