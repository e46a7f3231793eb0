// Checks a manifest under the pinned root, for the tool `renew`.
import type { Bytes } from '#protocol/bytes'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { trustedManifest } from '#protocol/keys/manifest'

/** The key of a manifest as a list, because the page's bundle shortens the names of fields. */
export type Renewed = [epoch: number, intake: Bytes]

/**
 * Checks a manifest.
 *
 * @param least  the page's own epoch; an older manifest may name a key that a former member holds
 * @returns the key of the manifest, or the code of its refusal
 */
export type Renew = (manifest: Bytes, nowMs: number, least: number) => Promise<Renewed | ErrorCode>

/**
 * Returns the check of manifests under a root.
 *
 * @param root  the root's public key, 65 bytes
 */
export const proveManifest =
  (root: Bytes): Renew =>
  async (manifest, nowMs, least) => {
    try {
      const { epoch, intake } = await trustedManifest(manifest, root, nowMs)
      return epoch < least ? 'manifest_expired' : [epoch, intake]
    } catch (failure) {
      return failure instanceof Refusal ? failure.code : 'sealing_failed'
    }
  }
