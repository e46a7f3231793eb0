// Checks a manifest under the pinned root, for the tool `renew`.
import type { Bytes } from '#protocol/bytes'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { readManifest, trustedManifest, type Manifest } from '#protocol/keys/manifest'

/**
 * Checks a manifest.
 *
 * @param least  the page's own epoch; an older manifest may name a key that a former member holds
 * @returns the manifest, or the code of its refusal. `sealing_failed` means that only the date of
 *   this device speaks against the manifest. The clock is then more likely wrong than the keys
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
      if (readManifest(manifest).epoch < least) return 'manifest_expired'
      return await trustedManifest(manifest, root, nowMs)
    } catch (failure) {
      // trustedManifest looks at the date last, after both signatures.
      const code = failure instanceof Refusal ? failure.code : 'sealing_failed'
      return code === 'manifest_expired' ? 'sealing_failed' : code
    }
  }
