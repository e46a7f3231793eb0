// What the clock does. One chore that fails keeps none of the others from being done.
import type { Deps } from '#worker/deps'
import { copyManifest } from '#worker/keys/current'
import { drainOverflow } from './drain.ts'
import { expireOld, forgetEnded } from './expire.ts'

export async function runUpkeep(deps: Deps): Promise<void> {
  const chores = [copyManifest(deps), drainOverflow(deps), expireOld(deps), forgetEnded(deps)]
  await Promise.allSettled(chores)
  // Only now, so that the run counts as failed.
  await Promise.all(chores)
}
