// Seals and opens a slot of a passphrase together with a printed secret. Neither the passphrase
// nor the printed secret opens the slot alone. The lowest cost of Argon2 is compiled in. A server
// thus cannot collect a key that is cheap to guess.
import { concat, fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { hkdfExpand, hkdfExtract } from '#protocol/crypto/hkdf'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { ARGON2_FLOOR, ID_BYTES } from '#protocol/limits'
import { type Slot } from '#protocol/staff/people'
import { openUnderKey } from './aead-open.ts'

export interface Stretching {
  memoryKib: number
  passes: number
}

/** More than this only stops an old phone. */
const CEILING: Stretching = { memoryKib: 256 * 1024, passes: 10 }

const LABEL = 'oasis/v1/slot/passphrase'
const SALT_BYTES = 16

async function keyOf(
  passphrase: string,
  printedSecret: Bytes,
  salt: Bytes,
  { memoryKib, passes }: Stretching,
): Promise<Bytes> {
  // Loaded only here: most days begin with a passkey.
  const { argon2id } = await import('./argon2.ts')
  const stretched = await argon2id({
    password: passphrase.normalize('NFC'),
    salt,
    memorySize: memoryKib,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
  return hkdfExpand(await hkdfExtract(salt, concat(stretched, printedSecret)), utf8(LABEL), 32)
}

/** @param printedSecret  16 bytes */
export async function sealPassphraseSlot(
  master: Bytes,
  passphrase: string,
  printedSecret: Bytes,
  stretching: Stretching = ARGON2_FLOOR,
): Promise<Slot> {
  const salt = randomBytes(SALT_BYTES)
  const key = await keyOf(passphrase, printedSecret, salt, stretching)
  return {
    id: toB64(randomBytes(ID_BYTES)),
    kind: 'passphrase',
    credentialId: null,
    salt: toB64(salt),
    ...stretching,
    sealedMaster: toB64(await sealUnderKey(key, LABEL, master)),
  }
}

/**
 * Returns the master key.
 *
 * @param floor  given only by tests, which have no time for 64 MiB
 * @throws Refusal `malformed` for a cost below the floor (or absurdly above it), `wrong_passphrase`
 *   when the slot does not open
 */
export async function openPassphraseSlot(
  slot: Slot,
  passphrase: string,
  printedSecret: Bytes,
  floor: Stretching = ARGON2_FLOOR,
): Promise<Bytes> {
  const tooWeak = slot.memoryKib < floor.memoryKib || slot.passes < floor.passes
  const absurd = slot.memoryKib > CEILING.memoryKib || slot.passes > CEILING.passes
  if (tooWeak || absurd) throw new Refusal('malformed')
  const key = await keyOf(passphrase, printedSecret, fromB64(slot.salt), slot)
  try {
    return await openUnderKey(key, LABEL, fromB64(slot.sealedMaster))
  } catch (cause) {
    throw new Refusal('wrong_passphrase', { cause })
  }
}

/**
 * Tries every passphrase slot, so that the person need not know which sheet of paper it is. Throws
 * like openPassphraseSlot.
 */
export async function openAnyPassphraseSlot(
  slots: Slot[],
  passphrase: string,
  printedSecret: Bytes,
  floor: Stretching = ARGON2_FLOOR,
): Promise<Bytes> {
  let refusal = new Refusal('wrong_passphrase')
  for (const slot of slots.filter((each) => each.kind === 'passphrase'))
    try {
      return await openPassphraseSlot(slot, passphrase, printedSecret, floor)
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      refusal = cause
    }
  throw refusal
}
