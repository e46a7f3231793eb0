// Imitates a passkey in software: ES256, attestation "none", user verified. A test can falsify
// every part of a response. The layouts follow WebAuthn level 3, sections 6.1 and 6.5. The code
// writes CBOR by hand, because only four shapes occur.
import { concat, randomBytes, sha256, toB64, u32, utf8, type Bytes } from '#protocol/bytes'

const FLAGS = { present: 1, verified: 4, attested: 0x40 }

export interface Options {
  challenge: string
  rpId: string
  origin: string
  /** the user handle in the options */
  user?: string
}

export interface Falsified {
  type?: string
  verified?: boolean
}

export interface Authenticator {
  credentialId: string
  /** the user handle of the passkey */
  handle: () => string
  create: (options: Options, falsified?: Falsified) => Promise<Record<string, unknown>>
  get: (options: Options, falsified?: Falsified) => Promise<Record<string, unknown>>
}

export async function authenticator(): Promise<Authenticator> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const id = randomBytes(32)
  const credentialId = toB64(id)
  let owner = ''
  let counter = 0

  const authData = async (rpId: string, flags: number, attested: Bytes = new Uint8Array(0)) =>
    concat(await sha256(utf8(rpId)), new Uint8Array([flags]), u32(++counter), attested)
  const credential = (response: Record<string, unknown>) => ({
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })

  return {
    credentialId,
    handle: () => owner,
    async create({ challenge, rpId, origin, user = '' }, falsified = {}) {
      owner = user
      // an all-zero aaguid, the length of the id, the id, COSE key `{1: 2, 3: -7, -1: 1, -2: x, -3:
      // y}`
      const attested = concat(
        ...[new Uint8Array(16), new Uint8Array([0, id.length]), id],
        new Uint8Array([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]),
        ...[point.slice(1, 33), new Uint8Array([0x22, 0x58, 32]), point.slice(33)],
      )
      const flags =
        FLAGS.present | FLAGS.attested | (falsified.verified === false ? 0 : FLAGS.verified)
      const data = await authData(rpId, flags, attested)
      const attestation = concat(
        ...[new Uint8Array([0xa3, 0x63]), utf8('fmt'), new Uint8Array([0x64]), utf8('none')],
        ...[new Uint8Array([0x67]), utf8('attStmt'), new Uint8Array([0xa0, 0x68])],
        ...[utf8('authData'), new Uint8Array([0x58, data.length]), data],
      )
      const client = clientData(falsified.type ?? 'webauthn.create', challenge, origin)
      return credential({ clientDataJSON: toB64(client), attestationObject: toB64(attestation) })
    },
    async get({ challenge, rpId, origin, user = owner }, falsified = {}) {
      const flags = FLAGS.present | (falsified.verified === false ? 0 : FLAGS.verified)
      const data = await authData(rpId, flags)
      const client = clientData(falsified.type ?? 'webauthn.get', challenge, origin)
      const signed = concat(data, await sha256(client))
      const signature = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        signed,
      )
      return credential({
        clientDataJSON: toB64(client),
        authenticatorData: toB64(data),
        signature: toB64(derOf(new Uint8Array(signature))),
        userHandle: user,
      })
    },
  }
}

const clientData = (type: string, challenge: string, origin: string): Bytes =>
  utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

/** Encodes r ‖ s as an ECDSA-Sig-Value (RFC 3279, section 2.2.3). */
function derOf(signature: Bytes): Bytes {
  const integer = (bytes: Bytes): Bytes => {
    let from = 0
    while (from < bytes.length - 1 && bytes[from] === 0) from++
    const digits = bytes.slice(from)
    const positive = (digits[0] ?? 0) & 0x80 ? concat(new Uint8Array(1), digits) : digits
    return concat(new Uint8Array([2, positive.length]), positive)
  }
  const both = concat(integer(signature.slice(0, 32)), integer(signature.slice(32)))
  return concat(new Uint8Array([0x30, both.length]), both)
}
