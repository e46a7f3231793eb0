// Certifies a newcomer, whom the root has invited, as both a reader and a keeper. The certificate
// also contains the keys of the epochs and of the team, sealed to the newcomer.
import { type Bytes } from '#protocol/bytes'
import { intakeInfo } from '#protocol/keys/epoch-private-keys'
import { teamInfo } from '#protocol/keys/team-key'
import { type PersonCertify } from '#protocol/staff/ledger/rows'
import type { Certificate } from '#protocol/staff/people/people'
import type { SealedIntake, SealedTeam } from '#protocol/staff/people/sealed-keys'
import { sealToHolder } from '../crypto/seal-to-holder.ts'
import { RecoveryFault } from '../ledger/recovery-fault.ts'
import { type RowSigner } from './chained-row.ts'
import { type WaitingNewcomer } from './join-request.ts'
import { keeperCertificate, keeperRow } from './keeper-row.ts'
import { type OpenedKeys } from './open-keys.ts'
import { addRootRow, type ExtendedLedger } from './root-rows.ts'

/** The keys that a certificate delivers to a reader. */
export type CarriedKeys = Pick<OpenedKeys, 'epochKeys' | 'teamKeys'>

/**
 * @throws RecoveryFault `root_closed` when the signer is a different root; `request_no_reader`;
 *   `no_keys` when no key of an epoch is open
 */
export async function certifyNewcomer(
  by: RowSigner,
  { rows, roster, member }: WaitingNewcomer,
  root: Bytes,
  { epochKeys, teamKeys }: CarriedKeys,
  nowMs: number,
): Promise<{ certificate: Certificate; ledger: ExtendedLedger }> {
  const { id: person, signPublic, hpkePublic, nameHash, roles } = member
  if (!roles.includes('intake')) throw new RecoveryFault('request_no_reader')
  if (epochKeys.size === 0) throw new RecoveryFault('no_keys')
  const change: PersonCertify = { signPublic, hpkePublic, nameHash, roles }
  const row = { action: 'person.certify', subject: person, change } as const
  const certified = await addRootRow(by, { rows, roster, root }, row, nowMs)
  const certificate = await keeperCertificate(by, member, nowMs)
  const ledger = await addRootRow(by, { ...certified, root }, keeperRow(person, certificate), nowMs)
  const [signed, keeper] = ledger.rows.slice(-2)
  if (!signed || !keeper) throw new Error('The ledger lacks the new rows.')
  const intake = await Promise.all(
    [...epochKeys].map(([epoch, keys]) => sealEpochTo(hpkePublic, epoch, keys)),
  )
  const team = await Promise.all(
    [...teamKeys].map(async ([generation, key]): Promise<SealedTeam> => ({
      generation,
      sealed: await sealToHolder(hpkePublic, teamInfo(generation), key),
    })),
  )
  return { certificate: { person, signed, keeper, intake, team }, ledger }
}

/** Seals the private keys of an epoch to a person. @param hpkePublic  base64url */
export const sealEpochTo = async (
  hpkePublic: string,
  epoch: number,
  epochKeys: Bytes,
): Promise<SealedIntake> => ({
  epoch,
  sealed: await sealToHolder(hpkePublic, intakeInfo(epoch), epochKeys),
})
