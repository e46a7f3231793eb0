// Seals and opens pieces of the search index: deflate, then AES-256-GCM. Each revision of a piece
// has a separate key, derived from the team key. The writer signs each piece, so that a former
// reader with the team key cannot alter search results. Format: revision (4) ‖ writer (16) ‖
// signature (64) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
import { concat, fromB64, readU32, sha256, toB64, u32, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { ID_BYTES } from '#protocol/limits'
import { openWithKey, sealWithKey } from './aead-key.ts'

/** The place of a piece: its generation of the team key, and its number. */
export interface PiecePlace {
  generation: number
  n: number
}

/** The colleague who writes a piece. */
export interface PieceSigner {
  personId: string
  /** ECDSA private key */
  sign: CryptoKey
}

/** An opened piece. */
export interface OpenPiece {
  /** base64url id of the colleague who wrote it */
  writer: string
  /** increases by one with each version */
  revision: number
  /** the text that was sealed */
  json: Bytes
}

const SIGNATURE_BYTES = 64
const HEAD_BYTES = 4 + ID_BYTES + SIGNATURE_BYTES

/** Imports the team key for derivation only. @param key  32 bytes; the caller wipes them */
export const pieceRoot = (key: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey'])

const labelOf = ({ generation, n }: PiecePlace, revision: number, writer: string): string =>
  `oasis/v1/piece ${generation} ${n} ${revision} ${writer}`

const keyOf = (root: CryptoKey, label: string): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(label) },
    root,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )

const signedBytes = async (label: string, sealed: Bytes): Promise<Bytes> =>
  concat(utf8(label), await sha256(sealed))

async function through(bytes: Bytes, by: CompressionStream | DecompressionStream): Promise<Bytes> {
  const writer = by.writable.getWriter()
  // An error is ignored here, because reading the output fails with the same error.
  Promise.all([writer.write(bytes), writer.close()]).catch(() => undefined)
  return new Uint8Array(await new Response(by.readable).arrayBuffer())
}

/** @param root  the root key of the generation; see pieceRoot */
export async function sealPiece(
  root: CryptoKey,
  { personId, sign }: PieceSigner,
  place: PiecePlace,
  revision: number,
  json: Bytes,
): Promise<Bytes> {
  const label = labelOf(place, revision, personId)
  const packed = await through(json, new CompressionStream('deflate'))
  const sealed = await sealWithKey(await keyOf(root, label), label, packed)
  const signature = await signBytes(sign, await signedBytes(label, sealed))
  return concat(u32(revision), fromB64(personId), signature, sealed)
}

/**
 * @param signPublicOf  returns the signing key of a person who can read reports, base64url; null
 *   for anybody else
 * @throws Refusal `cannot_open`; `signature_refused` unless a person who can read reports signed
 */
export async function openPiece(
  root: CryptoKey,
  signPublicOf: (writer: string) => string | null,
  place: PiecePlace,
  stored: Bytes,
): Promise<OpenPiece> {
  if (stored.length <= HEAD_BYTES) throw new Refusal('cannot_open')
  const revision = readU32(stored)
  const writer = toB64(stored.slice(4, 4 + ID_BYTES))
  const signature = stored.slice(4 + ID_BYTES, HEAD_BYTES)
  const sealed = stored.slice(HEAD_BYTES)
  const label = labelOf(place, revision, writer)
  const signPublic = signPublicOf(writer)
  const isSigned =
    signPublic !== null &&
    (await isSignedBy(fromB64(signPublic), signature, await signedBytes(label, sealed)))
  if (!isSigned) throw new Refusal('signature_refused')
  const packed = await openWithKey(await keyOf(root, label), label, sealed)
  try {
    const json = await through(packed, new DecompressionStream('deflate'))
    return { writer, revision, json }
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
