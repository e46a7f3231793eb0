// Says in one word how soon a keeper must renew the keys, for monitoring and for the deployment.
import { Refusal } from '#protocol/errors'
import { keysStateOf, lastDayOf, type KeysState } from '#protocol/keys/key-days'
import { dayNumber } from '#protocol/time'
import type { Deps } from '#worker/deps'
import { findCurrentEpoch, findKeeperLastDay } from '#worker/store/epochs'

/**
 * Checks the newest epoch and a keeper's last certificate. Until there is a keeper, only the epoch
 * counts.
 *
 * @returns `ended` also when no epoch exists
 * @throws Refusal `unavailable` when the database does not answer
 */
export async function readKeysState(deps: Deps): Promise<KeysState> {
  try {
    const epoch = await findCurrentEpoch(deps.db)
    if (!epoch) return 'ended'
    const keeperLastDay = await findKeeperLastDay(deps.db)
    const ends = Math.min(lastDayOf(epoch.manifest), keeperLastDay ?? Infinity)
    return keysStateOf(ends - dayNumber(deps.now()))
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}
