import { AEAD_ChaCha20Poly1305, KEM_MLKEM768_X25519 as NOBLE_KEM } from '@panva/hpke-noble'
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from 'hpke'
import { afterEach, expect, test, vi } from 'vitest'
import { randomBytes, utf8, type Bytes } from '#protocol/bytes'
import { hpkeSealHybrid } from '#protocol/crypto/hpke-seal-hybrid'
import { scheduleKey } from '#protocol/crypto/hpke-seal'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import draft from '../../vectors/hpke-xwing_draft-ietf-hpke-pq.json' with { type: 'json' }

const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'))
const KEMS = [KEM_MLKEM768_X25519, NOBLE_KEM]
const ENC_BYTES = 1120

afterEach(() => {
  vi.restoreAllMocks()
})

/** Gives hpkeSealHybrid the encapsulation from the vector, because Node has no X-Wing. */
function encapsulateAsDraft(): void {
  vi.spyOn(crypto.subtle, 'importKey').mockResolvedValueOnce({} as CryptoKey)
  const { buffer: sharedKey } = hex(draft.shared_secret)
  const { buffer: ciphertext } = hex(draft.enc)
  Object.assign(crypto.subtle, {
    encapsulateBits: () => Promise.resolve({ sharedKey, ciphertext }),
  })
}

test('R2, R44: The key schedule gives key and nonce of draft-ietf-hpke-pq', async () => {
  const ids = [0x64, 0x7a, 0, draft.kdf_id, 0, draft.aead_id]
  const [key, nonce] = await scheduleKey(ids, hex(draft.shared_secret), hex(draft.info), 32)
  expect(Buffer.from(key).toString('hex')).toBe(draft.key)
  expect(Buffer.from(nonce).toString('hex')).toBe(draft.base_nonce)
})

test('R2, R44: Both libraries open the message of the vector in draft-ietf-hpke-pq', async () => {
  const [first] = draft.encryptions
  const [info, aad] = [hex(draft.info), hex(first?.aad ?? '')]
  for (const kem of KEMS) {
    const suite = new CipherSuite(kem, KDF_HKDF_SHA256, AEAD_ChaCha20Poly1305)
    const key = await suite.DeserializePrivateKey(hex(draft.skRm))
    const opened = await suite.Open(key, hex(draft.enc), hex(first?.ct ?? ''), { info, aad })
    expect(Buffer.from(opened).toString('hex')).toBe(first?.pt)
  }
})

test('R2, R44: Both libraries open what hpkeSealHybrid seals with the vector', async () => {
  const [info, aad, plaintext] = [utf8('info'), utf8('aad'), randomBytes(32)]
  encapsulateAsDraft()
  const sealed = await hpkeSealHybrid(hex(draft.pkRm), info, aad, plaintext)
  Reflect.deleteProperty(crypto.subtle, 'encapsulateBits')
  const [enc, ciphertext] = [sealed.slice(0, ENC_BYTES), sealed.slice(ENC_BYTES)]
  for (const kem of KEMS) {
    const suite = new CipherSuite(kem, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
    const key = await suite.DeserializePrivateKey(hex(draft.skRm))
    const opened = await suite.Open(key, enc, ciphertext, { info, aad })
    expect(new Uint8Array(opened)).toEqual(plaintext)
  }
})

test('Without X-Wing in WebCrypto hpkeSealHybrid throws', async () => {
  const none = new Uint8Array(0)
  await expect(hpkeSealHybrid(randomBytes(HYBRID_KEY_BYTES), none, none, none)).rejects.toThrow()
})
