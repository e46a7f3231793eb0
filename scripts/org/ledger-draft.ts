// Makes ledger rows outside the worker: for a new organisation, for a certificate and for the demo.
// The staff app's code signs the rows.
import type { Bytes } from '#protocol/bytes'
import type { LedgerAction } from '#protocol/staff/actions'
import { NO_ROW } from '#protocol/staff/chain'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { RowToSign } from '#site/staff/crypto/sign-change.ts'
import {
  chainRow,
  signRow,
  type ChainedRow,
  type RowSigner,
} from '#site/staff/recovery/chained-row.ts'

/** A ledger that grows row by row. */
export class LedgerDraft {
  readonly rows: ChainedRow[]

  /** @param rows  the rows that already exist; empty for a new ledger */
  constructor(rows: readonly ChainedRow[] = []) {
    this.rows = [...rows]
  }

  /** Hash of the last row. */
  get head(): Bytes {
    return this.rows.at(-1)?.hash ?? NO_ROW
  }

  /** Signs a change and adds its row. @returns the row */
  async add(by: RowSigner, change: RowToSign<LedgerAction>, nowMs: number): Promise<ChainedRow> {
    const row = await signRow(by, this.head, change, nowMs)
    this.rows.push(row)
    return row
  }

  /** Adds a row that was signed for this head. @param actor  base64url */
  async append(signed: LedgerRow, actor: string): Promise<void> {
    this.rows.push(await chainRow(signed, this.head, actor))
  }
}
