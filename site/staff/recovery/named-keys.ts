// Proves that opened bytes are the key that the ledger or a signed manifest names.
import { fromB64, sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { hpkeSeal } from '#protocol/crypto/hpke-seal'
import { readEpochKeys } from '#protocol/keys/epoch-private-keys'
import { isManifestSigned, readManifest } from '#protocol/keys/manifest'
import { TEAM_KEY_BYTES, teamCommitment } from '#protocol/keys/team-key'
import { hpkeOpen, importOpeningKey } from '../crypto/hpke-open.ts'
import { importSealingKey } from '../crypto/seal-to.ts'
import { type WholeExport } from './export-file.ts'

const NONE: Bytes = new Uint8Array(0)

/** Returns true for the private halves of the two keys that the manifest names. */
export async function isEpochKey(
  { root, roster }: WholeExport,
  epoch: number,
  { manifest, hybridKey }: { manifest: string; hybridKey: string },
  bytes: Bytes,
): Promise<boolean> {
  const signed = fromB64(manifest)
  if (roster.epochs.get(epoch)?.manifest !== manifest) return false
  if (!(await isManifestSigned(signed, root))) return false
  const { intake, hybridHash } = readManifest(signed)
  const hybrid = fromB64(hybridKey)
  if (!sameBytes(await sha256(hybrid), hybridHash)) return false
  const { pkcs8, hybridSeed } = readEpochKeys(bytes)
  try {
    // Only the private half of this very key opens a message to its public half.
    const probe = await hpkeSeal(intake, NONE, NONE, NONE)
    await hpkeOpen(await importOpeningKey(pkcs8), NONE, NONE, probe)
    await importSealingKey(hybridSeed, hybrid)
    return true
  } catch {
    return false
  } finally {
    pkcs8.fill(0)
    hybridSeed.fill(0)
  }
}

export const isTeamKey = async (
  { roster }: WholeExport,
  generation: number,
  key: Bytes,
): Promise<boolean> =>
  key.length === TEAM_KEY_BYTES &&
  roster.teams.get(generation)?.commitment === (await teamCommitment(key))
