// Declares the type of a case key that is open in memory. Code can obtain such a key only with a
// proof. So the compiler rejects code that reads or writes with a key that only the server vouches
// for.
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { CaseKey } from '#protocol/staff/case-log/bodies'
import { caseKeyHash } from '#protocol/staff/case-log/key-hash'
import { deriveAeadKey } from './aead-key.ts'

type Named = Pick<CaseKey, 'caseId' | 'keyNo'>

/**
 * A case key in memory that matches the hash in its signed row. The key cannot be exported. `prove`
 * is the only way to obtain one, because anybody can seal bytes to a colleague's public key.
 */
export class OpenCaseKey {
  readonly caseId: string
  readonly keyNo: number
  readonly #secret: CryptoKey
  #letters: Promise<CryptoKey> | undefined
  #entries: Promise<CryptoKey> | undefined

  private constructor({ caseId, keyNo }: Named, secret: CryptoKey) {
    this.caseId = caseId
    this.keyNo = keyNo
    this.#secret = secret
  }

  /**
   * @param bytes    the key; overwritten with zeros
   * @param keyHash  hash in a row that a reader signed; see KeyHashes
   * @throws Refusal `cannot_open` for a key that does not match the hash in the row
   */
  static async prove(named: Named, bytes: Bytes, keyHash: string): Promise<OpenCaseKey> {
    try {
      if ((await caseKeyHash(named, bytes)) !== keyHash) throw new Refusal('cannot_open')
      // WebCrypto derives a key in one call, whereas deriveBytes needs five. The difference
      // matters, because the search index opens thousands of letters.
      const secret = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
      return new OpenCaseKey(named, secret)
    } finally {
      bytes.fill(0)
    }
  }

  /**
   * Seals and opens the content keys of letters. The key is derived once, when a letter needs it.
   */
  letters(): Promise<CryptoKey> {
    return (this.#letters ??= deriveAeadKey(this.#secret, 'oasis/v1/case-letters'))
  }

  /** Seals and opens entries and records. */
  entries(): Promise<CryptoKey> {
    return (this.#entries ??= deriveAeadKey(this.#secret, 'oasis/v1/case-entries'))
  }
}
