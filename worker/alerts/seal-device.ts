// Seals devices and the call-signing key under a secret that the edge holds. The database alone
// therefore neither reveals a provider nor allows a call. To make a call, the edge decrypts the
// device records and the key in memory.
import { concat, fromB64, fromUtf8, toB64, utf8, type Bytes } from '#protocol/bytes'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { deriveBytes } from '#protocol/crypto/hkdf'
import { b64Of, point } from '#protocol/staff/fields'
import { DeviceKeys } from '#protocol/staff/alerts/alerts'
import { parseJson } from '#worker/parse'
import * as z from 'zod/mini'

/** The key pair that signs calls (RFC 8292), in the format that the library uses. */
export const SigningKey = z.object({ publicKey: point, privateKey: b64Of(32) })
export type SigningKey = z.infer<typeof SigningKey>

/**
 * Each device is padded to this length before sealing, because the length of its address would
 * reveal the provider.
 */
const DEVICE_CHARS = 1300
const IV_BYTES = 12

const keyFrom = (secret: Bytes): Promise<Bytes> => deriveBytes(secret, 'oasis/v1/push', 32)
const deviceLabel = (id: Bytes): string => `oasis/v1/device/${toB64(id)}`
const KEY_LABEL = 'oasis/v1/push-key'

export const sealDevice = async (secret: Bytes, id: Bytes, device: DeviceKeys): Promise<Bytes> =>
  sealUnderKey(
    await keyFrom(secret),
    deviceLabel(id),
    utf8(JSON.stringify(device).padEnd(DEVICE_CHARS)),
  )

/** Opens a device. Returns null for bytes that were sealed under another secret. */
export const openDevice = async (
  secret: Bytes,
  id: Bytes,
  sealed: Bytes,
): Promise<DeviceKeys | null> => {
  const text = await openText(secret, deviceLabel(id), sealed)
  return text === null ? null : parseJson(DeviceKeys, text)
}

/** Makes a key that signs calls, and seals it. */
export async function makeSigningKey(secret: Bytes): Promise<Bytes> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
  ])
  const { x = '', y = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const publicKey = toB64(concat(new Uint8Array([4]), fromB64(x), fromB64(y)))
  const key: SigningKey = { publicKey, privateKey: d }
  return sealUnderKey(await keyFrom(secret), KEY_LABEL, utf8(JSON.stringify(key)))
}

/** Opens the key that signs calls. Returns null for bytes that were sealed under another secret. */
export async function openSigningKey(secret: Bytes, sealed: Bytes): Promise<SigningKey | null> {
  const text = await openText(secret, KEY_LABEL, sealed)
  return text === null ? null : parseJson(SigningKey, text)
}

async function openText(secret: Bytes, label: string, sealed: Bytes): Promise<string | null> {
  const { subtle } = crypto
  const key = await subtle.importKey('raw', await keyFrom(secret), 'AES-GCM', false, ['decrypt'])
  const parameters = {
    name: 'AES-GCM',
    iv: sealed.slice(0, IV_BYTES),
    additionalData: utf8(label),
  }
  try {
    return fromUtf8(new Uint8Array(await subtle.decrypt(parameters, key, sealed.slice(IV_BYTES))))
  } catch {
    return null
  }
}
