// Certifies a newcomer whom the root has invited: a row that the root signs, and the keys of the
// epochs and of the team, sealed to the newcomer.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { intakeInfo } from '#protocol/keys/epoch-private-keys'
import { type PersonCertify } from '#protocol/staff/ledger'
import { type Certificate, type SealedIntake } from '#protocol/staff/people'
import { sealTo } from '../crypto/seal-to.ts'
import { type RowSigner } from './chained-row.ts'
import { type Newcomer } from './join-request.ts'
import { type OpenedKeys } from './open-keys.ts'
import { RecoveryFault } from './recovery-fault.ts'
import { addRootRow, type ExtendedLedger } from './root-rows.ts'

/** The keys that a certificate carries to a reader. */
export type CarriedKeys = Pick<OpenedKeys, 'epochKeys' | 'teamKeys'>

/**
 * @throws RecoveryFault `root_closed` when the signer is another root; `request_no_reader`; `no_keys`
 *   when there is no key that the newcomer could read with
 */
export async function certifyNewcomer(
  by: RowSigner,
  { rows, roster, member }: Newcomer,
  root: Bytes,
  { epochKeys }: CarriedKeys,
  nowMs: number,
): Promise<{ certificate: Certificate; ledger: ExtendedLedger }> {
  const { id: person, signPublic, hpkePublic, roles } = member
  if (!roles.includes('intake')) throw new RecoveryFault('request_no_reader')
  if (epochKeys.size === 0) throw new RecoveryFault('no_keys')
  const change: PersonCertify = { signPublic, hpkePublic, roles }
  const row = { action: 'person.certify', subject: person, change } as const
  const ledger = await addRootRow(by, { rows, roster, root }, row, nowMs)
  const signed = ledger.rows.at(-1)
  if (!signed) throw new Error('The ledger has no row.')
  const intake = await Promise.all(
    [...epochKeys].map(([epoch, keys]) => sealEpochTo(fromB64(hpkePublic), epoch, keys)),
  )
  return { certificate: { person, signed, intake }, ledger }
}

/** Seals the private keys of an epoch to a person. @param hpkePublic  1,216 bytes */
export const sealEpochTo = async (
  hpkePublic: Bytes,
  epoch: number,
  epochKeys: Bytes,
): Promise<SealedIntake> => ({
  epoch,
  sealed: toB64(await sealTo(hpkePublic, intakeInfo(epoch), epochKeys)),
})
