// Returns one word that describes how soon a keeper must renew the keys, for monitoring and for the
// deployment.
import { Refusal } from '#protocol/errors'
import { firstEnding, type KeysState } from '#protocol/keys/key-days'
import type { Deps } from '#worker/deps'
import { findCurrentEpoch, findKeeperLastDay } from '#worker/store/ledger/epochs'

/**
 * Considers the newest epoch and the keeper certificate that expires last.
 *
 * @returns the state of whichever of the two expires first; `ended` when there is no epoch
 * @throws Refusal `unavailable` when the database does not respond
 */
export async function readKeysState(deps: Deps): Promise<KeysState> {
  try {
    const epoch = await findCurrentEpoch(deps.db)
    if (!epoch) return 'ended'
    const keeperLastDay = await findKeeperLastDay(deps.db)
    return firstEnding(epoch.manifest, keeperLastDay, deps.now()).state
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}
