// Stores a person's choices for their own screens.
import { eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from '../database.ts'
import { ownChoices } from '../schema/people.ts'

export const findOwnSettings = async (db: Database, person: Bytes): Promise<string | null> =>
  (
    await db
      .select({ settings: ownChoices.settings })
      .from(ownChoices)
      .where(eq(ownChoices.person, person))
      .get()
  )?.settings ?? null

export async function storeOwnSettings(
  db: Database,
  person: Bytes,
  settings: string,
): Promise<void> {
  await runTogether(db, [
    sql`INSERT INTO own_settings (person, settings) VALUES (${person}, ${settings})
      ON CONFLICT (person) DO UPDATE SET settings = excluded.settings`,
  ])
}
