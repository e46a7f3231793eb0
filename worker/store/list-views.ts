// Stores each person's sealed views of the list.
import { eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from './database.ts'
import { listViews } from './schema-people.ts'

/** Returns null for a person who has saved no view. */
export async function findViews(db: Database, person: Bytes): Promise<Bytes | null> {
  const found = await db
    .select({ sealed: listViews.sealed })
    .from(listViews)
    .where(eq(listViews.person, person))
    .get()
  return found?.sealed ?? null
}

/** Replaces the views of a person as a whole. */
export async function storeViews(db: Database, person: Bytes, sealed: Bytes): Promise<void> {
  await runTogether(db, [
    sql`INSERT INTO list_views (person, sealed) VALUES (${person}, ${sealed})
      ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed`,
  ])
}
