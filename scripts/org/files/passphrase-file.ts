// Seals bytes in a file under a passphrase, and opens such a file. Argon2id derives the key for
// AES-256-GCM. The readable fields are authenticated as additional data, so that nobody without the
// passphrase can change a parameter.
import { argon2id } from 'hash-wasm'
import * as z from 'zod/mini'
import { concat, fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { ARGON2_FLOOR } from '#protocol/limits'
import { Stop } from '#scripts/shared/progress'

const MIN_KEY_PASSPHRASE = 20
const NONCE_BYTES = 12

const PassphraseFile = z.object({
  /** the label for the file's content */
  what: z.string(),
  memoryKib: z.number(),
  passes: z.number(),
  salt: z.string(),
  sealed: z.string(),
})
type PassphraseFile = z.infer<typeof PassphraseFile>
type Head = Omit<PassphraseFile, 'sealed'>

async function keyUnder(passphrase: string, { salt, memoryKib, passes }: Head): Promise<CryptoKey> {
  const stretched = await argon2id({
    password: passphrase.normalize('NFC'),
    salt: fromB64(salt),
    memorySize: memoryKib,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
  return crypto.subtle.importKey('raw', new Uint8Array(stretched), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}

const readable = ({ what, memoryKib, passes, salt }: Head): Bytes =>
  utf8(JSON.stringify([what, memoryKib, passes, salt]))

/** Checks a new passphrase. @returns null for a good passphrase, otherwise the sentence to show */
export function passphraseFault(passphrase: string): string | null {
  if ([...passphrase.trim()].length < MIN_KEY_PASSPHRASE) {
    return (
      `A passphrase needs at least ${MIN_KEY_PASSPHRASE} characters: ` +
      'five or six words that do not belong together are good.'
    )
  }
  if (new Set(passphrase).size < 6) {
    return 'This passphrase repeats a few characters; take words that do not belong together.'
  }
  return null
}

/**
 * Seals bytes under a passphrase.
 *
 * @param what  the label for the kind of bytes
 * @returns the text of the file
 */
export async function sealUnderPassphrase(
  passphrase: string,
  what: string,
  bytes: Bytes,
): Promise<string> {
  const head = {
    what,
    ...ARGON2_FLOOR,
    salt: toB64(randomBytes(16)),
  }
  const iv = randomBytes(NONCE_BYTES)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: readable(head) },
    await keyUnder(passphrase, head),
    bytes,
  )
  const file: PassphraseFile = { ...head, sealed: toB64(concat(iv, new Uint8Array(sealed))) }
  return `${JSON.stringify(file, null, 2)}\n`
}

/**
 * Opens the bytes of a file.
 *
 * @param what  the label that the file must have
 * @throws Stop for a different kind of file, for too little key stretching, or for a wrong
 *   passphrase
 */
export async function openUnderPassphrase(
  passphrase: string,
  what: string,
  text: string,
): Promise<Bytes> {
  const { data: file } = PassphraseFile.safeParse(JSON.parse(text))
  if (file?.what !== what) throw new Stop('This file is not a key file of an organisation.')
  if (file.memoryKib < ARGON2_FLOOR.memoryKib || file.passes < ARGON2_FLOOR.passes) {
    throw new Stop('This key file asks for less stretching than is safe; it was tampered with.')
  }
  const sealed = fromB64(file.sealed)
  const iv = sealed.slice(0, NONCE_BYTES)
  const plain = await crypto.subtle
    .decrypt(
      { name: 'AES-GCM', iv, additionalData: readable(file) },
      await keyUnder(passphrase, file),
      sealed.slice(NONCE_BYTES),
    )
    .catch(() => {
      throw new Stop('The passphrase is wrong, or the key file is damaged.')
    })
  return new Uint8Array(plain)
}
