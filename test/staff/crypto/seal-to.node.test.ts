import { KEM_MLKEM768_X25519 as NOBLE_KEM } from '@panva/hpke-noble'
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256 } from 'hpke'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { randomBytes, utf8, type Bytes } from '#protocol/bytes'
import { HYBRID_ENC_BYTES, HYBRID_KEY_BYTES, HYBRID_SEED_BYTES } from '#protocol/limits'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { importSealingKey, makeHybridPair, sealTo } from '#site/staff/crypto/seal-to.ts'
import { suite2 } from '#test/protocol/support/hybrid.ts'
import draft from '../../vectors/hpke-xwing_draft-ietf-hpke-pq.json' with { type: 'json' }
import { removeXWing } from '../support/x-wing.ts'

const NONE: Bytes = new Uint8Array(0)
const noble = new CipherSuite(NOBLE_KEM, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'))
const [seed, publicKey] = [hex(draft.skRm), hex(draft.pkRm)]
const info = utf8('info')

afterEach(() => {
  vi.restoreAllMocks()
})

/** Opens, with one suite, bytes that sealTo sealed to the vector's key. */
async function openWith(suite: CipherSuite, sealed: Bytes): Promise<Bytes> {
  const key = await suite.DeserializePrivateKey(seed)
  const [enc, ciphertext] = [sealed.slice(0, HYBRID_ENC_BYTES), sealed.slice(HYBRID_ENC_BYTES)]
  return new Uint8Array(await suite.Open(key, enc, ciphertext, { info }))
}

const PLATFORMS = [
  ['with X-Wing', () => undefined],
  ['without X-Wing', removeXWing],
] as const

describe.each(PLATFORMS)('a browser %s', (_, prepare) => {
  test('R2: Both libraries open what sealTo seals to the key of the vector', async () => {
    prepare()
    for (const length of [0, 1, 186, 5000]) {
      const plaintext = randomBytes(length)
      const sealed = await sealTo(publicKey, info, plaintext)
      expect(sealed).toHaveLength(HYBRID_ENC_BYTES + length + 16)
      expect(await openWith(noble, sealed)).toEqual(plaintext)
      vi.restoreAllMocks()
      expect(await openWith(suite2, sealed)).toEqual(plaintext)
      prepare()
    }
  })

  test('R2: The seed and the public key of the vector belong together', async () => {
    const sealed = await sealTo(publicKey, info, utf8('сөз'))
    prepare()
    const key = await importSealingKey(seed, publicKey)
    expect(key.publicBytes).toEqual(publicKey)
    expect(await hpkeOpen(key, info, NONE, sealed)).toEqual(utf8('сөз'))
  })

  test('A public key with one changed byte does not belong to the seed', async () => {
    prepare()
    // The ML-KEM part begins with its coefficients, followed by 32 bytes that determine its matrix.
    for (const at of [0, 700, 1151, 1152, 1183, 1184, 1215]) {
      const changed = publicKey.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(importSealingKey(seed, changed)).rejects.toMatchObject({ code: 'cannot_open' })
    }
  })

  test('A new pair has a public key of 1,216 bytes and a seed of 32 bytes', async () => {
    prepare()
    const [pair, other] = [await makeHybridPair(), await makeHybridPair()]
    expect(pair.publicKey).toHaveLength(HYBRID_KEY_BYTES)
    expect(pair.seed).toHaveLength(HYBRID_SEED_BYTES)
    expect(other.seed).not.toEqual(pair.seed)
    const key = await importSealingKey(pair.seed, pair.publicKey)
    // The caller wipes the seed, but the key can still open envelopes.
    pair.seed.fill(0)
    const sealed = await sealTo(pair.publicKey, info, utf8('сөз'))
    expect(await hpkeOpen(key, info, NONE, sealed)).toEqual(utf8('сөз'))
    await expect(hpkeOpen(key, utf8('other'), NONE, sealed)).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })

  test('Sealing to bytes of another length is refused', async () => {
    prepare()
    for (const length of [0, 65, HYBRID_KEY_BYTES - 1, HYBRID_KEY_BYTES + 1])
      await expect(sealTo(randomBytes(length), info, NONE)).rejects.toThrow()
  })
})

test('A browser without X-Wing has no X-Wing in these tests', async () => {
  removeXWing()
  const key = await suite2.DeserializePublicKey(publicKey)
  await expect(suite2.Seal(key, NONE, { info })).rejects.toThrow()
  await expect(suite2.DeserializePrivateKey(seed)).rejects.toThrow()
})

describe('a library that does not arrive', () => {
  test('Sealing and importing are refused with network', async () => {
    removeXWing()
    vi.resetModules()
    vi.doMock('#site/staff/crypto/noble-kem.ts', () => {
      throw new Error('no connection')
    })
    const late = await import('#site/staff/crypto/seal-to.ts')
    const refusal = { code: 'network' }
    await expect(late.sealTo(publicKey, info, NONE)).rejects.toMatchObject(refusal)
    await expect(late.importSealingKey(seed, publicKey)).rejects.toMatchObject(refusal)
    vi.doUnmock('#site/staff/crypto/noble-kem.ts')
  })
})
