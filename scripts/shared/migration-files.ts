// Lists the migration files.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Returns the names of the migration files in a clone, in order.
 *
 * @param folder  the folder of the clone
 */
export function migrationFiles(folder: string): string[] {
  const path = join(folder, 'migrations')
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((name) => name.endsWith('.sql'))
    .sort()
}
