// Queries a deployment's database through wrangler, and parses the returned rows.
import { join } from 'node:path'
import * as z from 'zod/mini'
import { logDir } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

/** Runs wrangler for this deployment. Returns wrangler's standard output, or throws Stop. */
export type Wrangler = (step: string, args: string[]) => Promise<string>

/**
 * The database binding. The configuration alone determines which database the binding refers to.
 */
export const DATABASE = 'DB'

const answerOf = <T extends z.ZodMiniType>(row: T) =>
  z.tuple([z.object({ success: z.literal(true), results: z.array(row) })])

/**
 * Queries a database.
 *
 * @param place  the wrangler arguments that identify the database
 * @throws Stop for an unreadable answer
 */
export async function askDatabase<T extends z.ZodMiniType>(
  wrangler: Wrangler,
  row: T,
  sql: string,
  place: readonly string[] = ['--remote'],
): Promise<z.infer<T>[]> {
  const flags = [...place, '--json', '--command', sql]
  const printed = await wrangler('database', ['d1', 'execute', DATABASE, ...flags])
  try {
    return answerOf(row).parse(JSON.parse(printed))[0].results
  } catch {
    throw new Stop(
      'The database gave no answer that can be read. If wrangler ran, its output is in ' +
        `${join(logDir, 'database.log')}.`,
    )
  }
}
