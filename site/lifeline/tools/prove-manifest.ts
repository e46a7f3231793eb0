// Checks a manifest against the pinned root, for the `renew` tool.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { readManifest, trustedManifest } from '#protocol/keys/manifest'
import type { Renew } from '../reporting/key-ring.ts'

/**
 * Returns a function that checks manifests against a root key.
 *
 * @param root  the root's public key, 65 bytes
 */
export const proveManifest =
  (root: Bytes): Renew =>
  async (manifest, nowMs, least) => {
    try {
      if (readManifest(manifest).epoch < least) return 'manifest_expired'
      return await trustedManifest(manifest, root, nowMs)
    } catch (failure) {
      // trustedManifest checks the date last, after both signatures.
      const code = failure instanceof Refusal ? failure.code : 'sealing_failed'
      return code === 'manifest_expired' ? 'sealing_failed' : code
    }
  }
