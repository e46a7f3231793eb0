// Finds the ledger row of a waiting person, from which the digits are computed. For the first
// member, the request to the root also contains this row.
import { utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { Statement } from '#protocol/staff/statement'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { hasNewKeys, newcomerDigits } from '../ledger/read-roster.ts'
import { type WholeLedger } from '../ledger/verify-ledger.ts'

export interface OwnJoin {
  /** the digits of the keys in memory, as five groups of four */
  digits: string[]
  /** request.txt for the offline laptop; null for a newcomer whom a colleague invited */
  request: Bytes | null
  /** true for a staff member who has made new keys */
  hasNewKeys: boolean
}

/**
 * @throws Refusal `ledger_broken` when the ledger does not contain this newcomer, or contains
 * different keys. The digits would otherwise belong to another person.
 */
export async function findOwnJoin(
  { roster, rows }: Pick<WholeLedger, 'roster' | 'rows'>,
  { personId, publicKeys }: Pick<UnlockedKeys, 'personId' | 'publicKeys'>,
): Promise<OwnJoin> {
  const member = roster.people.get(personId)
  const isOwn =
    member?.signPublic === publicKeys.signPublic && member.hpkePublic === publicKeys.hpkePublic
  if (!isOwn) throw new Refusal('ledger_broken')
  const digits = await newcomerDigits(member, publicKeys)
  if (hasNewKeys(roster, member)) return { digits, request: null, hasNewKeys: true }
  const join = rows.find((row) => isJoinOf(row, personId))
  if (!join || member.invitation === null) throw new Refusal('ledger_broken')
  const { invitation } = member
  const isFirst = roster.invitations.get(invitation)?.createdBy === roster.rootId
  const request = { v: 1, person: personId, keys: publicKeys, invitation, join }
  return {
    digits,
    request: isFirst ? utf8(`${JSON.stringify(request, null, 2)}\n`) : null,
    hasNewKeys: false,
  }
}

function isJoinOf({ statement }: LedgerRow, personId: string): boolean {
  const { action, actor } = Statement.parse(JSON.parse(statement))
  return action === 'person.join' && actor === personId
}
