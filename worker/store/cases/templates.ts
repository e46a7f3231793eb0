// Stores the reply templates that an admin has written.
import { asc, sql } from 'drizzle-orm'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { replyTemplates } from '../schema/cases.ts'

/** Replaces the stored text of a template. */
export const putTemplate = (
  db: Database,
  name: string,
  text: string,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO reply_templates (name, text) VALUES (${name}, ${text})
      ON CONFLICT (name) DO UPDATE SET text = excluded.text RETURNING 1`,
  ])

/** Deletes a template. @returns false when it does not exist */
export const deleteTemplate = (db: Database, name: string, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(db, entry, [sql`DELETE FROM reply_templates WHERE name = ${name} RETURNING 1`])

/** Lists all templates. The numbers of languages and purposes limit the length of the list. */
export const listStoredTemplates = (db: Database): Promise<{ name: string; text: string }[]> =>
  db.select().from(replyTemplates).orderBy(asc(replyTemplates.name))
