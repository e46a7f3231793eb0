// Reads a new slot from a browser and checks its fields. Used both when a person joins and when a
// person adds a slot.
import { sameBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ARGON2_FLOOR } from '#protocol/limits'
import type { NewSlot } from '#protocol/staff/people/slots'
import { parseB64 } from '#worker/parse'
import type { StoredSlot } from '#worker/store/people/slots'

/**
 * Reads a slot. A passkey slot must be for the new passkey, and a passphrase must have at least the
 * minimum cost.
 *
 * @param passkey  id of the new passkey; null for a slot that comes without a passkey
 * @throws Refusal `malformed`
 */
export function readNewSlot(
  slot: NewSlot,
  passkey: Bytes | null,
  { name, addedDay }: Pick<StoredSlot, 'name' | 'addedDay'>,
): StoredSlot {
  const row = {
    ...slot,
    id: parseB64(slot.id),
    credentialId: slot.credentialId === null ? null : parseB64(slot.credentialId),
    salt: parseB64(slot.salt),
    sealedMaster: parseB64(slot.sealedMaster),
    paper: slot.paper && {
      lookupHash: parseB64(slot.paper.lookupHash),
      proofHash: parseB64(slot.paper.proofHash),
    },
    name,
    addedDay,
  }
  if (!isWhole(row, passkey)) throw new Refusal('malformed')
  return row
}

/**
 * Reads the slots for a new person or for new keys. At least one slot must be on paper, so that a
 * lost phone does not lock a person out.
 *
 * @throws Refusal `malformed`
 */
export function readFirstSlots(
  sent: readonly NewSlot[],
  passkey: Bytes,
  addedDay: string,
): StoredSlot[] {
  const slots = sent.map((slot) => readNewSlot(slot, passkey, { name: '', addedDay }))
  const areApart = new Set(sent.map(({ id }) => id)).size === slots.length
  if (!areApart || !slots.some(({ kind }) => kind === 'passphrase')) throw new Refusal('malformed')
  return slots
}

const isWhole = (
  { kind, credentialId, memoryKib, passes, paper }: StoredSlot,
  passkey: Bytes | null,
): boolean =>
  kind === 'prf'
    ? credentialId !== null &&
      passkey !== null &&
      sameBytes(credentialId, passkey) &&
      paper === null
    : credentialId === null &&
      paper !== null &&
      memoryKib >= ARGON2_FLOOR.memoryKib &&
      passes >= ARGON2_FLOOR.passes
