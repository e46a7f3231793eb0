// Adds a member of staff, with a session, to a benchmark's database.
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { randomBytes, sha256, type Bytes } from '#protocol/bytes'
import type { BenchDatabase } from '#scripts/lab/bench/harness'

/** Adds an admin who reads reports, with a session. @returns the token of the session */
export async function addStaff(database: BenchDatabase): Promise<Bytes> {
  const [person, token] = [randomBytes(16), randomBytes(32)]
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
    `INSERT INTO sessions (token_hash, id, person, began_by, began_at, proven_at, expires_at)
    VALUES (?, ?, ?, 'passkey', 0, ?, ?)`,
    ...[await sha256(token), randomBytes(16), person],
    ...[Date.now() + 3_600_000, Date.now() + 3_600_000],
  )
  return token
}
