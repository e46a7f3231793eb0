// Makes an epoch's keys in a keeper's browser. The private keys leave this module only in sealed
// form. Key bytes that are not held by WebCrypto are wiped.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { intakeInfo, writeEpochKeys } from '#protocol/keys/epoch-private-keys'
import { signManifest } from '#protocol/keys/manifest'
import { EPOCH_DAYS } from '#protocol/staff/ledger/keys'
import { type Keeper, type Member } from '#protocol/staff/ledger/roster-state'
import { suite } from './hpke-open.ts'
import { sealCopies, type Copies } from './seal-to-holder.ts'
import { makeHybridPair } from './seal-to.ts'
import { type UnlockedKeys } from './unlock.ts'

/** A new epoch whose row is not signed yet. */
export interface MadeEpoch extends Copies {
  /** base64url */
  manifest: string
  /** base64url */
  hybridKey: string
}

/** The readers and the recovery key, from the replayed roster. */
export interface Holders {
  readers: readonly Pick<Member, 'id' | 'hpkePublic'>[]
  /** base64url */
  recovery: string
}

/**
 * Makes the key pairs of both suites, signs the manifest and seals the private keys.
 *
 * @param today  days since 1970, UTC; the first day of the epoch
 */
export async function makeEpoch(
  { sign, publicKeys }: Pick<UnlockedKeys, 'sign' | 'publicKeys'>,
  keeper: Keeper,
  { readers, recovery }: Holders,
  { epoch, today }: { epoch: number; today: number },
): Promise<MadeEpoch> {
  const [pair, hybrid] = await Promise.all([suite.GenerateKeyPair(true), makeHybridPair()])
  const manifest = await signManifest(sign, fromB64(keeper.certificate), {
    epoch,
    firstDay: today,
    lastDay: today + EPOCH_DAYS,
    intake: new Uint8Array(await suite.SerializePublicKey(pair.publicKey)),
    hybridHash: await sha256(hybrid.publicKey),
    admin: fromB64(publicKeys.signPublic),
    adminLastDay: keeper.lastDay,
  })
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const both = writeEpochKeys({ hybridSeed: hybrid.seed, pkcs8 })
  try {
    const copies = await sealCopies(readers, recovery, intakeInfo(epoch), both)
    return { manifest: toB64(manifest), hybridKey: toB64(hybrid.publicKey), ...copies }
  } finally {
    for (const bytes of [both, pkcs8, hybrid.seed]) bytes.fill(0)
  }
}
