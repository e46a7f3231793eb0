// Reads request.txt, which the staff app writes for a newcomer whom the root invited. No colleague
// can confirm that person, so the root does.
import * as z from 'zod/mini'
import { type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import { digitsOf } from '#protocol/staff/people/digits'
import { b64Of, id, point, sealingKey } from '#protocol/staff/fields'
import { LedgerRow } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { type Member, type Roster } from '#protocol/staff/ledger/roster-state'
import { RecoveryFault } from '../ledger/recovery-fault.ts'

export const REQUEST_NAME = 'request.txt'

export const JoinRequest = z.object({
  v: z.literal(1),
  person: id,
  keys: z.object({ signPublic: point, hpkePublic: sealingKey }),
  /** token hash of the invitation */
  invitation: b64Of(HASH_BYTES),
  /** the `person.join` row */
  join: LedgerRow,
})
export type JoinRequest = z.infer<typeof JoinRequest>

/** A newcomer who is still waiting after the last row of a valid ledger. */
export interface WaitingNewcomer {
  rows: readonly LedgerRow[]
  roster: Roster
  member: Member
  /** five groups of four digits, which the two people compare */
  digits: string[]
}

/**
 * Finds the newcomer. The row in the request is already in the ledger, or follows its last row.
 *
 * @param rows  rows that are valid under `root`
 * @param root  the pinned root key, 65 bytes
 * @throws RecoveryFault `request_foreign`, `request_certified`, `request_keys`, `request_colleague`
 */
export async function newcomerOf(
  { person, keys, invitation, join }: JoinRequest,
  rows: readonly LedgerRow[],
  root: Bytes,
): Promise<WaitingNewcomer> {
  const isThere = rows.some(({ statement }) => statement === join.statement)
  const all = isThere ? rows : [...rows, join]
  const { isWhole, roster } = await replayLedger(all, root)
  const member = roster.people.get(person)
  if (member?.state === 'confirmed') throw new RecoveryFault('request_certified')
  if (!isWhole) throw new RecoveryFault('request_foreign')
  const offer = roster.invitations.get(invitation)
  const fits =
    member?.state === 'waiting' &&
    member.signPublic === keys.signPublic &&
    member.hpkePublic === keys.hpkePublic &&
    member.invitation === invitation
  if (!fits || !offer) throw new RecoveryFault('request_keys')
  if (offer.createdBy !== roster.rootId) throw new RecoveryFault('request_colleague')
  return { rows: all, roster, member, digits: await digitsOf(offer.rowHash, keys) }
}
