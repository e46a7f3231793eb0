// Writes and reads the printed secret: 16 random bytes and 4 check bytes, as 8 groups of 4
// characters. Crockford's base 32 has no letters that look like digits. The check bytes only detect
// typos; they do not protect the secret.
import { concat, randomBytes, sameBytes, sha256, utf8, type Bytes } from '#protocol/bytes'
import { fromCrockford, groupCrockford, toCrockford } from '#protocol/crypto/crockford'

const SECRET_BYTES = 16
const CHECK_BYTES = 4
const CHARACTERS = 32

export const makePrintedSecret = (): Bytes => randomBytes(SECRET_BYTES)

const checkOf = async (secret: Bytes): Promise<Bytes> =>
  (await sha256(utf8('oasis/v1/printed-secret'), secret)).slice(0, CHECK_BYTES)

/** `7K2M 9XQ4 …`: 32 characters in groups of four. */
export const writePrintedSecret = async (secret: Bytes): Promise<string> =>
  groupCrockford(toCrockford(concat(secret, await checkOf(secret))))

export type ReadSecret = { secret: Bytes } | { typo: 'length' | 'letter' | 'check' }

/** Reads a typed secret in the same way as fromCrockford, or reports the typo. */
export async function readPrintedSecret(typed: string): Promise<ReadSecret> {
  const read = fromCrockford(typed, CHARACTERS)
  if ('typo' in read) return read
  const secret = read.bytes.slice(0, SECRET_BYTES)
  return sameBytes(await checkOf(secret), read.bytes.slice(SECRET_BYTES))
    ? { secret }
    : { typo: 'check' }
}
