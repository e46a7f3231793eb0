// Seals the organisation's intake key to a person, or under the key of an invitation. The bytes of
// the key are readable only inside these functions, which wipe them. They return a key that cannot
// be exported.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { hpkeSeal } from '#protocol/crypto/hpke-seal'
import { INTAKE_LABEL, intakeInfo } from '#protocol/staff/invitation'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { type SealedIntake } from '#protocol/staff/people'
import { hpkeOpen, importOpeningKey, type OpeningKey } from './hpke-open.ts'
import { openUnderKey } from './aead-open.ts'

const NONE: Bytes = new Uint8Array(0)

async function use<Result>(bytes: Bytes, work: (bytes: Bytes) => Promise<Result>): Promise<Result> {
  try {
    return await work(bytes)
  } finally {
    bytes.fill(0)
  }
}

/** The key that opens the reports of an epoch. Throws Refusal `cannot_open`. */
export const openIntake = async (own: OpeningKey, intake: SealedIntake): Promise<OpeningKey> =>
  use(await hpkeOpen(own, intakeInfo(intake.epoch), NONE, fromB64(intake.sealed)), importOpeningKey)

/** Opens the key with the inviter's key and seals it under the invitation's. */
export const intakeForInvitation = async (
  own: OpeningKey,
  intake: SealedIntake,
  invitationKey: Bytes,
): Promise<SealedIntake> =>
  use(
    await hpkeOpen(own, intakeInfo(intake.epoch), NONE, fromB64(intake.sealed)),
    async (pkcs8) => ({
      epoch: intake.epoch,
      sealed: toB64(await sealUnderKey(invitationKey, INTAKE_LABEL, pkcs8)),
    }),
  )

/** For a newcomer: out of the invitation and to their own public key (65 bytes) in one breath. */
export const intakeFromInvitation = async (
  invitationKey: Bytes,
  intake: SealedIntake,
  ownPublic: Bytes,
): Promise<SealedIntake> =>
  use(await openUnderKey(invitationKey, INTAKE_LABEL, fromB64(intake.sealed)), async (pkcs8) => ({
    epoch: intake.epoch,
    sealed: toB64(await hpkeSeal(ownPublic, intakeInfo(intake.epoch), NONE, pkcs8)),
  }))
