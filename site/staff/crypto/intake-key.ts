// Opens the private keys of an epoch, and seals them to a confirmed person. The bytes of the keys
// are readable only inside these functions, which wipe them.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { hpkeSeal } from '#protocol/crypto/hpke-seal'
import { intakeInfo, readEpochKeys, type EpochPrivateKeys } from '#protocol/keys/epoch-private-keys'
import { HYBRID_SUITE } from '#protocol/limits'
import { type Suite } from '#protocol/report/envelope'
import { type SealedIntake } from '#protocol/staff/people'
import { hpkeOpen, importOpeningKey, type OpeningKey } from './hpke-open.ts'
import { importHybridKey } from './hybrid-key.ts'

const NONE: Bytes = new Uint8Array(0)

async function use<Result>(bytes: Bytes, work: (bytes: Bytes) => Promise<Result>): Promise<Result> {
  try {
    return await work(bytes)
  } finally {
    bytes.fill(0)
  }
}

/** Returns the key that opens the reports of an epoch and a suite. Throws Refusal `cannot_open`. */
export type EpochKeys = (suite: Suite) => Promise<OpeningKey>

const openSealed = (own: OpeningKey, { epoch, sealed }: SealedIntake): Promise<Bytes> =>
  hpkeOpen(own, intakeInfo(epoch), NONE, fromB64(sealed))

/**
 * Opens the key of suite 1 at once, so that unlocking detects a key that is none. The first report
 * of suite 2 opens the other key, because its code is fetched only then in some browsers.
 *
 * @throws Refusal `cannot_open`
 */
export async function openIntake(own: OpeningKey, intake: SealedIntake): Promise<EpochKeys> {
  const imported = async (
    importFrom: (keys: EpochPrivateKeys) => Promise<OpeningKey>,
  ): Promise<OpeningKey> =>
    use(await openSealed(own, intake), async (bytes) => {
      const keys = readEpochKeys(bytes)
      return use(keys.hybridSeed, () => use(keys.pkcs8, () => importFrom(keys)))
    })
  const pointKey = await imported(({ pkcs8 }) => importOpeningKey(pkcs8))
  let hybridKey: Promise<OpeningKey> | undefined
  return async (suite) => {
    if (suite !== HYBRID_SUITE) return pointKey
    hybridKey ??= imported(({ hybridSeed }) => importHybridKey(hybridSeed)).catch(
      (cause: unknown) => {
        // The next report tries again, because a script may have failed to arrive.
        hybridKey = undefined
        throw cause
      },
    )
    return hybridKey
  }
}

/**
 * Opens the keys with the colleague's own key and seals them to a person whom the colleague
 * confirms.
 *
 * @param hpkePublic  65 bytes, from the replayed roster, never from a table
 * @throws Refusal `cannot_open`
 */
export const sealEpochKeysFor = async (
  own: OpeningKey,
  intake: SealedIntake,
  hpkePublic: Bytes,
): Promise<SealedIntake> =>
  use(await openSealed(own, intake), async (keys) => ({
    epoch: intake.epoch,
    sealed: toB64(await hpkeSeal(hpkePublic, intakeInfo(intake.epoch), NONE, keys)),
  }))
