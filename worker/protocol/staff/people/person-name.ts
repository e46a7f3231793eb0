// Binds the name of a person to the ledger, which contains no names. A row contains the hash of a
// salt and the name. The table of people contains the salt and the name, and both can be deleted
// from it.
import { fromB64, sha256, toB64, utf8 } from '../../bytes.ts'

/** A name in the form in which the table of people stores it. */
export interface SaltedName {
  name: string
  /**
   * base64url of NAME_SALT_BYTES random bytes, so that nobody can find the name by hashing guesses
   */
  salt: string
}

/** Computes SHA-256(`oasis/v1/person-name` ‖ salt ‖ UTF-8 of the name), in base64url. */
export const nameHashOf = async ({ name, salt }: SaltedName): Promise<string> =>
  toB64(await sha256(utf8('oasis/v1/person-name'), fromB64(salt), utf8(name)))
