// Finds table changes with which the previous release's worker cannot cope. A deployment migrates
// first, so the older worker runs on the new tables for a while. New parts are therefore added
// first, and old parts are dropped one release later.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationFiles } from '#scripts/shared/migration-files'

/**
 * Migrations that may narrow tables. The list begins with the migrations from before the first
 * release, because no deployed worker ran on older tables. A later migration joins the list when
 * the previous release no longer uses the parts that the migration drops.
 */
const MAY_NARROW = new Set([
  '0000_tables.sql',
  '0001_discards.sql',
  '0002_drop_unread_days.sql',
  '0003_chore_clock.sql',
  '0004_waits_of_closed.sql',
  '0005_acts.sql',
  '0006_former_names.sql',
])

/** Returns one sentence for each statement of a migration that removes or narrows something. */
export function narrowingIn(sql: string): string[] {
  const text = sql.replace(/--.*$/gm, '')
  const made = new Set([...text.matchAll(/CREATE TABLE\s+[`"]?(\w+)/gi)].map(([, name]) => name))
  const dropped = [...text.matchAll(/\bDROP\s+(?!INDEX\b)(\w+)\s+(?:IF EXISTS\s+)?[`"]?(\w+)/gi)]
  const added = [...text.matchAll(/\bADD\s+(?:COLUMN\s+)?[`"]?(\w+)([^;]*)/gi)]
  const unique = [...text.matchAll(/CREATE UNIQUE INDEX\s+[`"]?(\w+)[`"]?\s+ON\s+[`"]?(\w+)/gi)]
  return [
    ...dropped.map(([, kind = '', name = '']) => `drops the ${kind.toLowerCase()} ${name}`),
    ...[...text.matchAll(/\bRENAME\s[^;]*/gi)].map(([all]) => `has "${all.trim()}"`),
    ...added
      .filter(([, , rest = '']) => /NOT NULL/i.test(rest) && !/DEFAULT|GENERATED/i.test(rest))
      .map(([, name = '']) => `adds ${name}, which is NOT NULL and has no DEFAULT`),
    ...added
      .filter(([, , rest = '']) => /\bCHECK\b/i.test(rest))
      .map(([, name = '']) => `adds ${name} with a CHECK`),
    ...unique
      .filter(([, , table]) => !made.has(table))
      .map(([, name = '', table = '']) => `makes rows of ${table} unique by ${name}`),
  ]
}

/** @param root  the clone's folder */
export function migrationFaults(root: string): string[] {
  return migrationFiles(root)
    .filter((name) => !MAY_NARROW.has(name))
    .flatMap((name) =>
      narrowingIn(readFileSync(join(root, 'migrations', name), 'utf8')).map(
        (what) =>
          `migrations/${name} ${what}: the worker before it may fail (migrations/README.md)`,
      ),
    )
}
