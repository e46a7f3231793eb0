// Fills the database of a measurement: many reports, and a staff member with a session.
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { makePasskey, type SoftPasskey } from '#scripts/lab/bench/passkey'
import type { BenchDatabase } from '#scripts/lab/bench/harness'

// A longer statement can outlast the connection to the local database on a busy machine.
const CHUNK = 2_000

// Envelopes are short here, because only rows count and 100,000 full ones would be 400 MB.
export async function storeReports(database: BenchDatabase, total: number): Promise<void> {
  for (let stored = 0; stored < total; stored += CHUNK) {
    await database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, status, received_day,
          header_id, owner_hash, write_hash, envelope)
        SELECT randomblob(16), 1 + i % 3, i % 10 = 0, 1, i % 4, 'device',
          CASE i % 4 WHEN 0 THEN 'new' WHEN 1 THEN 'in_progress' ELSE 'closed' END,
          date('2026-01-01', (i % 300) || ' days'),
          randomblob(16), randomblob(32), randomblob(32), zeroblob(64) FROM n`,
      )
      .bind(Math.min(CHUNK, total - stored))
      .run()
  }
}

export interface BenchStaff {
  person: Bytes
  passkey: SoftPasskey
  token: Bytes
}

/** Adds a person who may do everything, with a passkey and a session. */
export async function addStaff(database: BenchDatabase): Promise<BenchStaff> {
  const [person, token, passkey] = [randomBytes(16), randomBytes(32), await makePasskey()]
  const run = (sql: string, ...values: unknown[]) =>
    database
      .prepare(sql)
      .bind(...values)
      .run()
  const point = new Uint8Array(65).fill(4)
  const roles = JSON.stringify(['admin', 'intake'])
  await run(
    `INSERT INTO people
      (id, name, name_salt, roles, offered, hpke_public, sign_public, sealed_private)
    VALUES (?, ?, zeroblob(16), ?, ?, ?, ?, ?)`,
    ...[person, 'Bench', roles, roles, randomBytes(HYBRID_KEY_BYTES), point, randomBytes(2048)],
  )
  await run(
    'INSERT INTO credentials (id, person, public_key, counter) VALUES (?, ?, ?, ?)',
    ...[passkey.id, person, passkey.cose, 0],
  )
  await run(
    `INSERT INTO sessions (token_hash, id, person, began_by, began_at, proven_at, expires_at)
    VALUES (?, ?, ?, 'passkey', 0, ?, ?)`,
    ...[await sha256(token), randomBytes(16), person],
    ...[Date.now() + 3_600_000, Date.now() + 3_600_000],
  )
  return { person, passkey, token }
}
