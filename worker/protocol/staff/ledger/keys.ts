// Defines the schemas of ledger rows about keepers, epochs, generations of the team key, the
// recovery key, checkpoints and restarts. A row contains only public keys and hashes.
import * as z from 'zod/mini'
import { MANIFEST_BYTES } from '../../keys/manifest.ts'
import { HASH_BYTES } from '../../limits.ts'
import { caseKeyName } from '../case-log/bodies.ts'
import { LedgerHead } from '../chain.ts'
import { b64Of, day, id, point, sealingKey, signature } from '../fields.ts'

/** Length of an epoch, in days. With long epochs, a small team seldom has to sign new keys. */
export const EPOCH_DAYS = 365
/** Maximum time for which the root certifies a keeper, in days. */
export const KEEPER_DAYS = 800
/**
 * Time from the last accepted letter of an epoch until the epoch's private keys may be deleted, in
 * days.
 */
export const EPOCH_KEPT_DAYS = 35

/** Maximum number of case keys that one row can declare lost. */
export const MAX_LOST = 32

const count = z.int().check(z.gte(1))

/**
 * `keeper.certify`: the root authorises a reader to sign manifests. The subject is the person.
 * `certificate` is the signature that manifests contain: see certifyAdmin.
 */
export const KeeperCertify = z.object({
  signPublic: point,
  /** days since 1970, UTC */
  lastDay: z.int().check(z.gte(0)),
  certificate: signature,
})
export type KeeperCertify = z.infer<typeof KeeperCertify>

/**
 * `epoch.open`: a keeper opens an epoch, or the root opens the first one. The subject is the
 * epoch's number, as text.
 */
export const EpochOpen = z.object({ epoch: count, manifest: b64Of(MANIFEST_BYTES) })
export type EpochOpen = z.infer<typeof EpochOpen>

/** The suite 2 public key of the current epoch, to which letters are sealed. */
export const PublishedHybridKey = z.object({ hybridKey: sealingKey })
export type PublishedHybridKey = z.infer<typeof PublishedHybridKey>

/** `epoch.retire`: a keeper ends an older epoch early. */
export const EpochRetire = z.object({
  epoch: count,
  /** the first UTC day on which the edge refuses letters of the epoch */
  day,
})
export type EpochRetire = z.infer<typeof EpochRetire>

/** `epoch.end`: a reader deletes the private keys of an epoch that has no unopened letters. */
export const EpochEnd = z.object({ epoch: count })
export type EpochEnd = z.infer<typeof EpochEnd>

/**
 * `team.open`: a reader makes a generation of the team key. The subject is the generation's number,
 * as text.
 */
export const TeamOpen = z.object({
  generation: count,
  /** SHA-256(`oasis/v1/team` ‖ key), so that a reader cannot be given a different key */
  commitment: b64Of(HASH_BYTES),
})
export type TeamOpen = z.infer<typeof TeamOpen>

/** `team.end`: a reader deletes an older generation, under which only lost case keys remain. */
export const TeamEnd = z.object({ generation: count })
export type TeamEnd = z.infer<typeof TeamEnd>

/**
 * `keys.lose`: a reader declares that damaged case keys under an older generation are lost.
 * Otherwise the generation could never end. The subject is the generation, as text.
 */
export const KeysLose = z.object({
  generation: count,
  /** numbers of the keys */
  total: count,
  keys: z
    .array(z.object({ caseId: id, keyNo: count }))
    .check(z.minLength(1), z.maxLength(MAX_LOST)),
})
export type KeysLose = z.infer<typeof KeysLose>

/** Returns true when a change lists each of its keys once and states the correct count. */
export const isCounted = ({ total, keys }: KeysLose): boolean =>
  new Set(keys.map(caseKeyName)).size === total && keys.length === total

/** `recovery.renew`: the root replaces the recovery key. The subject is the root's id. */
export const RecoveryRenew = z.object({ recovery: sealingKey })
export type RecoveryRenew = z.infer<typeof RecoveryRenew>

/**
 * `checkpoint.sign`: a reader signs the heads of all case logs. The subject is the signer, and
 * `digest` is computed by checkpointDigest.
 */
export const CheckpointSign = z.object({
  /** number of case logs */
  cases: z.int().check(z.gte(0)),
  digest: b64Of(HASH_BYTES),
})
export type CheckpointSign = z.infer<typeof CheckpointSign>

/**
 * `ledger.restart`: after a restore from a backup, a keeper declares that the ledger continues from
 * here. The subject is the signer.
 */
export const LedgerRestart = z.object({
  /** the last row that the restart keeps, which is the row before the restart */
  kept: LedgerHead,
  /** the last row that the restart discards: the head that the keeper's browser remembered */
  cut: LedgerHead,
})
export type LedgerRestart = z.infer<typeof LedgerRestart>
