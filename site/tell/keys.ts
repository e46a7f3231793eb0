// Whom the page seals to: the keys that the build has proved and put into it, or those of today, which the pinned root must vouch for.
// Never older ones than the page's own.
import { fromB64 } from '#protocol/bytes'
import type { SealingKeys } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { POINT_BYTES } from '#protocol/hpke-sender'
import { dayNumber, GRACE_DAYS } from '#protocol/limits'
import { trustedManifest } from '#protocol/manifest'
import { call } from './call.ts'
import type { Pinned } from './pinned.ts'

export interface KeyRing {
  /** The keys to seal to: the page's own while they are good, else those of today. Throws `manifest_expired`, or as `renew`. */
  trusted(): Promise<SealingKeys>
  /** Fetches the manifest of today. Throws the refusals of trustedManifest, or `network`. */
  renew(): Promise<SealingKeys>
}

export function keyRing({ root, epoch, keys, until }: Pinned): KeyRing {
  const own = fromB64(keys)
  let known: SealingKeys | null =
    keys && dayNumber(Date.now()) <= until + GRACE_DAYS
      ? { epoch, intake: own.slice(0, POINT_BYTES), recovery: own.slice(POINT_BYTES) }
      : null

  const renew = async (): Promise<SealingKeys> => {
    const { status, bytes } = await call('/api/keys')
    if (status !== 200) throw new Refusal('network')
    const fetched = await trustedManifest(bytes, fromB64(root), Date.now())
    // A manifest that was good once may name a key that a leaver still holds.
    if (fetched.epoch < epoch) throw new Refusal('manifest_expired')
    return (known = fetched)
  }

  return {
    renew,
    trusted: async () => {
      try {
        return known || (await renew())
      } catch (failure) {
        // A page that had keys of its own was saved too long ago; one that has none only lacks a network.
        throw keys ? new Refusal('manifest_expired') : failure
      }
    },
  }
}
