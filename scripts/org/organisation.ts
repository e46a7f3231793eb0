// Makes an organisation: root, admin, publishing and recovery keys, the first epoch, and a ledger
// with the first invitation. Apart from drawing random bytes, the code has no side effects. The
// result contains only values that are public, sealed, or meant for paper. Plain private keys never
// leave this module.
import { dayNumber } from '#protocol/time'
import { openEpochKeys } from '#scripts/org/epoch-key'
import { importSigningKey, makeSealingPair, makeSigningPair } from '#scripts/org/keys'
import { sealKeyFile } from '#scripts/org/files/key-file'
import { makePublishingFile } from '#scripts/org/files/publishing-key'
import { LedgerDraft } from '#scripts/org/ledger-draft'
import type { LedgerChange } from '#site/staff/crypto/sign-change.ts'
import { sameBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { intakeInfo, writeEpochKeys } from '#protocol/keys/epoch-private-keys'
import { certifyAdmin, signManifest, trustedManifest } from '#protocol/keys/manifest'
import { EPOCH_DAYS, type EpochOpen } from '#protocol/staff/ledger/keys'
import type { InvitationCreate, OrgBegin } from '#protocol/staff/ledger/rows'
import {
  makeInvitation,
  signedInvitation,
  type SignedInvitation,
} from '#site/staff/crypto/invite.ts'
import { makeHybridPair, sealTo } from '#site/staff/crypto/seal-to.ts'
import type { ChainedRow } from '#site/staff/recovery/chained-row.ts'
import { rootSigner, sealRoot } from '#site/staff/recovery/root-key.ts'
import { splitRecoveryKey } from '#site/staff/recovery/shares.ts'

const ADMIN_DAYS = 730

export interface Organisation {
  /** root public key, 65 bytes: pinned in the pages */
  root: Bytes
  /** signed manifest of the first epoch, 308 bytes */
  manifest: Bytes
  /** the first epoch's hybrid key, 1,216 bytes */
  hybridKey: Bytes
  /** the recovery key's public half, 1,216 bytes */
  recovery: Bytes
  /** the epoch's private keys, sealed to the recovery key */
  sealedForRecovery: Bytes
  /** the root's private key, sealed to the recovery key */
  rootForRecovery: Bytes
  epoch: number
  firstDay: number
  lastDay: number
  /** text of the passphrase-protected file */
  keyFile: string
  /** text of publishing.key, under its own passphrase */
  publishingFile: string
  /** three recovery shares, 72 characters each */
  shares: string[]
  /** the ledger rows, beginning with `org.begin` */
  ledger: ChainedRow[]
  /** an unused invitation */
  invitation: SignedInvitation
}

/** Returns the change that the ledger records for an invitation. */
export const invitationRow = (change: InvitationCreate): LedgerChange => ({
  action: 'invitation.create',
  subject: change.tokenHash,
  change,
})

interface OrganisationOptions {
  /** time of the ledger's first rows, in milliseconds since 1970; the demo backdates them */
  begunAt?: number
  /** passphrase of publishing.key; a throw-away organisation has only one passphrase */
  publishingPassphrase?: string
}

/**
 * Makes an organisation.
 *
 * @param passphrase  the passphrase of root.key
 * @param now         milliseconds since 1970; the first epoch begins on this day
 */
export async function makeOrganisation(
  passphrase: string,
  now: number,
  { begunAt = now, publishingPassphrase = passphrase }: OrganisationOptions = {},
): Promise<Organisation> {
  const [rootPair, adminPair, recovery, intake, hybrid] = await Promise.all([
    makeSigningPair(),
    makeSigningPair(),
    makeHybridPair(),
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

  const privateKeys = writeEpochKeys({ hybridSeed: hybrid.seed, pkcs8: intake.privateKey })
  const sealedForRecovery = await sealTo(recovery.publicKey, intakeInfo(epoch), privateKeys)
  const shares = await splitRecoveryKey(recovery)
  for (const missing of shares.keys()) {
    const two = shares.filter((_, at) => at !== missing)
    const opened = await openEpochKeys(two, recovery.publicKey, { epoch, sealedForRecovery })
    if (!sameBytes(writeEpochKeys(opened), privateKeys))
      throw new Error('Two shares did not open the keys of the epoch.')
  }

  const root = await rootSigner(rootPair.publicKey, rootPair.privateKey)
  const begin: OrgBegin = { root: toB64(rootPair.publicKey), recovery: toB64(recovery.publicKey) }
  const invitation = await makeInvitation(['admin', 'intake'], begunAt)
  const ledger = new LedgerDraft()
  await ledger.add(root, { action: 'org.begin', subject: root.personId, change: begin }, begunAt)
  // The site seals reports before anybody has joined, so the laptop opens the first epoch.
  const opened: EpochOpen = { epoch, manifest: toB64(manifest) }
  const opening = { action: 'epoch.open', subject: String(epoch), change: opened } as const
  await ledger.add(root, opening, now)
  const inviting = await ledger.add(root, invitationRow(invitation.change), begunAt)
  return {
    root: rootPair.publicKey,
    manifest,
    hybridKey: hybrid.publicKey,
    recovery: recovery.publicKey,
    sealedForRecovery,
    rootForRecovery: await sealRoot(recovery.publicKey, rootPair.privateKey),
    epoch,
    firstDay,
    lastDay,
    keyFile: await sealKeyFile(passphrase, {
      root: rootPair.privateKey,
      admin: adminPair.privateKey,
      epochKeys: privateKeys,
    }),
    publishingFile: await makePublishingFile(rootPair.privateKey, publishingPassphrase, firstDay),
    shares,
    ledger: ledger.rows,
    invitation: await signedInvitation(invitation, inviting),
  }
}
