// Changes the rows of a chain as a server could. A seed determines the changes, so that a failure
// can be reproduced.
import { fromB64, toB64 } from '#protocol/bytes'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { mirroredRow } from './mirror-signature.ts'

/** The statement fields that a mutation can replace. */
const STATEMENT_FIELDS = ['actor', 'action', 'subject', 'at', 'changeHash', 'prev'] as const

/** Draws a number below a bound, as the `below` method of chanceFrom does. */
export type Draw = (below: number) => number

/**
 * @param editChange  edits the JSON of a change
 * @returns null when the mutation left the rows unchanged
 */
export function mutateRows(
  rows: readonly LedgerRow[],
  draw: Draw,
  editChange: (change: string) => string,
): LedgerRow[] | null {
  const mutated = rows.map((row) => ({ ...row }))
  const at = draw(rows.length)
  const other = draw(rows.length)
  const row = mutated[at]
  const from = rows[other]
  if (!row || !from) return null
  switch (draw(9)) {
    case 0: {
      const bytes = fromB64(row.signature)
      const place = draw(bytes.length)
      bytes[place] = (bytes[place] ?? 0) ^ (1 << draw(8))
      row.signature = toB64(bytes)
      break
    }
    case 1: {
      const said = JSON.parse(row.statement) as Record<string, unknown>
      const field = STATEMENT_FIELDS[draw(STATEMENT_FIELDS.length)] ?? 'at'
      said[field] = (JSON.parse(from.statement) as Record<string, unknown>)[field]
      row.statement = JSON.stringify(said)
      break
    }
    case 2:
      row.change = from.change
      break
    case 3:
      row.signature = from.signature
      break
    case 4:
      // Without the last row, the chain is merely older, and only a remembered head can reveal
      // that.
      if (at === rows.length - 1) return null
      mutated.splice(at, 1)
      break
    case 5:
      mutated.splice(at, 0, { ...from })
      break
    case 6:
      mutated[at] = from
      mutated[other] = row
      break
    case 7:
      mutated[at] = mirroredRow(row)
      break
    default:
      row.change = editChange(row.change)
  }
  return JSON.stringify(mutated) === JSON.stringify(rows) ? null : mutated
}
