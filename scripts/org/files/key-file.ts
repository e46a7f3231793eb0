// Seals and opens root.key under a passphrase. The file contains the root key, the laptop's admin
// key and the keys of the first epoch.
import { concat, type Bytes } from '#protocol/bytes'
import { openUnderPassphrase, sealUnderPassphrase } from '#scripts/org/files/passphrase-file'
import { Stop } from '#scripts/shared/progress'

export interface OrganisationKeys {
  root: Bytes
  admin: Bytes
  /**
   * the private keys of the first epoch, as `writeEpochKeys` writes them, for the certificate of
   * the first member
   */
  epochKeys: Bytes
}

const WHAT = 'oasis/v1/organisation-keys'
const LENGTH_BYTES = 2

export const sealKeyFile = (passphrase: string, keys: OrganisationKeys): Promise<string> =>
  sealUnderPassphrase(
    passphrase,
    WHAT,
    concat(...[keys.root, keys.admin, keys.epochKeys].flatMap(withLength)),
  )

/** @throws Stop for a wrong passphrase, a damaged file, or a file from an older version */
export async function openKeyFile(passphrase: string, text: string): Promise<OrganisationKeys> {
  const [root, admin, epochKeys] = partsOf(await openUnderPassphrase(passphrase, WHAT, text))
  if (!root || !admin || !epochKeys)
    throw new Stop('An older version made this key file; it has no keys of an epoch.')
  return { root, admin, epochKeys }
}

const withLength = (part: Bytes): Bytes[] => [
  new Uint8Array([part.length >> 8, part.length & 255]),
  part,
]

/** Splits bytes into the parts that withLength wrote. */
function partsOf(bytes: Bytes): Bytes[] {
  const parts: Bytes[] = []
  for (let at = 0; at < bytes.length;) {
    const begin = at + LENGTH_BYTES
    at = begin + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
    parts.push(bytes.slice(begin, at))
  }
  return parts
}
