// Defines the schemas for sealed private keys: those of a person, those of epochs, and the team
// key. A new epoch or generation adds one copy for each reader.
import * as z from 'zod/mini'
import { HYBRID_KEY_BYTES } from '../../limits.ts'
import { SignedChange } from '../chain.ts'
import { b64Of, b64UpTo, id, point, sealingKey } from '../fields.ts'

/**
 * Maximum number of readers for whom one request contains copies; D1 allows 50 queries in a
 * request.
 */
const MAX_READERS = 40

/** The private keys of an epoch (writeEpochKeys), sealed with HPKE: enc (1,120) ‖ ciphertext. */
const sealedEpochKeys = b64UpTo(1536)
export const SealedIntake = z.object({ epoch: z.int(), sealed: sealedEpochKeys })
export type SealedIntake = z.infer<typeof SealedIntake>

/**
 * A reader's own copy of an epoch's keys, with the suite 2 public key whose hash is in the
 * manifest.
 */
export const OwnIntake = z.extend(SealedIntake, { hybridKey: b64Of(HYBRID_KEY_BYTES) })
export type OwnIntake = z.infer<typeof OwnIntake>

/** A generation of the team key (TEAM_KEY_BYTES), sealed with HPKE: enc ‖ ciphertext. */
const sealedTeamKey = b64UpTo(1200)
export const SealedTeam = z.object({ generation: z.int(), sealed: sealedTeamKey })
export type SealedTeam = z.infer<typeof SealedTeam>

/** A person's own keys as the server stores them; the master key seals the private halves. */
export const PersonKeys = z.object({
  hpkePublic: sealingKey,
  signPublic: point,
  sealedPrivate: b64UpTo(3072),
})
export type PersonKeys = z.infer<typeof PersonKeys>

/** A new epoch, with a copy of its private keys for each reader and one for the recovery key. */
export const EpochOpening = z.object({
  /** an EpochOpen */
  signed: SignedChange,
  hybridKey: b64Of(HYBRID_KEY_BYTES),
  sealed: z
    .array(z.object({ person: id, sealed: sealedEpochKeys }))
    .check(z.maxLength(MAX_READERS)),
  sealedForRecovery: sealedEpochKeys,
})
export type EpochOpening = z.infer<typeof EpochOpening>

/** A generation of the team key, with a copy for each reader and one for the recovery key. */
export const TeamOpening = z.object({
  /** a TeamOpen */
  signed: SignedChange,
  sealed: z.array(z.object({ person: id, sealed: sealedTeamKey })).check(z.maxLength(MAX_READERS)),
  sealedForRecovery: sealedTeamKey,
})
export type TeamOpening = z.infer<typeof TeamOpening>
