// Is the database there?
import { Refusal } from '#protocol/errors'
import type { Deps } from '#worker/deps'
import { pingDatabase } from '#worker/store/database'

/** Throws Refusal `unavailable` when it is not. */
export async function checkHealth(deps: Deps): Promise<void> {
  try {
    await pingDatabase(deps.db)
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}
