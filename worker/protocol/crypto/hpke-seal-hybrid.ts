// Seals with HPKE (RFC 9180) in base mode, using WebCrypto's X-Wing KEM. Suite: MLKEM768-X25519
// (0x647A, draft-ietf-hpke-pq) / HKDF-SHA256 / AES-256-GCM. Few browsers have this KEM, so only the
// `pq` tool imports this file.
import { concat, type Bytes } from '../bytes.ts'
import { sealAesGcm } from './aead-seal.ts'
import { scheduleKey } from './hpke-seal.ts'

/** X-Wing (0x647A), HKDF-SHA256, AES-256-GCM. */
const IDS = [0x64, 0x7a, 0, 1, 0, 2]
const NAME = 'MLKEM768-X25519'

/** WebCrypto with the methods of the "modern algorithms", which TypeScript does not declare yet. */
interface Encapsulator {
  importKey(
    format: 'raw-public',
    key: Bytes,
    name: string,
    extractable: boolean,
    uses: readonly ['encapsulateBits'],
  ): Promise<CryptoKey>
  encapsulateBits(
    name: string,
    key: CryptoKey,
  ): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>
}

/** Guarantee: if the browser lacks the methods, the call throws, and suite 1 seals instead. */
const encapsulator = (): Encapsulator => crypto.subtle as unknown as Encapsulator

/**
 * Seals `plaintext` to a hybrid key: Encap, KeySchedule and Seal with sequence number 0.
 *
 * @param publicKey  1,216 bytes: ML-KEM-768 (1,184) ‖ X25519 (32)
 * @param info       bound to the key schedule; any length
 * @param aad        authenticated with the ciphertext; any length
 * @returns `enc` (1,120 bytes) ‖ ciphertext (plaintext length + 16)
 * @throws the error of WebCrypto, including when the browser has no X-Wing
 */
export async function hpkeSealHybrid(
  publicKey: Bytes,
  info: Bytes,
  aad: Bytes,
  plaintext: Bytes,
): Promise<Bytes> {
  const subtle = encapsulator()
  const recipient = await subtle.importKey('raw-public', publicKey, NAME, false, [
    'encapsulateBits',
  ])
  const { sharedKey, ciphertext } = await subtle.encapsulateBits(NAME, recipient)
  const keys = await scheduleKey(IDS, new Uint8Array(sharedKey), info, 32)
  return concat(new Uint8Array(ciphertext), await sealAesGcm(...keys, aad, plaintext))
}
