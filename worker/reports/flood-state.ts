// Detects whether a flood is in progress, so that the list can separate its lanes. The rate limit
// checks each report separately and keeps no state. During a flood, reports wait in R2, so the
// waiting mark reveals the flood. A database that is nearly full or failing looks the same, so the
// lanes are then separated too.
import type { Deps } from '#worker/deps'
import { isMarked } from '#worker/store/overflow/waiting-mark'
import { withTimeout } from '#worker/with-timeout'

/** Returns false when R2 does not respond, because the list must not wait for it. */
export async function isFloodOn({
  floodMode,
  bucket,
}: Pick<Deps, 'floodMode' | 'bucket'>): Promise<boolean> {
  if (floodMode !== 'auto') return floodMode === 'on'
  return (await withTimeout(() => isMarked(bucket))) === true
}
