// Checks a manifest under the pinned root, for the tool `renew`.
import type { Bytes } from '#protocol/bytes'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { trustedManifest, type Manifest } from '#protocol/keys/manifest'

/**
 * Checks a manifest.
 *
 * @param least  the page's own epoch; an older manifest may name a key that a former member holds
 * @returns the manifest, or the code of its refusal
 */
export type Renew = (manifest: Bytes, nowMs: number, least: number) => Promise<Manifest | ErrorCode>

/**
 * Returns the check of manifests under a root.
 *
 * @param root  the root's public key, 65 bytes
 */
export const proveManifest =
  (root: Bytes): Renew =>
  async (manifest, nowMs, least) => {
    try {
      const proven = await trustedManifest(manifest, root, nowMs)
      return proven.epoch < least ? 'manifest_expired' : proven
    } catch (failure) {
      return failure instanceof Refusal ? failure.code : 'sealing_failed'
    }
  }
