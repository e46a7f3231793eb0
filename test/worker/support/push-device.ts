// Simulates a browser that receives calls by Web Push. The browser opens a call with nothing but
// WebCrypto, as RFC 8291 describes. The code in this file also checks the signature that RFC 8292
// describes.
import { concat, fromB64, fromUtf8, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { hkdfExpand, hkdfExtract } from '#protocol/crypto/hkdf'
import type { DeviceKeys } from '#protocol/staff/alerts/alerts'

export interface Browser {
  device: DeviceKeys
  open: (body: Bytes) => Promise<string>
}

/** Makes a simulated browser. @param endpoint  address at the provider that receives the calls */
export async function browserAt(endpoint: string): Promise<Browser> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ])
  const own = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const auth = randomBytes(16)
  return {
    device: { endpoint, p256dh: toB64(own), auth: toB64(auth) },
    open: async (body) => {
      // RFC 8188: salt (16) ‖ record size (4) ‖ key length (1) ‖ the sender's key ‖ record
      const [salt, length] = [body.slice(0, 16), body[20] ?? 0]
      const sender = body.slice(21, 21 + length)
      const theirs = await crypto.subtle.importKey(
        'raw',
        sender,
        { name: 'ECDH', namedCurve: 'P-256' },
        false,
        [],
      )
      const shared = await crypto.subtle.deriveBits(
        { name: 'ECDH', public: theirs },
        pair.privateKey,
        256,
      )
      const info = concat(utf8('WebPush: info\0'), own, sender)
      const material = await hkdfExpand(await hkdfExtract(auth, new Uint8Array(shared)), info, 32)
      const secret = await hkdfExtract(salt, material)
      const [key, iv] = await Promise.all([
        hkdfExpand(secret, utf8('Content-Encoding: aes128gcm\0'), 16),
        hkdfExpand(secret, utf8('Content-Encoding: nonce\0'), 12),
      ])
      const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
      const record = body.slice(21 + length)
      const plain = new Uint8Array(
        await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, aes, record),
      )
      // The last record ends with the byte 2, followed by zeros.
      const end = plain.lastIndexOf(2)
      return fromUtf8(plain.slice(0, end))
    },
  }
}

/**
 * Checks that a call to the provider is signed with the application key.
 *
 * @returns the claims in the token
 */
export async function checkedClaims(authorization: string, applicationKey: string) {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const [header = '', claims = '', signature = ''] = token.split('.')
  const publicKey = await crypto.subtle.importKey(
    'raw',
    fromB64(applicationKey),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  )
  const isSigned = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    publicKey,
    fromB64(signature),
    utf8(`${header}.${claims}`),
  )
  if (!isSigned || key !== applicationKey) throw new Error('the call is not signed by the key')
  return JSON.parse(fromUtf8(fromB64(claims))) as Record<string, unknown>
}
