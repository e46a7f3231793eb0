// Seals and opens root.key: the root key and the laptop's admin key under one passphrase.
// Argon2id derives the key for AES-256-GCM. The readable fields are additional data, so that nobody
// can change a parameter without the passphrase.
import { argon2id } from 'hash-wasm'
import { concat, fromB64, randomBytes, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Stop } from '#scripts/shared/progress'

export interface OrganisationKeys {
  root: Bytes
  admin: Bytes
}

const MIN_PASSPHRASE = 20
const MIN_MEMORY_KIB = 64 * 1024
const MIN_PASSES = 3
const NONCE_BYTES = 12
const LENGTH_BYTES = 2

interface KeyFile {
  what: string
  memoryKib: number
  passes: number
  salt: string
  sealed: string
}

const WHAT = 'oasis/v1/organisation-keys'

const isKeyFile = (value: unknown): value is KeyFile =>
  typeof value === 'object' &&
  value !== null &&
  'what' in value &&
  value.what === WHAT &&
  'memoryKib' in value &&
  typeof value.memoryKib === 'number' &&
  'passes' in value &&
  typeof value.passes === 'number' &&
  'salt' in value &&
  typeof value.salt === 'string' &&
  'sealed' in value &&
  typeof value.sealed === 'string'

async function keyUnder(passphrase: string, file: Omit<KeyFile, 'sealed'>): Promise<CryptoKey> {
  const stretched = await argon2id({
    password: passphrase.normalize('NFC'),
    salt: fromB64(file.salt),
    memorySize: file.memoryKib,
    iterations: file.passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
  return crypto.subtle.importKey('raw', new Uint8Array(stretched), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}

const readable = ({ what, memoryKib, passes, salt }: Omit<KeyFile, 'sealed'>): Bytes =>
  utf8(JSON.stringify([what, memoryKib, passes, salt]))

/** Checks a new passphrase. @returns null when it is good, else the sentence to show */
export function passphraseFault(passphrase: string): string | null {
  if ([...passphrase.trim()].length < MIN_PASSPHRASE) {
    return (
      `A passphrase needs at least ${MIN_PASSPHRASE} characters: ` +
      'five or six words that do not belong together are good.'
    )
  }
  if (new Set(passphrase).size < 6) {
    return 'This passphrase repeats a few characters; take words that do not belong together.'
  }
  return null
}

export async function sealKeyFile(passphrase: string, keys: OrganisationKeys): Promise<string> {
  const head = {
    what: WHAT,
    memoryKib: MIN_MEMORY_KIB,
    passes: MIN_PASSES,
    salt: toB64(randomBytes(16)),
  }
  const iv = randomBytes(NONCE_BYTES)
  const rootLength = new Uint8Array([keys.root.length >> 8, keys.root.length & 255])
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: readable(head) },
    await keyUnder(passphrase, head),
    concat(rootLength, keys.root, keys.admin),
  )
  const file: KeyFile = { ...head, sealed: toB64(concat(iv, new Uint8Array(sealed))) }
  return `${JSON.stringify(file, null, 2)}\n`
}

export async function openKeyFile(passphrase: string, text: string): Promise<OrganisationKeys> {
  const file: unknown = JSON.parse(text)
  if (!isKeyFile(file)) throw new Stop('This file is not a key file of an organisation.')
  if (file.memoryKib < MIN_MEMORY_KIB || file.passes < MIN_PASSES) {
    throw new Stop('This key file asks for less stretching than is safe; it was tampered with.')
  }
  const sealed = fromB64(file.sealed)
  const plain = await crypto.subtle
    .decrypt(
      {
        name: 'AES-GCM',
        iv: sealed.slice(0, NONCE_BYTES),
        additionalData: readable(file),
      },
      await keyUnder(passphrase, file),
      sealed.slice(NONCE_BYTES),
    )
    .catch(() => {
      throw new Stop('The passphrase is wrong, or the key file is damaged.')
    })
  const keys = new Uint8Array(plain)
  const rootEnd = LENGTH_BYTES + (((keys[0] ?? 0) << 8) | (keys[1] ?? 0))
  return { root: keys.slice(LENGTH_BYTES, rootEnd), admin: keys.slice(rootEnd) }
}
