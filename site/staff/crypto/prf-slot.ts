// A slot that a passkey opens: the passkey's PRF always returns the same 32 bytes, and only for
// this site.
import { fromB64, randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { hkdfExpand, hkdfExtract } from '#protocol/crypto/hkdf'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { ID_BYTES } from '#protocol/limits'
import { PRF_LABEL } from '#protocol/staff/people/sign-in'
import type { NewSlot, Slot } from '#protocol/staff/people/slots'
import { openUnderKey } from './aead-open.ts'

const LABEL = 'oasis/v1/slot/prf'
const SALT_BYTES = 16

/** Returns the 32-byte input that every passkey's PRF receives. */
export const prfInput = (): Promise<Bytes> => sha256(utf8(PRF_LABEL))

const keyOf = async (prfOutput: Bytes, salt: Bytes): Promise<Bytes> =>
  hkdfExpand(await hkdfExtract(salt, prfOutput), utf8(LABEL), 32)

/** @param credentialId  base64url id of the passkey */
export async function sealPrfSlot(
  master: Bytes,
  prfOutput: Bytes,
  credentialId: string,
): Promise<NewSlot> {
  const salt = randomBytes(SALT_BYTES)
  return {
    id: toB64(randomBytes(ID_BYTES)),
    kind: 'prf',
    credentialId,
    salt: toB64(salt),
    memoryKib: 0,
    passes: 0,
    sealedMaster: toB64(await sealUnderKey(await keyOf(prfOutput, salt), LABEL, master)),
    paper: null,
  }
}

/** Returns the master key. Throws Refusal `cannot_open` for the output of another passkey. */
export const openPrfSlot = async (slot: Slot, prfOutput: Bytes): Promise<Bytes> =>
  openUnderKey(await keyOf(prfOutput, fromB64(slot.salt)), LABEL, fromB64(slot.sealedMaster))

/**
 * Returns the master key from the slot of the passkey that was touched. Returns null when no slot
 * belongs to the passkey, or when its PRF returned nothing.
 */
export async function openPrfSlotOf(
  slots: Slot[],
  touched: { credentialId: string; prfOutput: Bytes | null },
): Promise<Bytes | null> {
  const slot = slots.find((each) => each.credentialId === touched.credentialId)
  if (!slot || !touched.prfOutput) return null
  return openPrfSlot(slot, touched.prfOutput).catch(() => null)
}
