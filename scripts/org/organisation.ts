// Makes an organisation: root key, admin key, recovery key, first epoch, signed manifest, first invitation. Pure but for
// randomness: what is returned is either public, sealed, or meant for paper. Private keys in plain never leave this module.
import { openProbe, probeFor } from '#scripts/org/probe'
import { importSigningKey, makeSealingPair, makeSigningPair } from '#scripts/org/keys'
import { sealKeyFile } from '#scripts/org/key-file'
import { combineShares, splitRecoveryKey } from '#scripts/org/shares'
import { randomBytes, sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { INTAKE_LABEL, INVITATION_DAYS, invitationKeys } from '#protocol/invitation'
import { sealUnderKey } from '#protocol/seal-under-key'
import { dayNumber } from '#protocol/limits'
import { certifyAdmin, signManifest, trustedManifest } from '#protocol/manifest'

// A year: long enough for a small team, and the page warns long before. A leaver means a new epoch the same day anyway.
const EPOCH_DAYS = 365
const ADMIN_DAYS = 730

export type Organisation = {
  /** root public key, 65 bytes: pinned in the pages */
  root: Bytes
  /** signed manifest of the first epoch, 341 bytes */
  manifest: Bytes
  epoch: number
  firstDay: number
  lastDay: number
  /** text of the passphrase-protected file */
  keyFile: string
  /** three recovery shares, 72 characters each */
  shares: string[]
  invitation: {
    secret: Bytes
    tokenHash: Bytes
    roles: string[]
    sealedIntake: { epoch: number; sealed: string }[]
    /** last day on which it serves, days since 1970 */
    expiresDay: number
  }
}

export async function makeOrganisation(passphrase: string, now: number): Promise<Organisation> {
  const [rootPair, adminPair, recovery, intake] = await Promise.all([
    makeSigningPair(),
    makeSigningPair(),
    makeSealingPair(),
    makeSealingPair(),
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
    recovery: recovery.publicKey,
    admin: adminPair.publicKey,
    adminLastDay,
  })
  await trustedManifest(manifest, rootPair.publicKey, now)

  const shares = await splitRecoveryKey(recovery)
  await proveShares(shares, recovery.publicKey)

  const secret = randomBytes(32)
  const { token, key } = await invitationKeys(secret)
  return {
    root: rootPair.publicKey,
    manifest,
    epoch,
    firstDay,
    lastDay,
    keyFile: await sealKeyFile(passphrase, {
      root: rootPair.privateKey,
      admin: adminPair.privateKey,
    }),
    shares,
    invitation: {
      secret,
      tokenHash: await sha256(token),
      roles: ['admin', 'intake'],
      sealedIntake: [
        { epoch, sealed: toB64(await sealUnderKey(key, INTAKE_LABEL, intake.privateKey)) },
      ],
      expiresDay: firstDay + INVITATION_DAYS,
    },
  }
}

// Paper that does not work is found out today, not on the day it is needed: every pair of shares must open a sealed probe.
async function proveShares(shares: string[], recoveryPublic: Bytes): Promise<void> {
  const probe = await probeFor(recoveryPublic)
  for (const missing of shares.keys()) {
    const pair = shares.filter((_, at) => at !== missing)
    const key = await combineShares(pair, recoveryPublic)
    const opened = await openProbe(key, recoveryPublic, probe.sealed)
    if (!sameBytes(opened, probe.plain))
      throw new Error('Two shares did not give the recovery key.')
  }
}
