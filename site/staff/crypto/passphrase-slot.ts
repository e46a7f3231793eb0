// Seals and opens a slot with a passphrase and a printed secret together, and signs in with both.
// Neither of them opens the slot alone. The minimum cost of Argon2 is compiled in, so a server
// cannot make the app derive an easily guessed key.
import { concat, fromB64, randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { deriveBytes, hkdfExpand, hkdfExtract } from '#protocol/crypto/hkdf'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { ARGON2_FLOOR, ID_BYTES } from '#protocol/limits'
import type { NewSlot, Slot } from '#protocol/staff/people/slots'
import type { PaperSignIn } from '#protocol/staff/people/sign-in'
import { openUnderKey } from './aead-open.ts'

export interface Stretching {
  memoryKib: number
  passes: number
}

/** A higher cost would only make unlocking fail on old phones. */
const CEILING: Stretching = { memoryKib: 256 * 1024, passes: 10 }

const LABEL = 'oasis/v1/slot/passphrase'

/** The keys derived from one sheet and its passphrase. */
interface PaperKeys {
  /** identifies the slot on the server, 16 bytes */
  lookup: Bytes
  /** opens the slot; the server never receives it */
  key: Bytes
  /** used to sign in, 32 bytes */
  proof: Bytes
  salt: Bytes
}

// The salt comes from the sheet, so that the device can derive keys before the server responds.
async function keysOf(
  passphrase: string,
  printedSecret: Bytes,
  { memoryKib, passes }: Stretching,
): Promise<PaperKeys> {
  const both = await deriveBytes(printedSecret, 'oasis/v1/paper', 32)
  const [lookup, salt] = [both.slice(0, 16), both.slice(16)]
  // Loaded only here, because people usually sign in with a passkey.
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
  const root = await hkdfExtract(salt, concat(stretched, printedSecret))
  return {
    lookup,
    salt,
    key: await hkdfExpand(root, utf8(LABEL), 32),
    proof: await hkdfExpand(root, utf8('oasis/v1/paper/sign-in'), 32),
  }
}

/** @param printedSecret  16 bytes */
export async function sealPassphraseSlot(
  master: Bytes,
  passphrase: string,
  printedSecret: Bytes,
  stretching: Stretching = ARGON2_FLOOR,
): Promise<NewSlot> {
  const { lookup, salt, key, proof } = await keysOf(passphrase, printedSecret, stretching)
  return {
    id: toB64(randomBytes(ID_BYTES)),
    kind: 'passphrase',
    credentialId: null,
    salt: toB64(salt),
    ...stretching,
    sealedMaster: toB64(await sealUnderKey(key, LABEL, master)),
    paper: {
      lookupHash: toB64(await sha256(lookup)),
      proofHash: toB64(await sha256(proof)),
    },
  }
}

async function openSlot(slot: Slot, key: Bytes): Promise<Bytes> {
  try {
    return await openUnderKey(key, LABEL, fromB64(slot.sealedMaster))
  } catch (cause) {
    throw new Refusal('wrong_passphrase', { cause })
  }
}

/**
 * Returns the master key.
 *
 * @param floor  only tests pass lower values, because 64 MiB would make tests too slow
 * @throws Refusal `malformed` for a cost below the minimum (or absurdly high), `wrong_passphrase`
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
  const { key } = await keysOf(passphrase, printedSecret, slot)
  return openSlot(slot, key)
}

/**
 * Access with a printed sheet: the part that the server may see, and the function that then opens
 * the slots.
 */
export interface PaperEntry {
  signIn: PaperSignIn
  /** @throws Refusal `wrong_passphrase` when no slot opens */
  open: (slots: Slot[]) => Promise<Bytes>
}

/** Prepares to sign in with a sheet and its passphrase, before the server responds. */
export async function paperEntry(
  passphrase: string,
  printedSecret: Bytes,
  stretching: Stretching = ARGON2_FLOOR,
): Promise<PaperEntry> {
  const { lookup, key, proof } = await keysOf(passphrase, printedSecret, stretching)
  return {
    signIn: { lookup: toB64(lookup), proof: toB64(proof) },
    open: async (slots) => {
      for (const slot of slots.filter(({ kind }) => kind === 'passphrase')) {
        const master = await openSlot(slot, key).catch(() => null)
        if (master) return master
      }
      throw new Refusal('wrong_passphrase')
    },
  }
}

/**
 * Tries every passphrase slot, so that the person need not know which slot belongs to the sheet.
 * Throws the codes of openPassphraseSlot.
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
