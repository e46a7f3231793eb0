// Makes an organisation: root, admin, publishing and recovery key, first epoch, signed manifest,
// invitation.
// The code draws random bytes and has no other effect. The result holds only values that are
// public, sealed, or meant for paper. Plain private keys never leave this module.
import { dayNumber } from '#protocol/time'
import { hpkeSeal } from '#protocol/crypto/hpke-seal'
import { openEpochKeys } from '#scripts/org/epoch-key'
import {
  importSigningKey,
  makeHybridPair,
  makeSealingPair,
  makeSigningPair,
} from '#scripts/org/keys'
import { sealKeyFile } from '#scripts/org/key-file'
import { makePublishingFile } from '#scripts/org/publishing-key'
import { splitRecoveryKey } from '#scripts/org/shares'
import { randomBytes, sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import {
  INTAKE_LABEL,
  INVITATION_DAYS,
  intakeInfo,
  invitationKeys,
} from '#protocol/staff/invitation'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { writeEpochKeys } from '#protocol/keys/epoch-private-keys'
import { certifyAdmin, signManifest, trustedManifest } from '#protocol/keys/manifest'

// An epoch lasts a year, so that a small team seldom has to sign new keys.
const EPOCH_DAYS = 365
const ADMIN_DAYS = 730

export interface Organisation {
  /** root public key, 65 bytes: pinned in the pages */
  root: Bytes
  /** signed manifest of the first epoch, 308 bytes */
  manifest: Bytes
  /** the first epoch's hybrid key, 1,216 bytes */
  hybridKey: Bytes
  /** the recovery key's public half, 65 bytes */
  recovery: Bytes
  /** the epoch's private keys, sealed to the recovery key */
  sealedForRecovery: Bytes
  epoch: number
  firstDay: number
  lastDay: number
  /** text of the passphrase-protected file */
  keyFile: string
  /** text of publishing.key, under a passphrase of its own */
  publishingFile: string
  /** three recovery shares, 72 characters each */
  shares: string[]
  invitation: {
    secret: Bytes
    tokenHash: Bytes
    roles: string[]
    sealedIntake: { epoch: number; sealed: string }[]
    /** last day on which the invitation serves, in days since 1970 */
    expiresDay: number
  }
}

/**
 * Makes an organisation.
 *
 * @param passphrase            of root.key
 * @param publishingPassphrase  of publishing.key; a throw-away organisation has only one
 */
export async function makeOrganisation(
  passphrase: string,
  now: number,
  publishingPassphrase = passphrase,
): Promise<Organisation> {
  const [rootPair, adminPair, recovery, intake, hybrid] = await Promise.all([
    makeSigningPair(),
    makeSigningPair(),
    makeSealingPair(),
    makeSealingPair(),
    makeHybridPair(),
  ])
  const epoch = 1
  const firstDay = dayNumber(now)
  const lastDay = firstDay + EPOCH_DAYS
  const adminLastDay = firstDay + ADMIN_DAYS
  const certificate = await certifyAdmin(
    await importSigningKey(rootPair.privateKey),
    adminPair.publicKey,
    adminLastDay,
  )
  const manifest = await signManifest(await importSigningKey(adminPair.privateKey), certificate, {
    epoch,
    firstDay,
    lastDay,
    intake: intake.publicKey,
    hybridHash: await sha256(hybrid.publicKey),
    admin: adminPair.publicKey,
    adminLastDay,
  })
  await trustedManifest(manifest, rootPair.publicKey, now)

  const privateKeys = writeEpochKeys({ hybridSeed: hybrid.privateKey, pkcs8: intake.privateKey })
  const sealedForRecovery = await hpkeSeal(
    recovery.publicKey,
    intakeInfo(epoch),
    new Uint8Array(0),
    privateKeys,
  )
  const shares = await splitRecoveryKey(recovery)
  for (const missing of shares.keys()) {
    const two = shares.filter((_, at) => at !== missing)
    const opened = await openEpochKeys(two, recovery.publicKey, { epoch, sealedForRecovery })
    if (!sameBytes(writeEpochKeys(opened), privateKeys))
      throw new Error('Two shares did not open the keys of the epoch.')
  }

  const secret = randomBytes(32)
  const { token, key } = await invitationKeys(secret)
  return {
    root: rootPair.publicKey,
    manifest,
    hybridKey: hybrid.publicKey,
    recovery: recovery.publicKey,
    sealedForRecovery,
    epoch,
    firstDay,
    lastDay,
    keyFile: await sealKeyFile(passphrase, {
      root: rootPair.privateKey,
      admin: adminPair.privateKey,
    }),
    publishingFile: await makePublishingFile(rootPair.privateKey, publishingPassphrase, firstDay),
    shares,
    invitation: {
      secret,
      tokenHash: await sha256(token),
      roles: ['admin', 'intake'],
      sealedIntake: [{ epoch, sealed: toB64(await sealUnderKey(key, INTAKE_LABEL, privateKeys)) }],
      expiresDay: firstDay + INVITATION_DAYS,
    },
  }
}
