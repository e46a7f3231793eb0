// Stores each person's sealed views of the list.
import { eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from '../database.ts'
import { listViews } from '../schema/people.ts'

/** Returns null for a person who has saved no views. */
export async function findViews(db: Database, person: Bytes): Promise<Bytes | null> {
  const found = await db
    .select({ sealed: listViews.sealed })
    .from(listViews)
    .where(eq(listViews.person, person))
    .get()
  return found?.sealed ?? null
}

/**
 * Replaces all views of a person.
 *
 * @param before  the views that the new ones replace; null for a person who has saved no views
 * @returns false when the stored views differ from `before`
 */
export async function storeViews(
  db: Database,
  person: Bytes,
  before: Bytes | null,
  sealed: Bytes,
): Promise<boolean> {
  const [stored] = await runTogether(db, [
    before === null
      ? sql`INSERT INTO list_views (person, sealed) VALUES (${person}, ${sealed})
          ON CONFLICT (person) DO NOTHING RETURNING 1`
      : sql`UPDATE list_views SET sealed = ${sealed}
          WHERE person = ${person} AND sealed = ${before} RETURNING 1`,
  ])
  return stored === 1
}
