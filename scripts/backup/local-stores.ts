// Opens the stores of a local server.
import { join } from 'node:path'
import { getPlatformProxy } from 'wrangler'
import { boundStores, type BoundBucket, type BoundDatabase } from '#scripts/backup/bound-stores'
import type { OpenStores } from '#scripts/backup/stores'
import { storeOf } from '#scripts/shared/database'
import { root } from '#scripts/shared/paths'

/**
 * Opens the stores of a local server, whether the server is running or not.
 *
 * @param state  the folder of the server's state, such as .oasis
 */
export async function openLocalStores(state: string): Promise<OpenStores> {
  const { env, dispose } = await getPlatformProxy<{
    DB: BoundDatabase<unknown>
    FILES: BoundBucket
  }>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: join(storeOf(state), 'v3') },
    envFiles: [],
  })
  return { stores: boundStores(env.DB, env.FILES), close: dispose }
}
