// Defines the staff API's schemas for people: the signed-in person, invitations and joining. The
// staff app and the edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import { HASH_BYTES, TOKEN_BYTES } from '../../limits.ts'
import { MANIFEST_BYTES } from '../../keys/manifest.ts'
import { SignedChange } from '../chain.ts'
import { b64Of, id, nameSalt, personName, Role, roles } from '../fields.ts'
import { FormerName } from './former-name.ts'
import { OwnIntake, PersonKeys, SealedIntake, SealedTeam } from './sealed-keys.ts'
import { challengeId, webauthn } from './sign-in.ts'
import { OwnSlot, twoSlots } from './slots.ts'

/** The signed-in person. */
export const Me = z.object({
  id,
  name: z.string(),
  /** empty until an intake colleague confirms the person */
  roles: z.array(Role),
  keys: PersonKeys,
  slots: z.array(OwnSlot),
  intake: z.array(OwnIntake),
  /** empty for a person without the intake role */
  team: z.array(SealedTeam),
  /** the signed manifest */
  manifest: b64Of(MANIFEST_BYTES),
})
export type Me = z.infer<typeof Me>

/** The parts of an invitation's link. */
export const OpenInvitation = z.object({
  token: b64Of(TOKEN_BYTES),
  /** hash of the `invitation.create` row */
  row: b64Of(HASH_BYTES),
})
export type OpenInvitation = z.infer<typeof OpenInvitation>

export const InvitationOpened = z.object({
  challengeId,
  options: webauthn,
  /** the id of the new person */
  personId: id,
  roles,
  /** hash of the ledger's last row, which `person.join` must follow */
  head: b64Of(HASH_BYTES),
})
export type InvitationOpened = z.infer<typeof InvitationOpened>

/** A newcomer's request to join, sent after the newcomer's device has tested both slots. */
export const Join = z.object({
  token: b64Of(TOKEN_BYTES),
  challengeId,
  response: webauthn,
  name: personName,
  nameSalt,
  keys: PersonKeys,
  slots: twoSlots,
  /** a PersonJoin, signed with the newcomer's own key; actor and subject are the new id */
  signed: SignedChange,
})
export type Join = z.infer<typeof Join>

/** The confirmation of a newcomer: the signed row, and the keys for the newcomer. */
export const Confirmation = z.object({
  /** a PersonConfirm */
  signed: SignedChange,
  /**
   * every epoch's private keys, unless they have been deleted; empty without the intake role
   */
  intake: z.array(SealedIntake).check(z.maxLength(50)),
  /** every generation of the team key that has not ended; empty without the intake role */
  team: z.array(SealedTeam).check(z.maxLength(50)),
})
export type Confirmation = z.infer<typeof Confirmation>

/**
 * The certificate from the root for the first member, or for the new reader after a recovery. A
 * recovery may lack keys that only older sheets can open, so the edge does not require a complete
 * list.
 */
export const Certificate = z.object({
  person: id,
  /** a PersonCertify, signed by the root */
  signed: SignedChange,
  /** a KeeperCertify, signed by the root after `signed`; null without the intake role */
  keeper: z.nullable(SignedChange),
  intake: z.array(SealedIntake).check(z.maxLength(50)),
  /** empty for the first member, whose browser opens the first generation */
  team: z.array(SealedTeam).check(z.maxLength(50)),
})
export type Certificate = z.infer<typeof Certificate>

/**
 * A name as the tables store it. Browsers compare the hash of the name with the hash in the ledger.
 */
const StaffName = z.object({ id, name: z.string(), salt: nameSalt })

/** The names of the staff, including newcomers, and the sealed names of people who have left. */
export const People = z.object({ names: z.array(StaffName), former: z.array(FormerName) })
export type People = z.infer<typeof People>

/** A new name for the signed-in person. */
export const NewName = z.object({
  name: personName,
  salt: nameSalt,
  /** a PersonRename */
  signed: SignedChange,
})
export type NewName = z.infer<typeof NewName>
