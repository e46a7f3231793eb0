// Refuses a restore over existing data, before a migration or a row changes anything.
import type { Stores } from '#scripts/backup/stores'
import { NOT_OURS } from '#scripts/backup/tables'
import { Stop } from '#scripts/shared/progress'

/** Tables whose rows the migrations insert. */
export const COUNTERS = ['counts', 'arrivals']

const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"

/** @throws Stop when the database contains rows, or the bucket contains an object */
export async function requireEmpty({ database, bucket }: Stores): Promise<void> {
  const [listed = []] = await database.run([TABLES])
  const tables = listed
    .map(({ name }) => String(name))
    .filter((name) => !NOT_OURS.test(name) && !COUNTERS.includes(name))
  const queries = tables.map((table) => `SELECT 1 AS one FROM "${table}" LIMIT 1`)
  const answers = queries.length > 0 ? await database.run(queries) : []
  const filled = tables.filter((_, at) => (answers[at] ?? []).length > 0)
  const [key] = await bucket.list('', '')
  if (filled.length === 0 && key === undefined) return
  const what = [
    ...(filled.length > 0 ? [`the database has rows (${filled.join(', ')})`] : []),
    ...(key === undefined ? [] : ['the bucket has objects']),
  ]
  throw new Stop(
    `A restore needs an empty database and an empty bucket, but ${what.join(', and ')}. Nothing ` +
      'was changed: make new ones, and name them in deployment.json (docs/operations/restore.md).',
  )
}
