// Opens the private keys of an epoch, and seals them to a confirmed person. The bytes of the keys
// exist in readable form only inside these functions, which wipe them.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { intakeInfo, readEpochKeys } from '#protocol/keys/epoch-private-keys'
import { HYBRID_SUITE, SUITE } from '#protocol/limits'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import type { OwnIntake, SealedIntake } from '#protocol/staff/people/sealed-keys'
import { hpkeOpen, importOpeningKey, type OpeningKey } from './hpke-open.ts'
import { isEpochKey, type EpochKeys, type NamedEpoch } from './named-keys.ts'
import { importHybridKey, sealTo } from './seal-to.ts'

const NONE: Bytes = new Uint8Array(0)

async function use<Result>(bytes: Bytes, work: (bytes: Bytes) => Promise<Result>): Promise<Result> {
  try {
    return await work(bytes)
  } finally {
    bytes.fill(0)
  }
}

const openSealed = (own: OpeningKey, { epoch, sealed }: SealedIntake): Promise<Bytes> =>
  hpkeOpen(own, intakeInfo(epoch), NONE, fromB64(sealed))

/** Imports the private keys of an epoch; see writeEpochKeys. @throws Refusal `cannot_open` */
export const importEpochKeys = (bytes: Bytes): Promise<EpochKeys> => {
  const { pkcs8, hybridSeed } = readEpochKeys(bytes)
  return use(hybridSeed, () =>
    use(pkcs8, async () => ({
      [SUITE]: await importOpeningKey(pkcs8),
      [HYBRID_SUITE]: await importHybridKey(hybridSeed),
    })),
  )
}

/**
 * A copy of an epoch's keys, opened but not yet proven. Only proveKeys determines whether the
 * roster lists these keys.
 */
export interface EpochCopy extends NamedEpoch {
  keys: EpochKeys
}

/** @throws Refusal `cannot_open` */
export const openIntake = async (own: OpeningKey, intake: OwnIntake): Promise<EpochCopy> => {
  const { epoch, hybridKey } = intake
  return { epoch, hybridKey, keys: await use(await openSealed(own, intake), importEpochKeys) }
}

/**
 * Opens the keys with the colleague's own key, and seals them to a person whom the colleague
 * confirms.
 *
 * @param hpkePublic  1,216 bytes, from the replayed roster, never from a table
 * @throws Refusal `cannot_open`, including for keys that the roster does not list. `chain_moved`
 *   for an epoch that the roster does not list yet.
 */
export const sealEpochKeysFor = async (
  own: OpeningKey,
  intake: OwnIntake,
  hpkePublic: Bytes,
  roster: Pick<Roster, 'epochs'>,
): Promise<SealedIntake> =>
  use(await openSealed(own, intake), async (keys) => {
    const { epoch } = intake
    // A colleague opened this epoch after the roster was replayed.
    if (!roster.epochs.has(epoch)) throw new Refusal('chain_moved')
    if (!(await isEpochKey(roster, intake, await importEpochKeys(keys))))
      throw new Refusal('cannot_open')
    return { epoch, sealed: toB64(await sealTo(hpkePublic, intakeInfo(epoch), keys)) }
  })
