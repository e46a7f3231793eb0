// Makes rows of the ledger outside the worker: for a new organisation, for a certificate and for
// the demo. The rows are signed by the code of the staff app.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { NO_ROW, rowHash, type LedgerAction } from '#protocol/staff/chain'
import { rootIdOf, type LedgerRow } from '#protocol/staff/ledger'
import { importSigningKey } from '#scripts/org/keys'
import { signChange, type Change } from '#site/staff/crypto/sign-change.ts'
import type { UnlockedKeys } from '#site/staff/crypto/unlock.ts'

/** The signer of a row: the root or a person. */
export type RowSigner = Pick<UnlockedKeys, 'personId' | 'sign'>

/** A row as the table `ledger` has it. */
export interface ChainedRow extends LedgerRow {
  prevHash: Bytes
  hash: Bytes
  /** base64url */
  actor: string
}

export interface LedgerChange extends Change {
  action: LedgerAction
}

/** A ledger that grows row by row. */
export class LedgerDraft {
  readonly rows: ChainedRow[]

  /** @param rows  the rows so far; none for a new ledger */
  constructor(rows: readonly ChainedRow[] = []) {
    this.rows = [...rows]
  }

  /** Hash of the last row. */
  get head(): Bytes {
    return this.rows.at(-1)?.hash ?? NO_ROW
  }

  /** Signs a change and adds its row. */
  async add(by: RowSigner, change: LedgerChange, nowMs: number): Promise<void> {
    const prev = toB64(this.head)
    await this.append(await signChange(by, change, { prev, nowMs }), by.personId)
  }

  /** Adds a row that was signed for this head. @param actor  base64url */
  async append(signed: LedgerRow, actor: string): Promise<void> {
    const prevHash = this.head
    const hash = await rowHash(prevHash, { ...signed, signature: fromB64(signed.signature) })
    this.rows.push({ ...signed, prevHash, hash, actor })
  }
}

/** Returns the root as a signer. @param privateKey  PKCS #8 */
export const rootSigner = async (publicKey: Bytes, privateKey: Bytes): Promise<RowSigner> => ({
  personId: await rootIdOf(publicKey),
  sign: await importSigningKey(privateKey),
})

/** Returns the row without the values that its reader computes. */
export const ledgerRowOf = ({ change, statement, signature }: LedgerRow): LedgerRow => ({
  change,
  statement,
  signature,
})
