// Seals a person's saved views of the list to the person's own hybrid key. Anybody can seal to a
// public key, so the text inside carries the person's own signature. Without it, a server could
// insert views that hide cases. All that a server can do is put back older views of the same
// person.
import { concat, fromB64, toB64, utf8, type Bytes } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { Refusal } from '#protocol/errors'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { VIEWS_BYTES } from '#protocol/staff/list/views'
import { hpkeOpen } from './hpke-open.ts'
import { sealTo } from './seal-to.ts'
import { type UnlockedKeys } from './unlock.ts'

const LABEL = utf8('oasis/v1/list-views')
const NONE: Bytes = new Uint8Array(0)
/** An ECDSA signature, r ‖ s. */
const SIGNATURE_BYTES = 64

type OwnKeys = Pick<UnlockedKeys, 'own' | 'sign' | 'publicKeys'>

/** Seals the text of saved views. @throws Refusal `text_too_long` */
export async function sealViews(keys: OwnKeys, text: string): Promise<string> {
  const padded = padText(text, VIEWS_BYTES - SIGNATURE_BYTES)
  const signature = await signBytes(keys.sign, concat(LABEL, padded))
  return toB64(await sealTo(keys.own.publicBytes, LABEL, concat(signature, padded)))
}

/** @throws Refusal `cannot_open`, including for views that the person did not sign */
export async function openViews(keys: OwnKeys, sealed: string): Promise<string> {
  const plain = await hpkeOpen(keys.own, LABEL, NONE, fromB64(sealed))
  if (plain.length !== VIEWS_BYTES) throw new Refusal('cannot_open')
  const [signature, padded] = [plain.slice(0, SIGNATURE_BYTES), plain.slice(SIGNATURE_BYTES)]
  const signPublic = fromB64(keys.publicKeys.signPublic)
  if (!(await isSignedBy(signPublic, signature, concat(LABEL, padded))))
    throw new Refusal('cannot_open')
  return unpadText(padded)
}
