// Seals and opens root.key: the root key and the laptop's admin key under one passphrase.
import { concat, type Bytes } from '#protocol/bytes'
import { openUnderPassphrase, sealUnderPassphrase } from '#scripts/org/passphrase-file'

export interface OrganisationKeys {
  root: Bytes
  admin: Bytes
}

const WHAT = 'oasis/v1/organisation-keys'
const LENGTH_BYTES = 2

export function sealKeyFile(passphrase: string, keys: OrganisationKeys): Promise<string> {
  const rootLength = new Uint8Array([keys.root.length >> 8, keys.root.length & 255])
  return sealUnderPassphrase(passphrase, WHAT, concat(rootLength, keys.root, keys.admin))
}

export async function openKeyFile(passphrase: string, text: string): Promise<OrganisationKeys> {
  const keys = await openUnderPassphrase(passphrase, WHAT, text)
  const rootEnd = LENGTH_BYTES + (((keys[0] ?? 0) << 8) | (keys[1] ?? 0))
  return { root: keys.slice(LENGTH_BYTES, rootEnd), admin: keys.slice(rootEnd) }
}
