// Turns the master key into keys that work, and wipes it. The keys in memory can open and sign, and
// cannot be exported.
import { fromB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { type Me } from '#protocol/staff/people'
import { openIntake, type EpochKeys } from './intake-key.ts'
import { openUnderKey } from './aead-open.ts'
import { openTeamKeys, type TeamKeys } from './team-key.ts'
import { PERSON_LABEL, readPrivateHalves } from './private-halves.ts'
import { importSealingKey, type HybridOpeningKey } from './seal-to.ts'

/** The keys that readers share. Both parts are empty for a person without the intake role. */
export interface SharedKeys extends TeamKeys {
  /** by epoch */
  intake: ReadonlyMap<number, EpochKeys>
}

export interface UnlockedKeys extends SharedKeys {
  personId: string
  own: HybridOpeningKey
  sign: CryptoKey
  /** base64url, compared with the private keys on unlocking */
  publicKeys: { signPublic: string; hpkePublic: string }
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }

/**
 * @param master  32 bytes; zeros afterwards
 * @throws Refusal `cannot_open` when the server's keys are not the ones that were sealed
 * @throws Refusal `network` when the browser needs the library with X-Wing and does not get it
 */
export async function unlockKeys(me: Me, master: Bytes): Promise<UnlockedKeys> {
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
    const keys = { personId: me.id, own, sign, publicKeys }
    return { ...keys, ...(await openSharedKeys(keys, me)) }
  } finally {
    master.fill(0)
  }
}

/**
 * Opens the keys of each epoch and of each team generation that the server has for a person.
 *
 * @throws Refusal `cannot_open`
 */
export async function openSharedKeys(
  { own }: Pick<UnlockedKeys, 'own'>,
  me: Pick<Me, 'intake' | 'team'>,
): Promise<SharedKeys> {
  const intake = new Map<number, EpochKeys>()
  for (const each of me.intake) intake.set(each.epoch, await openIntake(own, each))
  return { intake, ...(await openTeamKeys(own, me.team)) }
}

async function signsAs(sign: CryptoKey, publicKey: Bytes): Promise<boolean> {
  const probe = utf8('oasis/v1/probe')
  return isSignedBy(publicKey, await signBytes(sign, probe), probe)
}
