// Whom the page seals to: only a manifest that the pinned root vouches for, and never one older than the page itself.
import { fromB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { trustedManifest, type Manifest } from '#protocol/manifest'
import { call } from './call.ts'

/** What the build wrote into the page; base64url. */
export interface Pinned {
  root: string
  /** epoch of the newest manifest at the time of the build */
  epoch: number
  /** that manifest, on pages that must seal without asking first; '' elsewhere */
  manifest: string
}

export interface KeyRing {
  /** The keys to seal to: the page's own while they are good, else those of today. Throws as `renew`. */
  trusted(): Promise<Manifest>
  /** Fetches the manifest of today. Throws the refusals of trustedManifest, `network` or `unavailable`. */
  renew(): Promise<Manifest>
}

export function keyRing({ root, epoch, manifest }: Pinned): KeyRing {
  let known: Manifest | null = null
  const check = (bytes: Bytes): Promise<Manifest> =>
    trustedManifest(bytes, fromB64(root), Date.now())

  const renew = async (): Promise<Manifest> => {
    const { status, bytes } = await call('/api/keys')
    if (status !== 200) throw new Refusal('unavailable')
    const fetched = await check(bytes)
    // A manifest that was good once may name a key that a leaver still holds.
    if (fetched.epoch < epoch) throw new Refusal('manifest_expired')
    return (known = fetched)
  }

  return { renew, trusted: async () => known || check(fromB64(manifest)).catch(renew) }
}
