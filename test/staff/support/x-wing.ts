// Imitates a browser without X-Wing.
import { vi } from 'vitest'

/**
 * Removes SHA-3 and SHAKE from WebCrypto. In Node, X-Wing is assembled from ML-KEM, X25519 and
 * these two functions. vi.restoreAllMocks restores the original functions.
 */
export function removeXWing(): void {
  const { digest: native } = SubtleCrypto.prototype
  const isKnown = (name: unknown) => typeof name === 'string' && name.startsWith('SHA-')
  vi.spyOn(crypto.subtle, 'digest').mockImplementation((algorithm, bytes) =>
    isKnown(algorithm)
      ? native.call(crypto.subtle, algorithm, bytes)
      : Promise.reject(new DOMException('no', 'NotSupportedError')),
  )
}
