// Opens the keys of an export with the recovery key: the epochs and the generations of the team
// key. A key counts only if it is in the ledger or in a signed manifest.
import { fromB64, type Bytes } from '#protocol/bytes'
import { intakeInfo } from '#protocol/keys/epoch-private-keys'
import { TEAM_KEY_BYTES, teamCommitment, teamInfo } from '#protocol/keys/team-key'
import { hpkeOpen, type OpeningKey } from '../crypto/hpke-open.ts'
import { importEpochKeys } from '../crypto/intake-key.ts'
import { isEpochKey, isTeamKey, type NamedEpoch } from '../crypto/named-keys.ts'
import { type WholeExport } from './export-file.ts'

/**
 * `opened`: it opens and matches the ledger. `closed`: sealed to another recovery key. `ended`:
 * deleted on purpose. `wrong`: it opens, but the ledger contains a different key.
 */
export type KeyState = 'opened' | 'closed' | 'ended' | 'wrong'

export interface FoundKey {
  /** the number of the epoch or of the generation */
  number: number
  state: KeyState
}

export interface OpenedKeys {
  epochs: FoundKey[]
  teams: FoundKey[]
  /** the bytes from writeEpochKeys, keyed by epoch */
  epochKeys: ReadonlyMap<number, Bytes>
  /** 32 bytes each, by generation */
  teamKeys: ReadonlyMap<number, Bytes>
  /** overwrites all private bytes with zeros */
  wipe: () => void
}

const NONE: Bytes = new Uint8Array(0)

/**
 * Opens every key that the recovery key can open.
 *
 * @param known  the keys that another recovery key has already opened; they remain open
 */
export async function openKeys(
  recovery: OpeningKey,
  file: WholeExport,
  known?: OpenedKeys,
): Promise<OpenedKeys> {
  const epochKeys = new Map(known?.epochKeys)
  const teamKeys = new Map(known?.teamKeys)
  const epochs: FoundKey[] = []
  for (const { epoch, sealedForRecovery, ...named } of file.epochs) {
    const isNamed = (bytes: Bytes): Promise<boolean> => opensEpoch(file, { epoch, ...named }, bytes)
    const sealed = { number: epoch, info: intakeInfo(epoch), sealedForRecovery, isNamed }
    epochs.push(await findKey(recovery, sealed, epochKeys))
  }
  const teams: FoundKey[] = []
  for (const { generation, sealedForRecovery } of file.teams) {
    const isNamed = async (bytes: Bytes): Promise<boolean> =>
      bytes.length === TEAM_KEY_BYTES &&
      isTeamKey(file.roster, { generation, commitment: await teamCommitment(bytes) })
    const info = teamInfo(generation)
    const sealed = { number: generation, info, sealedForRecovery, isNamed }
    teams.push(await findKey(recovery, sealed, teamKeys))
  }
  const wipe = (): void => {
    for (const bytes of [...epochKeys.values(), ...teamKeys.values()]) bytes.fill(0)
    epochKeys.clear()
    teamKeys.clear()
  }
  return { epochs, teams, epochKeys, teamKeys, wipe }
}

/** Returns true when the keys are the private halves of the epoch's keys in the ledger. */
async function opensEpoch(
  { roster }: WholeExport,
  { manifest, ...named }: NamedEpoch & { manifest: string },
  bytes: Bytes,
): Promise<boolean> {
  if (roster.epochs.get(named.epoch)?.manifest !== manifest) return false
  try {
    return await isEpochKey(roster, named, await importEpochKeys(bytes))
  } catch {
    return false
  }
}

interface SealedKey {
  number: number
  info: Bytes
  /** base64url; null once the key has been deleted on purpose */
  sealedForRecovery: string | null
  isNamed: (bytes: Bytes) => Promise<boolean>
}

/** Opens a key, and stores it in `kept` when it matches the ledger. */
async function findKey(
  recovery: OpeningKey,
  { number, info, sealedForRecovery, isNamed }: SealedKey,
  kept: Map<number, Bytes>,
): Promise<FoundKey> {
  if (kept.has(number)) return { number, state: 'opened' }
  if (sealedForRecovery === null) return { number, state: 'ended' }
  let bytes: Bytes
  try {
    bytes = await hpkeOpen(recovery, info, NONE, fromB64(sealedForRecovery))
  } catch {
    return { number, state: 'closed' }
  }
  if (await isNamed(bytes)) kept.set(number, bytes)
  else bytes.fill(0)
  return { number, state: kept.has(number) ? 'opened' : 'wrong' }
}
