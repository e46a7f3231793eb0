// Stores the key for challenges, and the spent challenges.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from '../database.ts'
import { secrets } from '../schema/keys.ts'

const NAME = 'challenges'

/** Returns the key. When the database has no key yet, stores `fresh` permanently as the key. */
export async function findOrMakeChallengeKey(db: Database, fresh: Bytes): Promise<Bytes> {
  const stored = await findKey(db)
  if (stored) return stored
  await runTogether(db, [
    sql`INSERT INTO secrets (name, key) VALUES (${NAME}, ${fresh}) ON CONFLICT (name) DO NOTHING`,
  ])
  return (await findKey(db)) ?? fresh
}

const findKey = async (db: Database): Promise<Bytes | null> =>
  (await db.select({ key: secrets.key }).from(secrets).where(eq(secrets.name, NAME)).get())?.key ??
  null

/**
 * Builds the statement that spends a challenge. The statement returns no row if the challenge was
 * already spent.
 */
export const spendChallenge = ({ id, expiresAt }: { id: Bytes; expiresAt: number }): SQL =>
  sql`INSERT INTO spent_challenges (id, expires_at) VALUES (${id}, ${expiresAt})
    ON CONFLICT (id) DO NOTHING RETURNING 1`
