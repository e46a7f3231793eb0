// Inserts judged reports in groups, with many reports in each statement. If a group fails, its
// reports are inserted one by one, so that one report does not block the others.
import type { Database } from '#worker/store/database'
import { insertReports, REPORTS_A_STATEMENT } from '#worker/store/overflow/insert-reports'
import type { JudgedObject } from './judge-object.ts'

interface Inserted {
  stored: JudgedObject[]
  /** the objects whose individual insert failed, each with its error */
  failed: { object: JudgedObject; error: unknown }[]
  untried: JudgedObject[]
}

/**
 * Inserts the reports of objects. When every report in a group fails, the database is assumed to be
 * down, and no further groups are tried.
 *
 * @param day  the day of the insert, `YYYY-MM-DD`
 */
export async function insertGroups(
  db: Database,
  objects: readonly JudgedObject[],
  day: string,
): Promise<Inserted> {
  const all: Inserted = { stored: [], failed: [], untried: [] }
  for (let first = 0; first < objects.length; first += REPORTS_A_STATEMENT) {
    const next = first + REPORTS_A_STATEMENT
    const { stored, failed } = await insertGroup(db, objects.slice(first, next), day)
    all.stored.push(...stored)
    all.failed.push(...failed)
    if (stored.length === 0) return { ...all, untried: objects.slice(next) }
  }
  return all
}

async function insertGroup(
  db: Database,
  group: readonly JudgedObject[],
  day: string,
): Promise<Omit<Inserted, 'untried'>> {
  try {
    const reports = group.map(({ report }) => report)
    await insertReports(db, reports, day)
    return { stored: [...group], failed: [] }
  } catch (error) {
    const [object, ...more] = group
    if (object && more.length === 0) return { stored: [], failed: [{ object, error }] }
  }
  const parts = []
  for (const object of group) parts.push(await insertGroup(db, [object], day))
  return {
    stored: parts.flatMap(({ stored }) => stored),
    failed: parts.flatMap(({ failed }) => failed),
  }
}
