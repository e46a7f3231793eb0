// Walks chains row by row, and proves that each row follows the previous one. A copy of a chain is
// complete when the copy ends at the head that the database stores.
import type { Bytes } from '#protocol/bytes'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import type { Value } from '#scripts/backup/records'
import { Stop } from '#scripts/shared/progress'

/** The last row of a chain. The hash is written in base 16. */
export interface ChainEnd {
  n: number
  hash: string
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
const fromHex = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, 'hex'))

const START: ChainEnd = { n: 0, hash: hexOf(NO_ROW) }

export class ChainEnds {
  readonly #ends = new Map<string, ChainEnd>()

  /** Returns the end of a chain. @param name  the id of a case, or `ledger` */
  of(name: string): ChainEnd | undefined {
    return this.#ends.get(name)
  }

  /** Forgets a chain, because its rows are about to be added again from the first row. */
  forget(name: string): void {
    this.#ends.delete(name)
  }

  /**
   * Adds the next row of a chain.
   *
   * @param row  the values of the row, keyed by column
   * @throws Stop for a row that does not follow the previous one
   */
  async add(name: string, n: number, row: Readonly<Record<string, Value>>): Promise<void> {
    const end = this.#ends.get(name) ?? START
    const text = (column: string): string => String(row[column])
    const signed = { statement: text('statement'), signature: fromHex(text('signature')) }
    const hash = hexOf(await rowHash(fromHex(end.hash), signed))
    if (n !== end.n + 1 || text('prev_hash') !== end.hash || text('hash') !== hash)
      throw new Stop(
        `Row ${n} of ${name === 'ledger' ? 'the ledger' : `the log of case ${name}`} does not ` +
          'follow the row before it. The database or the backup was changed: keep both as they ' +
          'are, and ask a keeper to look at "Log" in the staff app.',
      )
    this.#ends.set(name, { n, hash })
  }

  entries(): MapIterator<[string, ChainEnd]> {
    return this.#ends.entries()
  }
}
