// Opens the next epoch for a keeper. The edge verifies the manifest exactly as pages will.
import { sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isManifestSigned, readManifest } from '#protocol/keys/manifest'
import { EPOCH_DAYS, EpochOpen } from '#protocol/staff/ledger/keys'
import type { EpochOpening } from '#protocol/staff/people/sealed-keys'
import { dayNumber } from '#protocol/time'
import { requireRole } from '#worker/auth/require-role'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireKeeper } from '#worker/auth/require-keeper'
import type { StaffDeps } from '#worker/deps'
import { copyKeys } from '#worker/keys/current-keys'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64, parseJson } from '#worker/parse'
import { insertEpoch } from '#worker/store/ledger/epoch-changes'
import { requireCopies } from './open-team.ts'

/**
 * Stores a new epoch with a copy of its private keys for each reader. Pages receive the new keys
 * immediately.
 *
 * @param root  the pinned root key, 65 bytes
 * @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, and
 *   `manifest_signature` for a manifest that another person signed. `chain_moved`, including when a
 *   colleague opened this epoch first, or when the copies do not match the current readers.
 */
export async function openEpoch(
  deps: StaffDeps,
  root: Bytes,
  { signed, hybridKey, sealed, sealedForRecovery }: EpochOpening,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { epoch } = parseJson(EpochOpen, signed.change)
  const { change, entry, at } = await readSignedChange(signerOf(deps), signed, {
    action: 'epoch.open',
    subject: String(epoch),
  })
  const today = dayNumber(Date.parse(at))
  const keeperLastDay = requireKeeper(deps, today)
  requireFreshProof(deps)
  const manifest = parseB64(change.manifest)
  const hybrid = parseB64(hybridKey)
  const fields = readManifest(manifest)
  const isNext =
    fields.epoch === epoch &&
    fields.firstDay <= today + 1 &&
    fields.lastDay > today &&
    fields.lastDay <= today + EPOCH_DAYS + 1 &&
    sameBytes(fields.hybridHash, await sha256(hybrid))
  if (!isNext) throw new Refusal('malformed')
  const isOwn =
    sameBytes(fields.admin, deps.actor.signPublic) && fields.adminLastDay === keeperLastDay
  if (!isOwn || !(await isManifestSigned(manifest, root))) throw new Refusal('manifest_signature')
  await requireCopies(
    deps,
    sealed.map(({ person }) => person),
  )
  const made = {
    epoch,
    manifest,
    hybridKey: hybrid,
    sealedForRecovery: parseB64(sealedForRecovery),
    copies: sealed.map((copy) => ({
      person: parseB64(copy.person),
      sealed: parseB64(copy.sealed),
    })),
  }
  if (!(await insertEpoch(deps.db, made, entry))) throw new Refusal('chain_moved')
  await copyKeys(deps)
}
