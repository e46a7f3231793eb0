// Writes and reads keeper-request.txt, a reader's request to the offline laptop for a keeper
// certificate. The file contains the complete ledger, so that the laptop has the newest row.
import * as z from 'zod/mini'
import { utf8, type Bytes } from '#protocol/bytes'
import { NO_ROW, SignedChange } from '#protocol/staff/chain'
import { digitsOf } from '#protocol/staff/people/digits'
import { id, point } from '#protocol/staff/fields'
import { LedgerRow } from '#protocol/staff/ledger/rows'
import { isReader } from '#protocol/staff/ledger/roster-checks'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { RecoveryFault } from './recovery-fault.ts'

export const KeeperRequest = z.object({
  v: z.literal(1),
  person: id,
  signPublic: point,
  rows: z.array(LedgerRow),
})
export type KeeperRequest = z.infer<typeof KeeperRequest>

/** keeper-certificate.json: the row `keeper.certify`, signed by the root. */
export const KeeperCertificate = z.object({ person: id, signed: SignedChange })
export type KeeperCertificate = z.infer<typeof KeeperCertificate>

/**
 * Returns a reader's five groups of digits, computed from the keys alone. The keys are older than
 * the request, so a colleague who adds rows cannot influence the digits.
 *
 * @throws RecoveryFault `keeper_unknown` unless the ledger contains this reader with this key
 */
export function keeperDigits(
  { people }: Roster,
  { person, signPublic }: Pick<KeeperRequest, 'person' | 'signPublic'>,
): Promise<string[]> {
  const member = people.get(person)
  if (!member || !isReader(member) || member.signPublic !== signPublic)
    throw new RecoveryFault('keeper_unknown')
  return digitsOf(NO_ROW, member)
}

/**
 * Returns the content of keeper-request.txt, and the digits to read out to the keeper of the
 * laptop.
 *
 * @throws RecoveryFault `keeper_unknown`
 */
export async function keeperRequest(
  { personId: person, publicKeys: { signPublic } }: Pick<UnlockedKeys, 'personId' | 'publicKeys'>,
  { rows, roster }: { rows: readonly LedgerRow[]; roster: Roster },
): Promise<{ file: Bytes; digits: string[] }> {
  const asked: KeeperRequest = { v: 1, person, signPublic, rows: [...rows] }
  return {
    file: utf8(`${JSON.stringify(asked, null, 2)}\n`),
    digits: await keeperDigits(roster, asked),
  }
}
