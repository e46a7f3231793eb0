// The organisation's intake key on its way to a person: sealed to their own key, or under an invitation's key on the way there.
// Its bytes are in plain only inside these functions, and are wiped; what is kept is a key that cannot be exported.
import { concat, fromB64, toB64, u32, utf8, type Bytes } from '#protocol/bytes'
import { hpkeSeal } from '#protocol/hpke-sender'
import { INTAKE_LABEL } from '#protocol/invitation'
import { sealUnderKey } from '#protocol/seal-under-key'
import { type SealedIntake } from '#protocol/staff'
import { hpkeOpen, importOpeningKey, type OpeningKey } from './hpke-open.ts'
import { openUnderKey } from './open-under-key.ts'

const NONE: Bytes = new Uint8Array(0)

const infoOf = (epoch: number): Bytes => concat(utf8(INTAKE_LABEL), u32(epoch))

async function use<Result>(bytes: Bytes, work: (bytes: Bytes) => Promise<Result>): Promise<Result> {
  try {
    return await work(bytes)
  } finally {
    bytes.fill(0)
  }
}

/** The key that opens the reports of an epoch. Throws Refusal `cannot_open`. */
export const openIntake = async (own: OpeningKey, intake: SealedIntake): Promise<OpeningKey> =>
  use(await hpkeOpen(own, infoOf(intake.epoch), NONE, fromB64(intake.sealed)), importOpeningKey)

/** For an invitation: opened with the inviter's key and sealed under the invitation's in one breath. */
export const intakeForInvitation = async (
  own: OpeningKey,
  intake: SealedIntake,
  invitationKey: Bytes,
): Promise<SealedIntake> =>
  use(await hpkeOpen(own, infoOf(intake.epoch), NONE, fromB64(intake.sealed)), async (pkcs8) => ({
    epoch: intake.epoch,
    sealed: toB64(await sealUnderKey(invitationKey, INTAKE_LABEL, pkcs8)),
  }))

/** For a newcomer: out of the invitation and to their own public key (65 bytes) in one breath. */
export const intakeFromInvitation = async (
  invitationKey: Bytes,
  intake: SealedIntake,
  ownPublic: Bytes,
): Promise<SealedIntake> =>
  use(await openUnderKey(invitationKey, INTAKE_LABEL, fromB64(intake.sealed)), async (pkcs8) => ({
    epoch: intake.epoch,
    sealed: toB64(await hpkeSeal(ownPublic, infoOf(intake.epoch), NONE, pkcs8)),
  }))
