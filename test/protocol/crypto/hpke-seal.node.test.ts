import { Aes256Gcm, CipherSuite as CoreSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { expect, test } from 'vitest'
import { concat, randomBytes, sameBytes, u32, type Bytes } from '#protocol/bytes'
import { hkdfExpand, hkdfExtract } from '#protocol/crypto/hkdf'
import { hpkeSeal, POINT_BYTES } from '#protocol/crypto/hpke-seal'
import hkdf from '../../vectors/hkdf_rfc5869-A.json' with { type: 'json' }
import rfc from '../../vectors/hpke-p256-sha256-aes128gcm_rfc9180-A.3.1.json' with { type: 'json' }
import { suite } from '../support/organisation.ts'

const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'))

const P256 = { name: 'ECDH', namedCurve: 'P-256' }

async function pairOf(privateHex: string, publicHex: string): Promise<CryptoKeyPair> {
  const publicBytes = hex(publicHex)
  const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: b64(publicBytes.subarray(1, 33)),
    y: b64(publicBytes.subarray(33)),
  }
  return {
    publicKey: await crypto.subtle.importKey('jwk', jwk, P256, true, []),
    privateKey: await crypto.subtle.importKey(
      'jwk',
      { ...jwk, d: b64(hex(privateHex)) },
      P256,
      true,
      ['deriveBits'],
    ),
  }
}

test('R2: HKDF gives the output of RFC 5869, even with an empty salt', async () => {
  for (const each of hkdf.cases) {
    const key = await hkdfExtract(hex(each.salt), hex(each.ikm))
    expect(Buffer.from(key).toString('hex')).toBe(each.prk)
    const output = await hkdfExpand(key, hex(each.info), each.length)
    expect(Buffer.from(output).toString('hex')).toBe(each.okm)
  }
})

test('R2: hpkeSeal gives the enc and ciphertext of RFC 9180, appendix A.3.1', async () => {
  const { encryption } = rfc
  const sealed = await hpkeSeal(
    hex(rfc.pkRm),
    hex(rfc.info),
    hex(encryption.aad),
    hex(encryption.pt),
    await pairOf(rfc.skEm, rfc.pkEm),
    16,
  )
  expect(Buffer.from(sealed).toString('hex')).toBe(rfc.pkEm + encryption.ct)
})

test('R2: Two independent libraries open 1,000 random messages of hpkeSeal', async () => {
  const core = new CoreSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  })
  const pair = await suite.GenerateKeyPair(true)
  const publicKey = new Uint8Array(await suite.SerializePublicKey(pair.publicKey))
  const privateBytes = new Uint8Array(await suite.SerializePrivateKey(pair.privateKey))
  const coreKey = await core.kem.deserializePrivateKey(privateBytes.buffer)

  for (let round = 0; round < 1000; round++) {
    const [info, aad] = [concat(u32(round), randomBytes(round % 50)), randomBytes(round % 70)]
    const plaintext = randomBytes(round)
    const sealed = await hpkeSeal(publicKey, info, aad, plaintext)
    const [enc, ciphertext] = [sealed.slice(0, POINT_BYTES), sealed.slice(POINT_BYTES)]

    const first = await suite.Open(pair.privateKey, enc, ciphertext, { info, aad })
    const recipient = { recipientKey: coreKey, enc: enc.buffer, info: info.buffer }
    const second = new Uint8Array(await core.open(recipient, ciphertext.buffer, aad.buffer))
    if (!sameBytes(first, plaintext) || !sameBytes(second, plaintext)) expect.fail(`round ${round}`)
  }
})

test('R2: hpkeSeal refuses a public key that is not a point of the curve', async () => {
  const none = new Uint8Array(0)
  await expect(hpkeSeal(randomBytes(POINT_BYTES), none, none, none)).rejects.toThrow()
})
