// Salts a person's name, so that the ledger can contain a hash of the name.
import { randomBytes, toB64 } from '#protocol/bytes'
import { NAME_SALT_BYTES } from '#protocol/staff/fields'
import { nameHashOf, type SaltedName } from '#protocol/staff/people/person-name'

/** A name with the hash that a row contains. */
export interface HashedName extends SaltedName {
  nameHash: string
}

/** Draws a new salt for a name. @param typed  may have spaces around it */
export async function saltName(typed: string): Promise<HashedName> {
  const named = { name: typed.trim(), salt: toB64(randomBytes(NAME_SALT_BYTES)) }
  return { ...named, nameHash: await nameHashOf(named) }
}
