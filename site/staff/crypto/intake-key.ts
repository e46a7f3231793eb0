// Opens the private keys of an epoch, and seals them to a confirmed person. The bytes of the keys
// are readable only inside these functions, which wipe them.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { intakeInfo, readEpochKeys } from '#protocol/keys/epoch-private-keys'
import { HYBRID_SUITE, SUITE } from '#protocol/limits'
import { type Suite } from '#protocol/report/envelope'
import type { SealedIntake } from '#protocol/staff/sealed-keys'
import { hpkeOpen, importOpeningKey, type OpeningKey } from './hpke-open.ts'
import { importHybridKey, sealTo } from './seal-to.ts'

const NONE: Bytes = new Uint8Array(0)

async function use<Result>(bytes: Bytes, work: (bytes: Bytes) => Promise<Result>): Promise<Result> {
  try {
    return await work(bytes)
  } finally {
    bytes.fill(0)
  }
}

/** The keys that open the reports of an epoch, by suite. */
export type EpochKeys = Readonly<Record<Suite, OpeningKey>>

const openSealed = (own: OpeningKey, { epoch, sealed }: SealedIntake): Promise<Bytes> =>
  hpkeOpen(own, intakeInfo(epoch), NONE, fromB64(sealed))

/** @throws Refusal `cannot_open` */
export const openIntake = async (own: OpeningKey, intake: SealedIntake): Promise<EpochKeys> =>
  use(await openSealed(own, intake), async (bytes) => {
    const { pkcs8, hybridSeed } = readEpochKeys(bytes)
    return use(hybridSeed, () =>
      use(pkcs8, async () => ({
        [SUITE]: await importOpeningKey(pkcs8),
        [HYBRID_SUITE]: await importHybridKey(hybridSeed),
      })),
    )
  })

/**
 * Opens the keys with the colleague's own key and seals them to a person whom the colleague
 * confirms.
 *
 * @param hpkePublic  1,216 bytes, from the replayed roster, never from a table
 * @throws Refusal `cannot_open`
 */
export const sealEpochKeysFor = async (
  own: OpeningKey,
  intake: SealedIntake,
  hpkePublic: Bytes,
): Promise<SealedIntake> =>
  use(await openSealed(own, intake), async (keys) => ({
    epoch: intake.epoch,
    sealed: toB64(await sealTo(hpkePublic, intakeInfo(intake.epoch), keys)),
  }))
