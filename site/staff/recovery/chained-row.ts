// Signs a ledger row outside the worker, with its hashes in the format of the `ledger` table.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { LedgerAction } from '#protocol/staff/actions'
import { rowHash } from '#protocol/staff/chain'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import { signChange, type RowToSign } from '../crypto/sign-change.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'

/** The signer of a row: the root or a person. */
export type RowSigner = Pick<UnlockedKeys, 'personId' | 'sign'>

/** A row in the format of the `ledger` table. */
export interface ChainedRow extends LedgerRow {
  prevHash: Bytes
  hash: Bytes
  /** base64url */
  actor: string
}

/** Signs a change that follows the row with the hash `prevHash`. */
export async function signRow(
  by: RowSigner,
  prevHash: Bytes,
  change: RowToSign<LedgerAction>,
  nowMs: number,
): Promise<ChainedRow> {
  const signed = await signChange(by, change, { prev: toB64(prevHash), nowMs })
  return chainRow(signed, prevHash, by.personId)
}

/** Returns a signed row with its hashes. @param actor  base64url */
export async function chainRow(
  signed: LedgerRow,
  prevHash: Bytes,
  actor: string,
): Promise<ChainedRow> {
  const hash = await rowHash(prevHash, { ...signed, signature: fromB64(signed.signature) })
  return { ...signed, prevHash, hash, actor }
}

/** Returns the row without the values that its recipient can compute. */
export const ledgerRowOf = ({ change, statement, signature }: LedgerRow): LedgerRow => ({
  change,
  statement,
  signature,
})
