// Prepares the local database through wrangler: applies migrations and SQL files, each only once.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationFiles } from '#scripts/shared/migration-files'
import { root } from '#scripts/shared/paths'
import { step, Stop } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'

const DATABASE = 'oasis'

export const storeOf = (state: string): string => join(state, 'store')

// Returns the path of the database file, if it exists, so that code can read it while a server
// runs.
export function fileOfDatabase(state: string): string | undefined {
  const folder = join(storeOf(state), 'v3', 'd1', 'miniflare-D1DatabaseObject')
  if (!existsSync(folder)) return undefined
  const name = readdirSync(folder).find((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))
  return name === undefined ? undefined : join(folder, name)
}

async function once(state: string, mark: string, hash: string, work: () => Promise<unknown>) {
  const stamp = join(storeOf(state), mark)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  mkdirSync(storeOf(state), { recursive: true })
  await work()
  writeFileSync(stamp, hash)
}

const hashOf = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

export const applyMigrations = (state: string): Promise<void> =>
  migrate(state, (work) => step('Preparing the database', work))

/**
 * Applies the migrations without a progress line, because other work prints one at the same time.
 */
export const applyMigrationsQuietly = (state: string): Promise<void> =>
  migrate(state, (work) => work())

function migrate(
  state: string,
  during: (work: () => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const files = migrationFiles(root).map((name) => join(root, 'migrations', name))
  const hash = hashOf(...files.map((path) => readFileSync(path)))
  return once(state, 'migrated', hash, () =>
    during(() =>
      runQuietly('migrations', 'wrangler', [
        ...['d1', 'migrations', 'apply', DATABASE, '--local'],
        ...['--persist-to', storeOf(state)],
      ]),
    ),
  )
}

// Runs a file of SQL once. Running the same file again changes nothing.
export async function executeOnce(state: string, mark: string, file: string): Promise<void> {
  await once(state, mark, hashOf(readFileSync(file)), () =>
    runQuietly('publish', 'wrangler', [
      ...['d1', 'execute', DATABASE, '--local', '--yes', '--file', file],
      ...['--persist-to', storeOf(state)],
    ]).catch((reason: unknown) => {
      if (!isRefusedLoad(reason)) throw reason
      throw new Stop(
        `${storeOf(state)} holds other keys than ${file}: delete that folder to begin anew.`,
      )
    }),
  )
}

/** Returns true when the database refused a publish.sql because other keys are already stored. */
export const isRefusedLoad = (reason: unknown): boolean =>
  reason instanceof Stop &&
  ['rows of a chain are never replaced', 'UNIQUE constraint failed'].some((fault) =>
    reason.message.includes(fault),
  )
