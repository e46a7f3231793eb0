// Imitates a passkey, to measure signing in. The code answers a challenge as an authenticator
// would (WebAuthn, section 6).
import { concat, randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'

export interface SoftPasskey {
  id: Bytes
  cose: Bytes
  privateKey: CryptoKey
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const USER_PRESENT_AND_VERIFIED = 0x05

// COSE key: { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y }
const cose = (point: Bytes): Bytes =>
  concat(
    new Uint8Array([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    point.slice(1, 33),
    new Uint8Array([0x22, 0x58, 0x20]),
    point.slice(33),
  )

export async function makePasskey(): Promise<SoftPasskey> {
  const pair = await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { id: randomBytes(16), cose: cose(point), privateKey: pair.privateKey }
}

// Writes r ‖ s as the two DER integers that WebAuthn asks for.
function der(signature: Bytes): Bytes {
  const integer = (half: Bytes): Bytes => {
    const from = half.findIndex((byte) => byte !== 0)
    const short = half.slice(Math.max(0, from))
    const value = (short[0] ?? 0) > 127 ? concat(new Uint8Array(1), short) : short
    return concat(new Uint8Array([2, value.length]), value)
  }
  const both = concat(integer(signature.slice(0, 32)), integer(signature.slice(32)))
  return concat(new Uint8Array([0x30, both.length]), both)
}

export async function assertion(
  passkey: SoftPasskey,
  { challenge, origin, owner }: { challenge: string; origin: string; owner: Bytes },
): Promise<Record<string, unknown>> {
  const clientData = utf8(
    JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }),
  )
  const authenticator = concat(
    await sha256(utf8(new URL(origin).hostname)),
    new Uint8Array([USER_PRESENT_AND_VERIFIED, 0, 0, 0, 1]),
  )
  const signed = concat(authenticator, await sha256(clientData))
  const signature = new Uint8Array(await crypto.subtle.sign(ECDSA, passkey.privateKey, signed))
  return {
    id: toB64(passkey.id),
    rawId: toB64(passkey.id),
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: toB64(clientData),
      authenticatorData: toB64(authenticator),
      signature: toB64(der(signature)),
      userHandle: toB64(owner),
    },
  }
}
