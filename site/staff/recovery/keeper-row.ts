// Makes the root's certificate for a keeper, who signs manifests in the browser.
import { fromB64, toB64 } from '#protocol/bytes'
import { certifyAdmin } from '#protocol/keys/manifest'
import { KEEPER_DAYS, type KeeperCertify } from '#protocol/staff/ledger/keys'
import { type Member } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import { type RowSigner } from './chained-row.ts'

/** Certifies the signing key of a reader for KEEPER_DAYS. @param nowMs  milliseconds since 1970 */
export async function keeperCertificate(
  { sign }: RowSigner,
  { signPublic }: Pick<Member, 'signPublic'>,
  nowMs: number,
): Promise<KeeperCertify> {
  const lastDay = dayNumber(nowMs) + KEEPER_DAYS
  const certificate = toB64(await certifyAdmin(sign, fromB64(signPublic), lastDay))
  return { signPublic, lastDay, certificate }
}

/** @param person  base64url id */
export const keeperRow = (person: string, change: KeeperCertify) =>
  ({ action: 'keeper.certify', subject: person, change }) as const
