// Asks what is live: the version of each worker, and the database's migrations and bookmark.
import * as z from 'zod/mini'
import { askDatabase, type Wrangler } from '#scripts/account/ask-database'
import type { AccountState } from '#scripts/deploy/deploys-file'
import type { Asking } from '#scripts/deploy/taken-hosts'
import { staffWorkerOf } from '#scripts/settings/wanted'
import { Stop } from '#scripts/shared/progress'

const Live = z.object({ version_id: z.string(), percentage: z.number() })
const Deployments = z.object({ deployments: z.array(z.object({ versions: z.array(Live) })) })
const RIGHT = 'the versions of workers (Workers Scripts, edit)'

/** Asks for the live versions, and for the migrations that the database has. */
export const stateOfAccount = async (
  asking: Asking,
  wrangler: Wrangler,
): Promise<AccountState> => ({
  versions: await liveVersions(asking),
  migrations: await appliedMigrations(wrangler),
})

/**
 * Asks for the live versions of both workers.
 *
 * @throws Stop when two versions of a worker share its requests
 */
export const liveVersions = async (asking: Asking): Promise<AccountState['versions']> => ({
  site: await liveVersion(asking, asking.deployment.worker),
  staffHost: await liveVersion(asking, staffWorkerOf(asking.deployment.worker)),
})

async function liveVersion({ ask, account }: Asking, worker: string): Promise<string | null> {
  const path = `/accounts/${account}/workers/scripts/${worker}/deployments`
  const found = await ask({ path, result: Deployments, right: RIGHT })
  const [live, ...others] = found?.deployments[0]?.versions ?? []
  if (others.length > 0)
    throw new Stop(
      `Two versions of the worker ${worker} share its requests: choose one in the dashboard ` +
        '(Workers, Deployments).',
    )
  return live?.version_id ?? null
}

const Binding = z.looseObject({ type: z.string(), name: z.string() })
const Version = z.object({ resources: z.object({ bindings: z.array(Binding) }) })
const STORES = { d1: 'id', r2_bucket: 'bucket_name' } as const

/** The secrets and the stores of a version of the site's worker. */
export interface Bound {
  /** the names of its secrets */
  secrets: string[]
  /** the id of its database, and the name of its bucket */
  stores: string[]
}

/** Asks what a version is bound to. Returns null for a version that no longer exists. */
export async function boundTo(
  { ask, account, deployment }: Asking,
  version: string,
): Promise<Bound | null> {
  const path = `/accounts/${account}/workers/scripts/${deployment.worker}/versions/${version}`
  const found = await ask({ path, result: Version, right: RIGHT })
  if (found === null) return null
  const { bindings } = found.resources
  const secrets = bindings.filter(({ type }) => type === 'secret_text')
  const stores = Object.entries(STORES).flatMap(([type, field]) =>
    bindings.filter((binding) => binding.type === type).map((binding) => binding[field]),
  )
  return {
    secrets: secrets.map(({ name }) => name).sort(),
    stores: stores.filter((store) => typeof store === 'string'),
  }
}

/** Returns the bookmark to which Time Travel can restore the database. */
export async function bookmarkOf({ ask, account, deployment }: Asking): Promise<string> {
  const found = await ask({
    path: `/accounts/${account}/d1/database/${deployment.databaseId}/time_travel/bookmark`,
    result: z.object({ bookmark: z.string() }),
    right: 'the bookmark of the database (D1, edit)',
  })
  if (found !== null) return found.bookmark
  throw new Stop('Cloudflare gives no bookmark of the database.')
}

const Named = z.object({ name: z.string() })
const TABLE = "SELECT name FROM sqlite_master WHERE name = 'd1_migrations'"

/** Returns the migrations that the database has, in order. */
export async function appliedMigrations(wrangler: Wrangler): Promise<string[]> {
  if ((await askDatabase(wrangler, Named, TABLE)).length === 0) return []
  const rows = await askDatabase(wrangler, Named, 'SELECT name FROM d1_migrations ORDER BY id')
  return rows.map(({ name }) => name)
}
