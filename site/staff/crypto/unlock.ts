// Converts the master key into usable keys, and wipes the master key. The keys in memory can open
// and sign, but cannot be exported.
import { fromB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { type Me } from '#protocol/staff/people/people'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { openUnderKey } from './aead-open.ts'
import { PERSON_LABEL, readPrivateHalves } from './private-halves.ts'
import { importSealingKey, type HybridOpeningKey } from './seal-to.ts'
import { openCopies, proveKeys, type SharedKeys, type UnprovenKeys } from './shared-keys.ts'

/** The keys that belong to one person only. */
export interface OpenOwnKeys {
  personId: string
  own: HybridOpeningKey
  sign: CryptoKey
  /** base64url, compared with the private keys during unlocking */
  publicKeys: { signPublic: string; hpkePublic: string }
}

/** The keys of a person before the ledger is replayed. */
export interface KeysBeforeProof extends OpenOwnKeys {
  unproven: UnprovenKeys
}

/** The keys of a person, with the shared keys that the roster lists. */
export interface UnlockedKeys extends OpenOwnKeys, SharedKeys {}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }

/**
 * @param master  32 bytes, overwritten with zeros
 * @throws Refusal `cannot_open` when the server's public keys differ from the sealed ones
 * @throws Refusal `network` when the browser needs the library for X-Wing and cannot load it
 */
export async function unlockKeys(me: Me, master: Bytes): Promise<KeysBeforeProof> {
  try {
    const sealed = fromB64(me.keys.sealedPrivate)
    const halves = readPrivateHalves(await openUnderKey(master, PERSON_LABEL, sealed))
    const own = await importSealingKey(fromB64(halves.hpke), fromB64(halves.hpkePublic))
    const sign = await crypto.subtle.importKey('pkcs8', fromB64(halves.sign), ECDSA, false, [
      'sign',
    ])
    const belongs =
      halves.hpkePublic === me.keys.hpkePublic &&
      halves.signPublic === me.keys.signPublic &&
      (await signsAs(sign, fromB64(me.keys.signPublic)))
    if (!belongs) throw new Refusal('cannot_open')

    const { hpkePublic, signPublic } = me.keys
    const publicKeys = { hpkePublic, signPublic }
    return { personId: me.id, own, sign, publicKeys, unproven: await openCopies(own, me) }
  } finally {
    master.fill(0)
  }
}

/** Returns the keys with which a person works, as proven by a replayed roster. */
export const unlockedBy = async (
  { unproven, ...own }: KeysBeforeProof,
  roster: Pick<Roster, 'epochs' | 'teams'>,
): Promise<UnlockedKeys> => ({ ...own, ...(await proveKeys(unproven, roster)).shared })

async function signsAs(sign: CryptoKey, publicKey: Bytes): Promise<boolean> {
  const probe = utf8('oasis/v1/probe')
  return isSignedBy(publicKey, await signBytes(sign, probe), probe)
}
